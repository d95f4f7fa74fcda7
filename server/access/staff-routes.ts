// What people do with their own passkeys and sessions: join by an invitation, sign in, show themselves anew, look after what is theirs.
import type { Context } from 'hono';
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { route, type Route } from '../http/route.ts';
import { recordAudit, type Actor } from './audit.ts';
import type { AccessParts } from './parts.ts';
import { assertionSchema, registrationSchema } from './passkeys.ts';
import { permissionsOf, ROLES } from './roles.ts';
import { STEP_UP_LIFETIME, type Session } from './sessions.ts';

const code = z.string().regex(/^[\w-]{43}$/).meta({ description: 'The code of an invitation' });
const options = { description: 'Options of WebAuthn, as parseCreationOptionsFromJSON or parseRequestOptionsFromJSON take them', schema: z.looseObject({ challenge: z.string() }) };
const me = z.object({
  id: z.string(), organisation: z.string(), displayName: z.string(), roles: z.array(z.enum(ROLES)), permissions: z.array(z.string()),
  session: z.string(), verifiedUntil: z.int().meta({ description: 'Until then what is dangerous is allowed without another touch, Unix seconds' }),
  records: z.string().optional().meta({ description: 'The console of records, where there is one' }),
}).meta({ id: 'Me', description: 'Who is signed in' });
const signedIn = { 200: { description: 'The session, in a cookie', schema: z.object({ member: z.string(), session: z.string() }) } };
const done = { 204: { description: 'Done' } };
const sessionList = z.array(z.object({ id: z.string(), createdAt: z.int(), seenAt: z.int(), current: z.boolean() }));
const passkeyList = z.array(z.object({ id: z.string(), createdAt: z.int(), usedAt: z.int() }));
const credential = z.string().regex(/^[\w-]{1,1400}$/);

const tag = 'signing in';
const own = { tag, permission: null, schemes: ['session'] } as const;
const actorOf = ({ member, organisation }: Session): Actor => ({ kind: 'staff', id: member, organisation });

export const staffRoutes = (parts: AccessParts): Route[] => [...entryRoutes(parts), ...sessionRoutes(parts), ...passkeyRoutes(parts)];

