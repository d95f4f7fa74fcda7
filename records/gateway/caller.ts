// Who calls: the account of a session, and what it is at this moment. Nothing of that is kept in the session, so what is taken away is away at once.
import type { Context } from 'hono';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { ROLES, type Ability, type Address, type Role } from '#records/model/members.ts';
import type { CoreDeps } from './deps.ts';
import type { PatientId } from './patient-keys.ts';
import { abilitiesOf, isOut } from './roles.ts';
import { address } from './schemas.ts';
import { createSessions, type OpenSession } from './sessions/sessions.ts';

export const KINDS = ['nobody', 'patient', 'member', 'body'] as const;
export type Kind = (typeof KINDS)[number];

export type Caller = {
  /** Id of the session; never its token. */
  readonly session: string;
  readonly account: Address;
  readonly as: Kind;
  /** When it is a patient. Tables are keyed by it, never by the account. */
  readonly patient: PatientId | undefined;
  /** Those that stand now. */
  readonly roles: readonly Role[];
  /** Roles that it decides about, as a body. */
  readonly decides: readonly Role[];
  /** For whom a person of staff acts, while the organisation itself stands. */
  readonly organisation: Address | undefined;
  readonly abilities: ReadonlySet<Ability>;
};

/** What a caller is told of itself. */
export const membershipSchema = z.strictObject({ roles: z.array(z.enum(ROLES)), decides: z.array(z.enum(ROLES)), organisation: address.optional() });
export const membershipOf = ({ roles, decides, organisation }: Caller): z.infer<typeof membershipSchema> => ({ roles: [...roles], decides: [...decides], ...(organisation && { organisation }) });

export type Callers = {
  /** @throws HealthpassError `not-authorised` (no session, or one that has ended), `service-unavailable` (the chain was not read for too long) */
  readonly authorise: (context: Context) => Promise<Caller>;
  /** The same caller as it stands now, for streams; undefined once the session is over. */
  readonly recheck: (caller: Pick<Caller, 'session'>) => Promise<Caller | undefined>;
  /** The same by what is in memory, for whoever was let in a while ago: a body comes as slowly as its sender likes. @throws HealthpassError as `authorise` */
  readonly current: (caller: Caller) => Caller;
};

const TOKEN = /^Bearer ([A-Za-z0-9_-]{43})$/;

export function createCallers(deps: Pick<CoreDeps, 'database' | 'sealer' | 'blind' | 'roles' | 'now'>): Callers {
  const { roles, now } = deps;
  const sessions = createSessions(deps);

  /** Undefined for whoever is suspended. */
  function asItStands({ id, account, patient }: OpenSession): Caller | undefined {
    const known = roles.standing(account, now());
    const { roles: own, organisation } = known;
    const decides = roles.decides(account);
    // Whoever stands on chain, a patient or not, is let in by no old one: a body can give a role to any address.
    if (patient === undefined || own.length > 0 || decides.length > 0) roles.assertFresh(now());
    if (isOut(known, decides)) return undefined;
    const all: readonly Role[] = patient === undefined ? own : ['patient', ...own];
    const as = decides.length > 0 ? 'body' : own.length > 0 ? 'member' : patient === undefined ? 'nobody' : 'patient';
    return { session: id, account, as, patient, roles: all, decides, organisation, abilities: abilitiesOf(all) };
  }
  /** Who is suspended has no session any more, also after a reinstatement. */
  async function standing(session: OpenSession | undefined): Promise<Caller | undefined> {
    const caller = session && asItStands(session);
    if (session && !caller) await sessions.endAll(session.account);
    return caller;
  }

  return {
    async authorise(context) {
      const token = TOKEN.exec(context.req.header('authorization') ?? '')?.[1];
      const caller = token === undefined ? undefined : await standing(await sessions.find(token));
      if (!caller) throw nobody();
      return caller;
    },
    recheck: async ({ session }) => standing(await sessions.byId(session)),
    current({ session: id, account, patient }) {
      const caller = asItStands({ id, account, patient });
      if (!caller) throw nobody();
      return caller;
    },
  };
}

const nobody = () => new HealthpassError('not-authorised', 'nobody is signed in', { field: 'authorization' });
