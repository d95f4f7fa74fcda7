// What governance and professional bodies send to RoleRegistry themselves; signed statements are in statements.ts. Browser-safe.
import { roleBit, type Address, type Role } from '#records/model/members.ts';
import type { Call } from '../deployment.ts';
import { careCall, type CareDeployment } from './deployment.ts';

/** Roles as the mask that contracts have. */
export const rolesToMask = (roles: readonly Role[]): number => roles.reduce((mask, role) => mask | (1 << roleBit(role)), 0);

export type RoleTerms = {
  readonly member: Address;
  readonly role: Role;
  /** Whom the member acts for; absent for itself. */
  readonly organisation?: Address;
  /** Unix seconds. */
  readonly until: number;
};

/** By governance. No roles: the body is dismissed; what it granted stays. */
export const appointBody = (deployment: CareDeployment, body: Address, roles: readonly Role[]): Call => careCall(deployment, 'RoleRegistry', 'appointBody', [body, rolesToMask(roles)]);

/** By a body responsible for the role, or by governance: the only one for gateways. */
export const grantRole = (deployment: CareDeployment, { member, role, organisation, until }: RoleTerms): Call =>
  careCall(deployment, 'RoleRegistry', 'grantRole', [member, roleBit(role), organisation ?? NOBODY, until]);

export const withdrawRole = (deployment: CareDeployment, member: Address, role: Role): Call => careCall(deployment, 'RoleRegistry', 'withdrawRole', [member, roleBit(role)]);

/** By a body: in the roles that it is responsible for. By governance: in all. */
export const setSuspended = (deployment: CareDeployment, member: Address, suspended: boolean): Call => careCall(deployment, 'RoleRegistry', 'setSuspended', [member, suspended]);

/** The organisation of whoever acts for itself. */
export const NOBODY = `0x${'0'.repeat(40)}` as Address;
