// The trust bundle: everything a verifier needs to decide offline, as JSON. Whoever reads one recomputes every root in it, so a
// mirror can withhold (which its age shows) but not forge; that the roots are the chain's own is checked by contracts/ while online.
import { z } from 'zod';
import { tablesDigest } from './codes/index.ts';
import { HealthpassError } from './errors.ts';
import { FIELD_ORDER, type FieldElement } from './field.ts';
import { LIST_WORDS, REGISTRY_DEPTH, WORD_BITS } from './limits.ts';
import { parsePolicy, type Policy } from './policy.ts';
import { createRegistryTree, registryLeaf } from './registry-tree.ts';
import { statusRoot } from './status-list.ts';
import type { UnixSeconds } from './time.ts';
import type { TrustState } from './trust.ts';

export type TrustBundle = {
  readonly trust: TrustState;
  readonly policies: readonly Policy[];
  /** As snarkjs writes it; parsed and pinned by digest where proofs are checked. */
  readonly verifyingKey: unknown;
};

const time = z.int().min(0).max(2 ** 34).transform((value) => value as UnixSeconds);
const field = z.string().regex(/^0x[0-9a-f]{1,64}$/).transform(BigInt).refine((value) => value < FIELD_ORDER).transform((value) => value as FieldElement);
const slot = z.int().min(0).max(2 ** REGISTRY_DEPTH - 1);
const text = z.string().max(200);
const block = z.object({ number: z.int().min(0), hash: z.string().regex(/^0x[0-9a-f]{64}$/), time });
const wordMap = z.array(z.tuple([z.int().min(0).max(LIST_WORDS - 1), z.string().regex(/^0x[0-9a-f]{1,62}$/).transform(BigInt)])).max(LIST_WORDS)
  .transform((pairs) => new Map(pairs));

const listedKey = z.object({
  kid: z.string().max(300), type: z.enum(['secp256k1', 'P-256']), publicKey: z.string().regex(/^0[23][0-9a-f]{64}$/), since: time, until: time.nullable(),
  untilBlock: z.int().min(0).nullable(),
});
const issuerStatus = z.enum(['active', 'suspended', 'removed']);
const stateSchema = z.object({
  chainId: z.int().min(1),
  contracts: z.record(z.string().max(64), z.string().regex(/^0x[0-9a-fA-F]{40}$/)),
  finalized: block,
  latest: block,
  syncedAt: time,
  roots: z.array(z.object({ root: field, since: time, supersededAt: time.nullable(), final: z.boolean() })).max(100_000),
  issuers: z.array(z.object({
    id: z.int().min(0), did: z.string().max(200), name: text, accreditedBy: text, status: issuerStatus, latestStatus: issuerStatus,
    claimsKey: z.object({ x: field, y: field }), lists: z.array(z.int().min(1).max(2 ** 32 - 1)).max(4096), keys: z.array(listedKey).max(1000).optional(),
  })).max(4096),
  lists: z.array(z.object({ id: z.int().min(1).max(2 ** 32 - 1), issuer: z.int().min(0), slot, words: wordMap, root: field, latestWords: wordMap, suspended: wordMap })).max(4096),
  leaves: z.array(z.tuple([slot, field])).max(4096).transform((pairs) => new Map(pairs)),
  anchors: z.array(z.object({ list: z.int().min(1), root: z.string().regex(/^0x[0-9a-f]{64}$/), time, block: z.int().min(0) })).max(100_000),
});
const bundleSchema = z.object({ version: z.literal(1), trust: stateSchema, policies: z.array(z.unknown()).max(1000), verifyingKey: z.unknown(), codes: z.string().max(100) });

/** The bundle as a JSON value. */
export function encodeTrustBundle({ trust, policies, verifyingKey }: TrustBundle): unknown {
  return {
    version: 1,
    trust: JSON.parse(JSON.stringify(trust, toJson)) as unknown,
    policies: policies.map((policy) => policy.document),
    verifyingKey,
    codes: tablesDigest(),
  };
}

/**
 * Reads a bundle and recomputes every root in it.
 * @throws HealthpassError `bundle-invalid`, naming what does not fit
 */
export function parseTrustBundle(input: unknown): TrustBundle {
  const parsed = bundleSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'bundle');
  const { trust, policies, verifyingKey, codes } = parsed.data;
  if (codes !== tablesDigest()) throw invalid('codes');
  const state: TrustState = { ...trust, issuers: trust.issuers.map((issuer) => ({ ...issuer, keys: issuer.keys })) };
  assertConsistent(state);
  return { trust: state, policies: policies.map(parsePolicy), verifyingKey };
}

/** Every root against what it is the root of. @throws HealthpassError `bundle-invalid` */
export function assertConsistent(trust: TrustState): void {
  const issuers = new Map(trust.issuers.map((issuer) => [issuer.id, issuer]));
  const slots = new Set<number>();
  for (const list of trust.lists) {
    const issuer = issuers.get(list.issuer);
    if (!issuer?.lists.includes(list.id) || slots.has(list.slot)) throw invalid('lists');
    slots.add(list.slot);
    for (const word of list.words.values()) if (word >> BigInt(WORD_BITS) !== 0n) throw invalid('lists.words');
    if (statusRoot(list.words) !== list.root) throw invalid('lists.root');
    const leaf = trust.leaves.get(list.slot) ?? 0n;
    if (leaf !== 0n && leaf !== registryLeaf(issuer.claimsKey, list.id, list.root)) throw invalid('leaves');
    if ((leaf !== 0n) !== (issuer.status === 'active')) throw invalid('leaves');
  }
  for (const [position, leaf] of trust.leaves) if (leaf !== 0n && !slots.has(position)) throw invalid('leaves');
  const current = trust.roots.findLast((record) => record.final);
  if (current && createRegistryTree(trust.leaves).root() !== current.root) throw invalid('roots');
  if (trust.finalized.number > trust.latest.number) throw invalid('finalized');
  trust.roots.forEach((record, i) => {
    const next = trust.roots[i + 1];
    if (record.supersededAt !== (next?.since ?? null)) throw invalid('roots');
  });
}

const invalid = (path: string) => new HealthpassError('bundle-invalid', `the trust bundle does not hold together at ${path}`, { field: path });

function toJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `0x${value.toString(16)}`;
  return value instanceof Map ? [...value] : value;
}
