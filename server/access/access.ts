// Who may do what. A route names one permission; whoever calls is a principal that has it or not.
import type { Context } from 'hono';
import type { Route } from '../http/route.ts';
import type { SecurityScheme } from '../http/security-schemes.ts';

/** What somebody can be allowed to do. Roles and machine clients are sets of these. */
export const PERMISSIONS = [
  'credentials:issue', 'credentials:read', 'credentials:status', 'keys:rotate', 'anchors:write', 'offers:write', 'campaigns:write',
  'patients:read', 'patients:write', 'patients:erase', 'presentations:request', 'rules:write', 'events:write', 'entries:claim', 'audit:read', 'staff:manage', 'clients:manage',
  'issuers:read', 'issuers:accredit',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Principal = {
  readonly kind: 'staff' | 'client' | 'operator' | 'account' | 'nobody';
  /** Id of the member of staff, of the machine client or of the account's session; never a name. */
  readonly id: string;
  /** Id of the organisation on whose behalf it acts. */
  readonly organisation: string;
  readonly permissions: ReadonlySet<Permission>;
};

export type Access = {
  /** Ways in which callers say who they are, for the description of the service. */
  readonly schemes?: readonly SecurityScheme[];
  /** What callers need to be known and looked after, served beside the routes of the service. */
  readonly routes?: readonly Route[];
  /** @throws HealthpassError `not-authorised` (nobody is known), `forbidden` (somebody is, and may not) */
  readonly authorise: (context: Context, permission: Permission) => Promise<Principal>;
};
