// A root that guardians can give back together: Shamir's sharing over GF(2^8), each share sealed to one guardian, with digests by which a wrong
// share is noticed and named. Fewer guardians than the threshold learn nothing.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { combine, split } from 'shamir-secret-sharing';
import { z } from 'zod';
import { HealthpassError, concatBytes } from '#passport';
import { isAddress, type Address } from '../members.ts';
import { derive } from './derive.ts';
import { openWith, sealTo, type Binding, type PublicKey, type Sealed, type SealingKeys } from './hpke.ts';
import { parseRoot, type Root } from './root.ts';

export type Guardian = { readonly guardian: Address; readonly key: PublicKey };

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const backupSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  threshold: z.number().int().min(2).max(16),
  digest,
  shares: z.array(z.strictObject({ guardian: z.custom<Address>(isAddress), digest, sealed: z.string().max(300) })).min(2).max(16),
}).readonly();
/** What guardians keep: it opens nothing by itself. Digests are in hexadecimal; `threshold` of the shares make the root. */
export type Backup = z.infer<typeof backupSchema>;

/** @throws HealthpassError `share-invalid` */
export function parseBackup(json: unknown): Backup {
  const { data } = backupSchema.safeParse(json);
  if (!data || data.threshold > data.shares.length || new Set(data.shares.map(({ guardian }) => guardian)).size !== data.shares.length) throw invalid('this is no backup', 'backup');
  return data;
}

/** 2 to 16 guardians, of whom 2 or more are needed. @throws HealthpassError `share-invalid` */
export async function splitRoot(root: Root, guardians: readonly Guardian[], threshold: number): Promise<Backup> {
  const id = bytesToHex(randomBytes(16));
  const shares = threshold >= 2 && threshold <= guardians.length && guardians.length <= 16 ? await split(root.slice(), guardians.length, threshold) : [];
  const sealed = await Promise.all(shares.map(async (share, index) => {
    const { guardian, key } = guardians[index]!; // as many shares as guardians
    return { guardian, digest: digestOf(share, id), sealed: await sealTo(key, share, shareBinding('kept', id, guardian)) };
  }));
  return parseBackup({ version: 1, id, threshold, digest: checkOf(root), shares: sealed });
}

/** A guardian opens the share that was entrusted to it. @throws HealthpassError `sealed-invalid`, `share-invalid` */
export const openShare = async (keys: SealingKeys, backup: Backup, guardian: Address): Promise<Uint8Array> => {
  const share = shareOf(backup, guardian);
  return assertShare(await openWith(keys, share.sealed, shareBinding('kept', backup.id, guardian)), backup, guardian);
};

/** A guardian passes its share on to whoever recovers, after it has made sure who that is. */
export const forwardShare = (share: Uint8Array, recipient: PublicKey, { id }: Pick<Backup, 'id'>, guardian: Address): Promise<Sealed> =>
  sealTo(recipient, share, shareBinding('forwarded', id, guardian));

/** @throws HealthpassError `sealed-invalid`; `share-invalid` for another share than was entrusted to that guardian */
export const receiveShare = async (keys: SealingKeys, forwarded: string, backup: Backup, guardian: Address): Promise<Uint8Array> =>
  assertShare(await openWith(keys, forwarded, shareBinding('forwarded', backup.id, guardian)), backup, guardian);

/** @throws HealthpassError `share-invalid` for too few shares, one that stands twice, one that is none of this backup, or a root that is not the one that was split */
export async function joinRoot(backup: Backup, shares: readonly Uint8Array[]): Promise<Root> {
  const digests = new Set(shares.map((share) => digestOf(share, backup.id)));
  if (digests.size !== shares.length || shares.length < backup.threshold) throw invalid('there are too few shares', 'shares');
  if ([...digests].some((one) => !backup.shares.some(({ digest }) => digest === one))) throw invalid('a share is none of this backup', 'shares');
  const root = parseRoot(await combine(shares.map((share) => share.slice())));
  if (checkOf(root) !== backup.digest) throw invalid('the shares make another root', 'shares');
  return root;
}

function assertShare(share: Uint8Array, backup: Backup, guardian: Address): Uint8Array {
  if (digestOf(share, backup.id) !== shareOf(backup, guardian).digest) throw invalid('this is not the share of this guardian', 'share');
  return share;
}

function shareOf(backup: Backup, guardian: Address): Backup['shares'][number] {
  const share = backup.shares.find((one) => one.guardian === guardian);
  if (!share) throw invalid('this guardian has no share of this backup', 'guardian');
  return share;
}

/** A share is as random as the root: its digest gives nothing away, nor does that of the root. */
const digestOf = (share: Uint8Array, id: string): string => bytesToHex(sha256(concatBytes([utf8ToBytes('healthpass/share/1'), hexToBytes(id), share])));
const checkOf = (root: Root): string => bytesToHex(derive(root, 'backup check'));
const shareBinding = (state: 'kept' | 'forwarded', backup: string, guardian: Address): Binding => ({ kind: 'healthpass/share/1', state, backup, guardian });

const invalid = (message: string, field: string) => new HealthpassError('share-invalid', message, { field });
