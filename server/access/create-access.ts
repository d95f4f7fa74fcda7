// Who calls: the operator of the machine by the token of its data folder, staff by a session, programs by an access token.
import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { HealthpassError } from '#passport';
import type { Route } from '../http/route.ts';
import type { Access, Permission, Principal } from './access.ts';
import { recordAudit } from './audit.ts';
import { auditRoutes } from './audit-routes.ts';
import { OPERATOR, tokenDigest } from './bearer.ts';
import { createChallenges } from './challenges.ts';
import { clientRoutes } from './client-routes.ts';
import { createClientTokens } from './client-tokens.ts';
import { createClients } from './clients.ts';
import { memberRoutes } from './member-routes.ts';
import { createMembers, type Invitation } from './members.ts';
import { joinLink, type AccessOptions } from './parts.ts';
import { pageRoutes } from './page-routes.ts';
import { createPasskeys } from './passkeys.ts';
import { createRelyingParty } from './relying-party.ts';
import { DANGEROUS, permissionsOf, SERVICE_WIDE } from './roles.ts';
import { createSessions, STEP_UP_LIFETIME } from './sessions.ts';
import { staffRoutes } from './staff-routes.ts';

export type StaffAccess = Access & {
  readonly routes: readonly Route[];
  /** A way in for the first admin, while the organisation has none. Invitations given out before work no more. */
  readonly inviteFirstAdmin: () => Promise<(Invitation & { readonly link: string }) | undefined>;
};

/** Where browsers would not let people sign in (http beyond this machine) there are the operator and programs only. */
export async function createAccess(options: AccessOptions): Promise<StaffAccess> {
  const { database, organisation, operator, firstRoles = ['admin'], now } = options;
  const operating = { ...OPERATOR, organisation: organisation.id };
  const relyingParty = createRelyingParty(options.publicUrl, organisation.name);
  const challenges = createChallenges(database);
  const parts = {
    ...options, relyingParty, members: createMembers(options), sessions: createSessions({ database, relyingParty, now }),
    passkeys: createPasskeys({ database, challenges, relyingParty, now }), clients: createClients(options), tokens: createClientTokens({ database, now }),
  };
  await database.query('INSERT INTO access_organisation (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [organisation.id, organisation.name, now()]);

  async function identify(context: Context): Promise<Principal & { readonly verifiedAt?: number }> {
    const authorization = context.req.header('authorization');
    if (authorization === undefined && relyingParty.isSecure && parts.sessions.has(context)) {
      const { member, organisation, roles, verifiedAt } = await parts.sessions.require(context);
      return { kind: 'staff', id: member, organisation, permissions: permissionsOf(roles), verifiedAt };
    }
    const token = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization ?? '')?.[1];
    const principal = token && (operator && timingSafeEqual(tokenDigest(token), operator) ? operating : await parts.tokens.principal(token));
    if (principal) return principal;
    context.header('www-authenticate', 'Bearer');
    throw new HealthpassError('not-authorised', 'the request carries no valid token', { field: 'authorization' });
  }

  return {
    schemes: ['operator', 'session', 'client'],
    async authorise(context, permission) {
      const principal = await identify(context);
      assertMay(principal, permission, now());
      if (SERVICE_WIDE.has(permission) && principal.organisation !== organisation.id) throw new HealthpassError('forbidden', 'this is for the organisation that runs the service', { field: 'permission' });
      return principal;
    },
    routes: [...(relyingParty.isSecure ? [...staffRoutes(parts), ...pageRoutes(parts)] : []), ...memberRoutes(parts), ...clientRoutes(parts), ...auditRoutes(parts)],
    async inviteFirstAdmin() {
      if (!relyingParty.isSecure || await parts.members.hasAdmin(database, organisation.id)) return undefined;
      return database.transaction(async (tx) => {
        const [known] = (await parts.members.list(tx, organisation.id)).filter(({ roles, status }) => roles.includes('admin') && status === 'invited');
        const member = known?.id ?? await parts.members.create(tx, organisation.id, 'Administrator', firstRoles);
        const invitation = await parts.members.invite(tx, organisation.id, member);
        await recordAudit(tx, operating, { action: 'member.invite', target: member, detail: { first: true } }, now());
        return { ...invitation, link: joinLink(relyingParty.origin, invitation.code) };
      });
    },
  };
}
function assertMay({ kind, permissions, verifiedAt = 0 }: Principal & { readonly verifiedAt?: number }, permission: Permission, now: number): void {
  if (!permissions.has(permission)) throw new HealthpassError('forbidden', `this needs the permission ${permission}`, { field: 'permission' });
  if (kind === 'staff' && DANGEROUS.has(permission) && verifiedAt + STEP_UP_LIFETIME <= now) {
    throw new HealthpassError('forbidden', 'this needs the user to be verified anew', { field: 'userVerification' });
  }
}
