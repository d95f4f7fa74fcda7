// What people may do, by their roles in an organisation; and what a machine may be given.
import type { Permission } from './access.ts';

export const ROLES = ['admin', 'clinician', 'verifier', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Who looks after people and keys does not issue; who issues does not look after keys. One person may have several roles. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  admin: ['staff:manage', 'clients:manage', 'audit:read', 'keys:rotate', 'anchors:write', 'credentials:read', 'credentials:status', 'patients:read', 'patients:erase', 'rules:write', 'events:write', 'entries:claim'],
  clinician: ['credentials:issue', 'credentials:read', 'credentials:status', 'offers:write', 'campaigns:write', 'patients:read', 'patients:write'],
  verifier: ['presentations:request', 'rules:write', 'events:write', 'entries:claim'],
  /** Of the network, where this machine holds the key of governance. */
  operator: ['issuers:read', 'issuers:accredit', 'audit:read'],
};

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> => new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));

/** What cannot be undone, or gives power over others: a person has to show himself anew for it, and no machine may do it. */
export const DANGEROUS: ReadonlySet<Permission> = new Set(['keys:rotate', 'staff:manage', 'patients:erase', 'issuers:accredit']);

/** What a machine client can be given. It could otherwise make accomplices. */
export const CLIENT_PERMISSIONS = [
  'credentials:issue', 'credentials:read', 'credentials:status', 'anchors:write', 'offers:write', 'campaigns:write', 'patients:read', 'patients:write', 'presentations:request', 'entries:claim', 'audit:read',
] as const satisfies readonly Permission[];

/** What touches the keys that all organisations issue with, or other issuers: for the organisation that runs the service, whoever else has the role. */
export const SERVICE_WIDE: ReadonlySet<Permission> = new Set(['keys:rotate', 'anchors:write', 'issuers:read', 'issuers:accredit']);
