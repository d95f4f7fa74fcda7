// The finalised state as JSON, to begin from at the next start. Reading one recomputes its trees; whether its block is still on the
// chain, and whether the contract agrees with its root, is asked before it is built upon. Browser-safe.
import { isAddress } from 'ethers';
import { z } from 'zod';
import { FIELD_ORDER, type FieldElement } from '#passport/field.ts';
import { LIST_WORDS, REGISTRY_DEPTH, WORD_BITS } from '#passport/limits.ts';
import type { UnixSeconds } from '#passport/time.ts';
import type { Deployment } from '../deployment.ts';
import type { Step } from './history.ts';
import { EMPTY_STATE, expectedLeaf, settle, type ChainState } from './state.ts';

const time = z.int().min(0).transform((value) => value as UnixSeconds);
const integer = z.string().regex(/^0x[0-9a-f]{1,64}$/).transform(BigInt);
const field = integer.refine((value) => value < FIELD_ORDER).transform((value) => value as FieldElement);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const wordMap = z.array(z.tuple([z.int().min(0).max(LIST_WORDS - 1), integer.refine((value) => value >> BigInt(WORD_BITS) === 0n)])).transform((pairs) => new Map(pairs));

const schema = z.strictObject({
  version: z.literal(1),
  deployment: z.string(),
  block: z.strictObject({ number: z.int().min(0), hash, time }),
  issuers: z.array(z.strictObject({
    id: z.int(), identity: z.string().refine(isAddress), name: z.string(), accreditedBy: z.string(), status: z.enum(['active', 'suspended', 'removed']),
    claimsKey: z.strictObject({ x: field, y: field }), lists: z.array(z.int()),
  })),
  lists: z.array(z.strictObject({ id: z.int(), issuer: z.int(), words: wordMap, suspended: wordMap, published: field })),
  leaves: z.array(z.tuple([z.int().min(0).max(2 ** REGISTRY_DEPTH - 1), field])).transform((pairs) => new Map(pairs)),
  epochs: z.array(z.strictObject({ root: field, since: time, sound: z.boolean().optional() })),
  epoch: z.int().min(-1),
  anchors: z.array(z.strictObject({ list: z.int(), root: hash, time, block: z.int().min(0) })),
});

/** A JSON value. One with a wrong status root in it is of no use later, see {@link decodeCheckpoint}. */
export function encodeCheckpoint({ ref, state }: Step, deployment: Deployment): unknown {
  const { issuers, lists, leaves, epochs, epoch, anchors } = state;
  const checkpoint = {
    version: 1,
    deployment: JSON.stringify(deployment),
    block: ref,
    issuers: [...issuers.values()],
    lists: [...lists.values()].map(({ id, issuer, words, suspended, published }) => ({ id, issuer, words, suspended, published })),
    leaves, epochs, epoch, anchors,
  };
  return JSON.parse(JSON.stringify(checkpoint, toJson)) as unknown;
}

/** The step that a checkpoint stands for, or undefined when it is of another system, of another form or does not hold together. */
export function decodeCheckpoint(input: unknown, deployment: Deployment): Step | undefined {
  const parsed = schema.safeParse(input);
  if (!parsed.success || parsed.data.deployment !== JSON.stringify(deployment)) return undefined;
  const { block, issuers, lists, leaves, epochs, epoch, anchors } = parsed.data;
  const state: ChainState = {
    ...EMPTY_STATE,
    issuers: new Map(issuers.map((issuer) => [issuer.id, issuer])),
    lists: new Map(lists.map((list) => [list.id, { ...list, tree: undefined, unhashed: list.words as Map<number, FieldElement> }])), // words are below r
    leaves, unhashed: leaves,
    epochs: epochs.map(({ root, since, sound }) => ({ root, since, sound })),
    epoch, anchors,
    unchecked: new Set(lists.map((list) => list.id)),
  };
  try {
    const settled = settle(state);
    return holdsTogether(settled) ? { ref: block, state: settled } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether leaves, lists and issuers fit each other. Names are not bound to anything: who can change the store can change them. */
function holdsTogether(state: ChainState): boolean {
  const { issuers, lists, leaves, unsound } = state;
  const count = [...issuers.values()].reduce((sum, issuer) => sum + issuer.lists.length, 0);
  return unsound.size === 0 && count === lists.size && [...leaves.keys()].every((slot) => lists.has(slot + 1))
    && [...lists.values()].every((list) => {
      const held = [...list.suspended].every(([position, mask]) => (mask & ~(list.words.get(position) ?? 0n)) === 0n);
      return held && issuers.get(list.issuer)?.lists.includes(list.id) === true && (leaves.get(list.id - 1) ?? 0n) === expectedLeaf(state, list);
    });
}

function toJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `0x${value.toString(16)}`;
  return value instanceof Map ? [...value] : value;
}
