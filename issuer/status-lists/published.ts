// A status list as it stands on chain, bare: for who checks it against the chain instead of a signature.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { TrustState } from '#passport';
import { blockedBits } from './bits.ts';

export type PublishedList = {
  readonly list: number;
  readonly statusPurpose: 'revocation';
  /** Multibase: `u`, then base64url of the gzipped bits; entry 0 is the leftmost bit. */
  readonly encodedList: string;
  /** Poseidon root of the words in the final block, as the registry tree holds it. */
  readonly root: string;
  /** Time of the final block; what the latest block blocks besides is blocked here too. */
  readonly asOf: number;
};

/** The list as it stands; undefined when there is none of that number. It carries no signature: the chain is what it is checked against. */
export async function publishedList(trust: TrustState, list: number): Promise<PublishedList | undefined> {
  const record = trust.lists.find(({ id }) => id === list);
  if (!record) return undefined;
  return { list, statusPurpose: 'revocation', encodedList: await encodeBits(blockedBits(record)), root: `0x${record.root.toString(16)}`, asOf: trust.finalized.time };
}

export const encodeBits = async (bits: Uint8Array): Promise<string> => `u${(await promisify(gzip)(bits)).toString('base64url')}`;
