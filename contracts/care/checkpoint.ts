// What is final of the care contracts as JSON, to begin from at the next start. Whether its block is still on the chain is asked before anything is
// built upon it; that nobody changed it is for whoever keeps it to see to. Browser-safe.
import { z } from 'zod';
import type { UnixSeconds } from '#passport/time.ts';
import { isAddress, ROLES, type Address } from '#records/model/members.ts';
import { createBook, pairKey, type CareBook, type MemberRecord, type Shelf } from './book.ts';
import type { CareDeployment } from './deployment.ts';
import type { Bytes32 } from './events.ts';
import type { FinalBook } from './follow.ts';

const time = z.int().min(0).transform((value) => value as UnixSeconds);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/).transform((value) => value as Bytes32);
const address = z.custom<Address>(isAddress);
const role = z.enum(ROLES);
const shelf = <Value extends z.ZodType>(value: Value) => z.array(z.tuple([z.string(), value]));

const shelves = {
  bodies: shelf(z.int().min(1)),
  members: shelf(z.strictObject({
    roles: z.array(z.tuple([role, z.strictObject({ organisation: address.optional(), until: time, by: address })])).transform((pairs): MemberRecord['roles'] => new Map(pairs.map(([name, terms]) => [name, { organisation: undefined, ...terms }]))),
    suspended: z.int().min(0),
  })),
  grants: shelf(hash),
  delegates: shelf(z.strictObject({ scope: z.int().min(1), until: time })),
  heads: shelf(z.int().min(1)),
  anchors: shelf(z.strictObject({ sequence: z.int().min(1), root: hash, time })),
  emergencies: shelf(z.strictObject({ institution: address, commitment: hash, until: time, approvals: z.array(address), review: z.strictObject({ body: address, finding: hash }).optional() }).transform((one) => ({ review: undefined, ...one }))),
  uses: shelf(z.strictObject({ use: z.enum(['dispensed', 'void']), by: address })),
} satisfies Record<keyof CareBook, z.ZodType>;

const schema = z.strictObject({ version: z.literal(1), deployment: z.string(), block: z.strictObject({ number: z.int().min(0), hash: z.string().regex(/^0x[0-9a-f]{64}$/), time }), book: z.strictObject(shelves) });

/** A JSON value. */
export function encodeCareCheckpoint({ ref, book }: FinalBook, deployment: CareDeployment): unknown {
  const kept = Object.fromEntries(Object.entries(book).map(([name, { entries }]) => [name, [...entries()]]));
  return JSON.parse(JSON.stringify({ version: 1, deployment: JSON.stringify(deployment), block: ref, book: kept }, (_key, value: unknown) => (value instanceof Map ? [...value] : value))) as unknown;
}

/** The final block and its book, or undefined for a checkpoint of other contracts, of another form, or one that lacks an anchor. */
export function decodeCareCheckpoint(input: unknown, deployment: CareDeployment): FinalBook | undefined {
  const parsed = schema.safeParse(input);
  if (!parsed.success || parsed.data.deployment !== JSON.stringify(deployment)) return undefined;
  const book = createBook();
  for (const [name, entries] of Object.entries(parsed.data.book)) {
    const target = book[name as keyof CareBook] as Shelf<unknown>; // names and values as the schema has them
    for (const [key, value] of entries) target.set(key, value);
  }
  return hasAllAnchors(book) ? { ref: parsed.data.block, book } : undefined;
}

function hasAllAnchors({ heads, anchors }: CareBook): boolean {
  return [...heads.entries()].every(([gateway, head]) => Array.from({ length: head }, (_, i) => anchors.get(pairKey(gateway, i + 1))).every((anchor) => anchor !== undefined));
}
