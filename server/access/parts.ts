// What access is put together from.
import type { Database } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { Principal } from './access.ts';
import type { ClientTokens } from './client-tokens.ts';
import type { Clients } from './clients.ts';
import type { Members } from './members.ts';
import type { Passkeys } from './passkeys.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Role } from './roles.ts';
import type { Sessions } from './sessions.ts';

export type AccessOptions = {
  /** With ACCESS_MIGRATIONS. */
  readonly database: Database;
  /** Seals the names of people and programs. */
  readonly sealer: Sealer;
  /** URL under which staff and clients reach the service. */
  readonly publicUrl: string;
  /** The organisation that runs the service. Others can be added by the operator. */
  readonly organisation: { readonly id: string; readonly name: string };
  /** SHA-256 of the operator's token; without it there is no operator. */
  readonly operator?: Buffer | undefined;
  /** Path of the pages that people go on to once they are signed in. */
  readonly home?: string | undefined;
  /** Roles of the first admin, who may have more than one where nobody else is there. */
  readonly firstRoles?: readonly Role[] | undefined;
  /** URL of the console of records, where there is one that staff may go to. */
  readonly records?: (() => string | undefined) | undefined;
  readonly now: () => number;
};

export type AccessParts = AccessOptions & {
  readonly relyingParty: RelyingParty;
  readonly members: Members;
  readonly sessions: Sessions;
  readonly passkeys: Passkeys;
  readonly clients: Clients;
  readonly tokens: ClientTokens;
};

/** What the tags of the routes mean, for the description of a service. */
export const ACCESS_TAGS = {
  'signing in': 'Staff and their passkeys and sessions.',
  staff: 'Who belongs to an organisation, and what he may do.',
  clients: 'Programs, and their access tokens.',
  audit: 'Who changed what and when.',
};

/** The code stands behind #: browsers send that to nobody, so it is in no log. */
export const joinLink = (origin: string, code: string): string => `${origin}/staff/join#${code}`;

/** The organisation that somebody acts on: his own, whatever he asks for; the operator's choice, or that which runs the service. */
export const organisationOf = ({ kind, organisation }: Principal, asked: string | undefined, standard: string): string => (kind === 'operator' ? asked ?? standard : organisation);
