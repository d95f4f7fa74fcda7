// Members over HTTP: the directory for everybody; for members their own standing and keys; for bodies what they do about members.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import type { Route } from '#server';
import { ORGANISATIONS, ROLES, type Address, type Role } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import { membershipOf } from '../caller.ts';
import type { GatewayDeps } from '../deps.ts';
import { address } from '../schemas.ts';
import { secured, unsecured } from '../secured.ts';
import type { Applications } from './applications.ts';
import { assertOwnKey } from './application-routes.ts';
import type { Deciding } from './deciding.ts';
import type { Directory } from './directory.ts';
import type { Patients } from './patients.ts';
import { memberSchema, outcomeSchema, ownMembershipSchema, readingKeySchema, staffKeyRequest, staffKeysSchema, suspensionRequest, withdrawalRequest } from './schemas.ts';
import { createStaffKeys } from './staff-keys.ts';

const byAddress = z.object({ address });
const directoryQuery = z.strictObject({
  q: z.string().max(100).regex(/^[^\0]*$/).optional().meta({ description: 'Part of a name' }), role: z.enum(ROLES).optional(), organisation: address.optional(), standing: z.enum(['active', 'suspended', 'over']).optional().meta({ description: 'In the role that is asked for, or in all; active where nothing is said' }), cursor: z.string().max(1000).optional(),
  limit: z.string().regex(/^\d{1,3}$/).transform(Number).refine((number) => number >= 1 && number <= 100).optional(),
});
type Services = { readonly applications: Applications; readonly deciding: Deciding; readonly directory: Directory; readonly patients: Patients };

export function memberRoutes(deps: GatewayDeps, services: Services): readonly Route[] {
  return [...directoryRoutes(services), ...ownRoutes(deps, services), ...standingRoutes(deps, services), ...staffRoutes(deps)];
}

const directoryRoutes = ({ directory }: Services): readonly Route[] => [
  unsecured({
    method: 'get', path: '/members', summary: 'Look up members', tag: 'directory', surface: 'public', query: directoryQuery,
    answers: { 200: { description: 'By name, a page of them', schema: z.object({ members: z.array(memberSchema), next: z.string().optional().meta({ description: 'The cursor of the next page' }) }) } },
    run({ query, context }) {
      context.header('cache-control', 'no-cache'); // standing changes at any moment
      return directory.list({ ...query, limit: query.limit ?? 50 });
    },
  }),
  unsecured({
    method: 'get', path: '/members/:address', summary: 'Give a member, whatever its standing', tag: 'directory', surface: 'public', params: byAddress,
    answers: { 200: { description: 'The member', schema: memberSchema } }, problems: ['member-unknown'],
    run({ params, context }) {
      context.header('cache-control', 'no-cache');
      return directory.find(params.address);
    },
  }),
];

