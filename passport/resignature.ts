// Claims signatures made again after an issuer's key was rotated, in blocks: a wallet fetches a whole block, so asking tells nobody which
// of its 4,096 entries is the holder's. docs/protocol.md, "Issuance in time".
import { z } from 'zod';
import type { ClaimsSignature } from './claims-signature.ts';
import { HealthpassError } from './errors.ts';
import { parseFieldElement } from './field.ts';
import { LIST_SIZE } from './limits.ts';
import type { ClaimsKey } from './registry-tree.ts';

/** Entries of one block; block b covers the indices [b × 4096, (b + 1) × 4096). */
export const BLOCK_SIZE = 4096;

export type ResignatureBlock = {
  readonly list: number;
  readonly block: number;
  /** The key that made the signatures. */
  readonly key: ClaimsKey;
  /** By status index; entries that were never issued are absent. */
  readonly signatures: ReadonlyMap<number, ClaimsSignature>;
};

/** The block that an index is in. */
export const blockOf = (index: number): number => Math.floor(index / BLOCK_SIZE);

const number = z.string().max(77);
const blockSchema = z.strictObject({
  list: z.int().min(1).max(2 ** 32 - 1),
  block: z.int().min(0).max(blockOf(LIST_SIZE - 1)),
  key: z.strictObject({ x: number, y: number }),
  signatures: z.array(z.tuple([z.int(), number, number, number])).max(BLOCK_SIZE),
});

/** JSON form, entries in the order of their indices, numbers as decimals. */
export const encodeResignatureBlock = ({ list, block, key, signatures }: ResignatureBlock): unknown => ({
  list,
  block,
  key: { x: key.x.toString(), y: key.y.toString() },
  signatures: [...signatures].sort(([a], [b]) => a - b).map(([index, { R8x, R8y, S }]) => [index, `${R8x}`, `${R8y}`, `${S}`]),
});

/** Reads the JSON form; signatures are not checked here. @throws HealthpassError `request-invalid`, `field-not-canonical` */
export function parseResignatureBlock(input: unknown): ResignatureBlock {
  const parsed = blockSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues[0]!.path.join('.') || 'block');
  const { list, block, key, signatures } = parsed.data;
  const read = new Map<number, ClaimsSignature>();
  let last = block * BLOCK_SIZE - 1;
  for (const [index, R8x, R8y, S] of signatures) {
    if (index <= last || blockOf(index) !== block || index >= LIST_SIZE) throw invalid('signatures');
    last = index;
    read.set(index, { R8x: parseFieldElement(R8x, 'signatures'), R8y: parseFieldElement(R8y, 'signatures'), S: parseFieldElement(S, 'signatures') });
  }
  return { list, block, key: { x: parseFieldElement(key.x, 'key.x'), y: parseFieldElement(key.y, 'key.y') }, signatures: read };
}

const invalid = (field: string) => new HealthpassError('request-invalid', `the block of signatures has a wrong or missing ${field}`, { field });