function entryRoutes({ database, members, passkeys, sessions, now }: AccessParts): Route[] {
  /** Who was invited and shows a passkey, or signs in with one, gets a session. */
  async function enter(context: Context, member: string, organisation: string, action: string, before: (tx: Parameters<typeof recordAudit>[0]) => Promise<unknown>) {
    const session = await database.transaction(async (tx) => {
      await before(tx);
      const started = await sessions.start(tx, context, member);
      await recordAudit(tx, { kind: 'staff', id: member, organisation }, { action, target: started.id }, now());
      return started;
    });
    sessions.remember(context, session.secret);
    return { member, session: session.id };
  }
  /** A passkey of ours that does not prove anything may be a copy, or in other hands: its organisation sees that somebody tried. */
  async function noteRefusal(passkey: string): Promise<void> {
    const [member] = await database.query<{ organisation: string }>('SELECT organisation FROM access_member WHERE id = (SELECT member FROM access_passkey WHERE id = $1)', [passkey]);
    if (!member) return;
    await database.transaction((tx) => recordAudit(tx, { kind: 'nobody', id: '', organisation: member.organisation }, { action: 'session.start', target: passkey, outcome: 'refused' }, now()));
  }
  return [
    route({
      method: 'post', path: '/staff/join/options', summary: 'Ask how to register a passkey on an invitation', tag, permission: null, limit: 'sign-in',
      body: { schema: z.strictObject({ invitation: code }), maxBytes: 1000 }, answers: { 200: options }, problems: ['not-authorised'],
      run: async ({ body }) => passkeys.creationOptions('join', body.invitation, await members.invited(database, body.invitation)),
    }),
    route({
      method: 'post', path: '/staff/join', summary: 'Register a passkey on an invitation and sign in', tag, permission: null, limit: 'sign-in',
      body: { schema: z.strictObject({ invitation: code, credential: registrationSchema }), maxBytes: 50_000 }, answers: signedIn, problems: ['not-authorised', 'status-conflict'],
      async run({ body, context }) {
        const invited = await members.invited(database, body.invitation);
        const passkey = await passkeys.verifyRegistration('join', body.invitation, body.credential);
        return enter(context, invited.id, invited.organisation, 'member.join', async (tx) => {
          await members.join(tx, body.invitation);
          await passkeys.add(tx, invited.id, passkey);
        });
      },
    }),
    route({
      method: 'post', path: '/staff/sign-in/options', summary: 'Ask for a challenge to sign in with', tag, permission: null, limit: 'sign-in',
      answers: { 200: options }, run: () => passkeys.requestOptions('sign-in', ''),
    }),
    route({
      method: 'post', path: '/staff/sign-in', summary: 'Sign in with a passkey', tag, permission: null, limit: 'sign-in',
      body: { schema: z.strictObject({ credential: assertionSchema }), maxBytes: 20_000 }, answers: signedIn, problems: ['not-authorised'],
      async run({ body, context }) {
        const shown = await passkeys.verifyAssertion('sign-in', '', body.credential).catch(async (error: unknown) => {
          await noteRefusal(body.credential.id);
          throw error;
        });
        const member = await members.get(database, shown.passkey.member);
        if (member?.status !== 'active') throw new HealthpassError('not-authorised', 'the passkey does not prove who this is', { field: 'credential' });
        return enter(context, member.id, member.organisation, 'session.start', (tx) => passkeys.use(tx, shown));
      },
    }),
  ];
}

function sessionRoutes({ database, members, passkeys, sessions, records, now }: AccessParts): Route[] {
  return [
    route({
      ...own, method: 'get', path: '/staff/me', summary: 'Say who is signed in', answers: { 200: { description: 'Who', schema: me } }, problems: ['not-authorised'],
      async run({ context }) {
        const { id, member, organisation, roles, verifiedAt } = await sessions.require(context);
        const { displayName } = (await members.get(database, member))!; // a session has a member
        const console = records?.();
        return { id: member, organisation, displayName, roles, permissions: [...permissionsOf(roles)], session: id, verifiedUntil: verifiedAt + STEP_UP_LIFETIME, ...(console !== undefined && { records: console }) };
      },
    }),
    route({
      ...own, method: 'post', path: '/staff/step-up/options', summary: 'Ask for a challenge to be verified anew with', limit: 'sign-in', answers: { 200: options }, problems: ['not-authorised', 'forbidden'],
      async run({ context }) {
        const { id, member } = await sessions.require(context);
        return passkeys.requestOptions('step-up', id, member);
      },
    }),
    route({
      ...own, method: 'post', path: '/staff/step-up', summary: 'Be verified anew, for what is dangerous', limit: 'sign-in',
      body: { schema: z.strictObject({ credential: assertionSchema }), maxBytes: 20_000 }, answers: done, problems: ['not-authorised', 'forbidden'],
      async run({ body, context }) {
        const session = await sessions.require(context);
        const shown = await passkeys.verifyAssertion('step-up', session.id, body.credential);
        if (shown.passkey.member !== session.member) throw new HealthpassError('not-authorised', 'the passkey does not prove who this is', { field: 'credential' });
        const secret = await database.transaction(async (tx) => {
          await passkeys.use(tx, shown);
          const renewed = await sessions.stepUp(tx, session.id);
          await recordAudit(tx, actorOf(session), { action: 'session.step-up', target: session.id }, now());
          return renewed;
        });
        sessions.remember(context, secret);
      },
    }),
    route({
      ...own, method: 'get', path: '/staff/sessions', summary: 'List one’s own sessions', answers: { 200: { description: 'Where one is signed in', schema: sessionList } }, problems: ['not-authorised'],
      async run({ context }) {
        const { id: current, member } = await sessions.require(context);
        return (await sessions.list(member)).map(({ id, createdAt, seenAt }) => ({ id, createdAt, seenAt, current: id === current }));
      },
    }),
    route({
      ...own, method: 'delete', path: '/staff/sessions/:id', summary: 'End one of one’s own sessions', params: z.object({ id: z.uuid() }), answers: done, problems: ['not-authorised', 'forbidden'],
      async run({ params, context }) {
        const session = await sessions.require(context);
        await database.transaction(async (tx) => {
          if (!(await sessions.end(tx, session.member, params.id))) throw new HealthpassError('request-invalid', 'there is no such session', { field: 'id' });
          await recordAudit(tx, actorOf(session), { action: 'session.end', target: params.id }, now());
        });
      },
    }),
    route({
      ...own, method: 'post', path: '/staff/sign-out', summary: 'Sign out', answers: done, problems: ['not-authorised', 'forbidden'],
      async run({ context }) {
        const session = await sessions.require(context);
        await database.transaction(async (tx) => {
          await sessions.end(tx, session.member, session.id);
          await recordAudit(tx, actorOf(session), { action: 'session.end', target: session.id }, now());
        });
        sessions.forget(context);
      },
    }),
  ];
}