function ownRoutes(deps: GatewayDeps, { applications, directory, patients }: Services): readonly Route[] {
  const { database, sealer, blind, careIndex, config, now } = deps;
  async function credentialsOf(account: Address): Promise<{ role: Role; jwt: string }[]> {
    const rows = await database.query<{ role: Role; sealed: Uint8Array }>('SELECT role, sealed FROM role_credential WHERE account = $1 ORDER BY role', [blind(accountIndex(account))]);
    return Promise.all(rows.map(async ({ role, sealed }) => ({ role, jwt: ((await sealer.open(`role-credential/${role}`, sealed)) as { text: string }).text }))); // as it was kept
  }
  return [
    secured(deps, {}, {
      method: 'get', path: '/membership', summary: 'Say what the caller is here, and what it has applied for', tag: 'membership',
      answers: { 200: { description: 'The caller', schema: ownMembershipSchema } }, problems: ['chain-unavailable'],
      run: async ({ caller }) => ({
        account: caller.account, as: caller.as, ...membershipOf(caller), ...(caller.decides.length > 0 && { nonce: Number(await careIndex.nonceOf('RoleRegistry', caller.account)) }),
        applications: await applications.ofAccount(caller.account), credentials: await credentialsOf(caller.account),
      }),
    }),
    secured(deps, { as: 'member' }, {
      method: 'post', path: '/reading-keys', summary: 'Change the key that others seal to', tag: 'membership', body: { schema: readingKeySchema, maxBytes: 2000 },
      answers: { 204: { description: 'It is in the directory' } }, problems: ['signature-invalid', 'member-unknown'],
      async run({ caller, body }) {
        assertOwnKey(caller.account, body, config.chainId, now());
        await directory.changeKey(caller.account, body);
      },
    }),
    secured(deps, {}, {
      method: 'post', path: '/patients', summary: 'Become a patient: nothing of it goes on chain', tag: 'membership', body: { schema: z.strictObject({}), maxBytes: 100 },
      answers: { 204: { description: 'The account is a patient’s' } },
      run: ({ caller }) => patients.become(caller),
    }),
    secured(deps, { as: 'patient' }, {
      method: 'delete', path: '/patients', summary: 'Be forgotten: what the gateway has sealed about the patient opens no more', tag: 'membership',
      answers: { 204: { description: 'Forgotten; what stands on chain stays, and names nobody' } },
      run: ({ caller }) => patients.erase(caller),
    }),
  ];
}

const standingRoutes = (deps: GatewayDeps, { deciding }: Services): readonly Route[] => [
  secured(deps, { as: 'body' }, {
    method: 'post', path: '/members/:address/suspension', summary: 'Suspend or reinstate a member, with a SuspendMember that the body signed', tag: 'membership', params: byAddress, body: { schema: suspensionRequest, maxBytes: 2000 },
    answers: { 200: { description: 'What came of it; a suspension counts here from this moment, whatever the chain does', schema: outcomeSchema } }, problems: ['signature-invalid'],
    run: ({ caller, params, body }) => deciding.suspend(caller, params.address, body),
  }),
  secured(deps, { as: 'body' }, {
    method: 'post', path: '/members/:address/withdrawal', summary: 'Take a role away, with a WithdrawRole that the body signed', tag: 'membership', params: byAddress, body: { schema: withdrawalRequest, maxBytes: 2000 },
    answers: { 200: { description: 'What came of it; the role counts no more from this moment', schema: outcomeSchema } }, problems: ['signature-invalid'],
    run: ({ caller, params, body }) => deciding.withdraw(caller, params.address, body),
  }),
];

function staffRoutes(deps: GatewayDeps): readonly Route[] {
  const staffKeys = createStaffKeys(deps);
  const isOrganisation = (roles: readonly Role[]) => roles.some((role) => ORGANISATIONS.includes(role));
  return [
    secured(deps, { as: 'member' }, {
      method: 'post', path: '/staff-keys', summary: 'Hand the organisation’s reading key to a person who acts for it', tag: 'membership', body: { schema: staffKeyRequest, maxBytes: 4000 },
      answers: { 204: { description: 'It waits for the person' } }, problems: ['member-unknown'],
      async run({ caller, body }) {
        if (!isOrganisation(caller.roles)) throw new HealthpassError('forbidden', 'only an organisation has staff', { field: 'account' });
        await staffKeys.give(caller.account, body);
      },
    }),
    secured(deps, { as: 'member' }, {
      method: 'get', path: '/staff-keys', summary: 'Give the keys that the caller received, and to whom it gave some', tag: 'membership',
      answers: { 200: { description: 'Sealed; the gateway cannot open them', schema: staffKeysSchema } },
      run: async ({ caller }) => ({ received: await staffKeys.of(caller.account, caller.organisation), ...(isOrganisation(caller.roles) ? { given: await staffKeys.given(caller.account), confirmed: await staffKeys.confirmed(caller.account) } : { given: [], confirmed: [] }) }),
    }),
  ];
}
