// The operator's routes, beside those of an issuer whose machine holds the key of governance. Elsewhere they are not there.
import { z } from 'zod';
import { HealthpassError, parseFieldElement, standingOf, type TrustState } from '#passport';
import { route, type Route } from '#server';
import { GOVERNANCE_ACTIONS, GOVERNANCE_REASONS, type ActionRow } from './actions.ts';
import type { Change, Operator } from './operator.ts';

export type OperatorRouteDeps = {
  readonly operator: Operator;
  readonly trust: () => TrustState | undefined;
  /** DID of the issuer beside which they stand: who takes that one out stops the own service. */
  readonly own: string;
  /** Account that governance acts with, and what it can pay with, in wei. */
  readonly governance: { readonly address: string; readonly balance: () => Promise<bigint> };
};

const standing = z.enum(['active', 'suspended', 'removed']);
const action = z.object({
  id: z.int(), action: z.enum(GOVERNANCE_ACTIONS), issuer: z.int().optional(), identity: z.string().optional(), reason: z.enum(GOVERNANCE_REASONS).optional(),
  state: z.enum(['pending', 'done', 'refused']), code: z.string().optional(), field: z.string().optional(), createdAt: z.int(), doneAt: z.int().optional(),
}).meta({ id: 'GovernanceAction', description: 'A decision, and what became of it' });
const issuer = z.object({
  id: z.int(), did: z.string(), name: z.string(), accreditedBy: z.string(), standing, status: standing.meta({ description: 'By the newest final block' }), latestStatus: standing,
  lists: z.array(z.int()), claimsKey: z.object({ x: z.string(), y: z.string() }), keys: z.int().meta({ description: 'Keys that its DID document lists now' }), own: z.boolean().meta({ description: 'Whether it is the one of this service' }),
});
const decimal = z.string().regex(/^\d{1,77}$/);
const request = z.strictObject({ did: z.string().max(200), identity: z.string().regex(/^0x[0-9a-fA-F]{40}$/), claimsKey: z.strictObject({ x: decimal, y: decimal }) }).meta({ description: 'accreditation-request.json of the issuer' });
const label = z.string().trim().min(1).max(100).regex(/^[^\p{C}]*$/u);
const lists = z.int().min(1).max(16);
const accreditBody = z.strictObject({ request, name: label, accreditedBy: label, lists: lists.default(1) });
const id = z.object({ id: z.string().regex(/^\d{1,9}$/).transform(Number) });
const DECIDE = { tag: 'network', permission: 'issuers:accredit', answers: { 202: { description: 'Written down, and on its way to the chain', schema: action } } } as const;
const SAYS: Readonly<Record<Change, string>> = { suspend: 'Suspend an issuer: nothing of it counts until it is reinstated', reinstate: 'Reinstate a suspended issuer', remove: 'Remove an issuer for good' };

export const operatorRoutes = ({ operator, trust, own, governance }: OperatorRouteDeps): Route[] => [
  route({
    method: 'get', path: '/issuers', summary: 'Give the issuers of the network, and the decisions about them', tag: 'network', permission: 'issuers:read',
    answers: { 200: { description: 'All that the registry has, and the newest decisions first', schema: z.object({ governance: z.object({ address: z.string(), balance: z.string() }), issuers: z.array(issuer), actions: z.array(action) }) } }, problems: ['no-trust-data'],
    async run() {
      const known = trust();
      if (!known) throw new HealthpassError('no-trust-data', 'the chain has not been read yet', { field: 'trust' });
      return {
        governance: { address: governance.address, balance: (await governance.balance()).toString() }, actions: (await operator.actions()).map(actionJson),
        issuers: known.issuers.map((record) => ({
          id: record.id, did: record.did, name: record.name, accreditedBy: record.accreditedBy, standing: standingOf(record), status: record.status, latestStatus: record.latestStatus, lists: [...record.lists],
          claimsKey: { x: record.claimsKey.x.toString(), y: record.claimsKey.y.toString() }, keys: (record.keys ?? []).filter(({ until }) => until === null || until > known.latest.time).length, own: record.did.toLowerCase() === own.toLowerCase(),
        })),
      };
    },
  }),
  route({
    ...DECIDE, method: 'post', path: '/issuers', summary: 'Accredit an issuer', body: { schema: accreditBody }, problems: ['point-invalid', 'field-not-canonical', 'status-conflict'],
    async run({ body: { request: { claimsKey: { x, y }, ...who }, ...described }, principal }) {
      return actionJson(await operator.accredit({ ...who, ...described, claimsKey: { x: parseFieldElement(x), y: parseFieldElement(y) } }, principal));
    },
  }),
  ...(['suspend', 'reinstate', 'remove'] as const).map((change) => route({
    ...DECIDE, method: 'post', path: `/issuers/:id/${change}`, summary: SAYS[change], params: id, body: { schema: z.strictObject({ reason: z.enum(GOVERNANCE_REASONS) }) }, problems: ['status-conflict'],
    async run({ params, body: { reason }, principal, context }) {
      const decided = await operator.change(change, params.id, reason, principal);
      return decided ? actionJson(decided) : context.notFound();
    },
  })),
  route({
    ...DECIDE, method: 'post', path: '/issuers/:id/lists', summary: 'Give an issuer more status lists', params: id, body: { schema: z.strictObject({ count: lists }) }, problems: ['status-conflict'],
    async run({ params, body: { count }, principal, context }) {
      const decided = await operator.assignLists(params.id, count, principal);
      return decided ? actionJson(decided) : context.notFound();
    },
  }),
];

/** What is not known is left out. */
const actionJson = ({ issuer: number, identity, reason, code, field, doneAt, ...row }: ActionRow) => ({
  ...row, ...(number !== null && { issuer: number }), ...(identity !== null && { identity }), ...(reason !== null && { reason }), ...(code !== null && { code }), ...(field !== null && { field }), ...(doneAt !== null && { doneAt }),
});