/** Another passkey, or one less, is another way in: the user has just been verified. */
function passkeyRoutes({ database, members, passkeys, sessions, now }: AccessParts): Route[] {
  const present = async (context: Context): Promise<Session> => {
    const session = await sessions.require(context);
    if (session.verifiedAt + STEP_UP_LIFETIME <= now()) throw new HealthpassError('forbidden', 'this needs the user to be verified anew', { field: 'userVerification' });
    return session;
  };
  return [
    route({
      ...own, method: 'get', path: '/staff/passkeys', summary: 'List one’s own passkeys', answers: { 200: { description: 'Those registered', schema: passkeyList } }, problems: ['not-authorised'],
      run: async ({ context }) => (await passkeys.of((await sessions.require(context)).member)).map(({ id, createdAt, usedAt }) => ({ id, createdAt, usedAt })),
    }),
    route({
      ...own, method: 'post', path: '/staff/passkeys/options', summary: 'Ask how to register another passkey', limit: 'sign-in', answers: { 200: options }, problems: ['not-authorised', 'forbidden'],
      async run({ context }) {
        const { id, member } = await present(context);
        return passkeys.creationOptions('add', id, (await members.get(database, member))!); // a session has a member
      },
    }),
    route({
      ...own, method: 'post', path: '/staff/passkeys', summary: 'Register another passkey', limit: 'sign-in',
      body: { schema: z.strictObject({ credential: registrationSchema }), maxBytes: 50_000 }, answers: { 201: { description: 'It is registered', schema: z.object({ id: z.string() }) } }, problems: ['not-authorised', 'forbidden', 'status-conflict'],
      async run({ body, context }) {
        const session = await present(context);
        const passkey = await passkeys.verifyRegistration('add', session.id, body.credential);
        await database.transaction(async (tx) => {
          await passkeys.add(tx, session.member, passkey);
          await recordAudit(tx, actorOf(session), { action: 'passkey.add', target: passkey.id }, now());
        });
        return { id: passkey.id };
      },
    }),
    route({
      ...own, method: 'delete', path: '/staff/passkeys/:id', summary: 'Remove one of one’s own passkeys', params: z.object({ id: credential }), answers: done, problems: ['not-authorised', 'forbidden', 'status-conflict'],
      async run({ params, context }) {
        const session = await present(context);
        await database.transaction(async (tx) => {
          await passkeys.remove(tx, session.member, params.id);
          await recordAudit(tx, actorOf(session), { action: 'passkey.remove', target: params.id }, now());
        });
      },
    }),
  ];
}
