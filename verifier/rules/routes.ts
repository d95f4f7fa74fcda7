// Rules over HTTP: who makes them needs a permission; what they ask, and who signed it, is for anybody to read.
import { z } from 'zod';
import { policySchema, type Policy, type UnixSeconds } from '#passport';
import { encodeRuleText } from '#formats/rule/index.ts';
import { route, type Route } from '#server';
import type { VerifierIdentity } from '../openid4vp/identity.ts';
import { signRule, unknownRule, type KeptRule, type RuleBook } from './rule-book.ts';

export type RuleRouteDeps = {
  readonly rules: RuleBook;
  readonly shipped: readonly Policy[];
  /** Without it rules are served unsigned. */
  readonly identity?: VerifierIdentity | undefined;
  /** As wallets are shown it. */
  readonly name?: string | undefined;
  readonly now: () => UnixSeconds;
};

const summarySchema = z.object({
  id: z.string(), version: z.int(), title: policySchema.shape.title, clauses: z.int(), shipped: z.boolean(), createdAt: z.int().nullable(), retiredAt: z.int().nullable(),
});
const ruleSchema = summarySchema.extend({
  document: policySchema,
  signed: z.object({ did: z.string().optional(), certificate: z.string().optional() }).describe('compact JWS under each name of the verifier'),
  text: z.string().optional().describe('what a code of the rule holds, signed under the DID'),
});
const signerSchema = z.object({ name: z.string(), clientIds: z.array(z.string()), root: z.string().optional().describe('PEM of the development authority, where there is one') });
const id = policySchema.shape.id;
const saveSchema = z.strictObject({ document: policySchema.omit({ version: true }).extend({ version: z.int().optional() }), replaces: z.int().min(1).max(65534).optional() });

/** A document of 32 clauses with every word in six languages. */
const MOST_BYTES = 100_000;

export function ruleRoutes(deps: RuleRouteDeps): Route[] {
  const { rules, shipped, identity, now } = deps;
  const known = async (wanted: string, version?: number): Promise<KeptRule | undefined> => {
    const policy = shipped.findLast((candidate) => candidate.id === wanted && (version === undefined || candidate.version === version));
    return policy ? { id: policy.id, version: policy.version, organisation: '', document: policy.document, createdAt: 0 as UnixSeconds, retiredAt: null } : rules.find(wanted, version);
  };
  const whole = async (rule: KeptRule | undefined): Promise<z.infer<typeof ruleSchema>> => {
    if (!rule) throw unknownRule();
    const signed = identity && rule.retiredAt === null ? await signRule(rule.document, { x509_hash: identity.signers.x509_hash, decentralized_identifier: identity.signers.decentralized_identifier }, now()) : {};
    return { ...summaryOf(rule), document: rule.document, signed, ...(signed.did !== undefined && { text: await encodeRuleText(signed.did) }) };
  };
  const open = { tag: 'rules', permission: null, surface: 'public' } as const;
  return [
    route({
      ...open, method: 'get', path: '/rules', summary: 'List the rules, shipped and own, with all versions',
      answers: { 200: { description: 'Without their clauses', schema: z.object({ rules: z.array(summarySchema) }) } },
      run: async () => ({ rules: [...await Promise.all(shipped.map((policy) => known(policy.id, policy.version))), ...await rules.list()].map((rule) => summaryOf(rule!)) }), // a shipped rule is known
    }),
    route({
      ...open, method: 'get', path: '/rules/:id', summary: 'Give the newest version of a rule, signed', params: z.object({ id }),
      answers: { 200: { description: 'The rule', schema: ruleSchema } }, problems: ['rule-unknown'],
      run: async ({ params }) => whole(await known(params.id)),
    }),
    route({
      ...open, method: 'get', path: '/rules/:id/:version', summary: 'Give one version of a rule, signed', params: z.object({ id, version: z.coerce.number().int().min(1).max(65535) }),
      answers: { 200: { description: 'The rule', schema: ruleSchema } }, problems: ['rule-unknown'],
      run: async ({ params }) => whole(await known(params.id, params.version)),
    }),
    route({
      ...open, method: 'get', path: '/signer', summary: 'Say under which names this verifier signs',
      answers: { 200: { description: 'Its names', schema: signerSchema } },
      run: () => ({ name: deps.name ?? '', clientIds: Object.values(identity?.signers ?? {}).flatMap((signer) => (signer ? [signer.clientId] : [])), ...(identity?.root !== undefined && { root: identity.root }) }),
    }),
    route({
      method: 'post', path: '/rules', summary: 'Make a rule, or a new version of one', tag: 'rules', permission: 'rules:write', body: { schema: saveSchema, maxBytes: MOST_BYTES },
      answers: { 201: { description: 'The rule, signed', schema: ruleSchema } }, problems: ['policy-invalid', 'rule-conflict', 'rule-retired', 'service-unavailable'],
      run: async ({ body, principal }) => whole(await rules.save(body.document, body.replaces, principal)),
    }),
    route({
      method: 'delete', path: '/rules/:id', summary: 'Retire a rule: passes for it are not accepted any more', tag: 'rules', permission: 'rules:write', params: z.object({ id }),
      answers: { 204: { description: 'It is retired' } }, problems: ['rule-unknown'],
      run: ({ params, principal }) => rules.retire(params.id, principal),
    }),
  ];
}

const summaryOf = ({ id, version, document, createdAt, retiredAt }: KeptRule): z.infer<typeof summarySchema> =>
  ({ id, version, title: document.title, clauses: document.clauses.length, shipped: createdAt === 0, createdAt: createdAt === 0 ? null : createdAt, retiredAt });
