// A status list in the encoding of the W3C Bitstring Status List (section 2.2 of its recommendation), made from the words on chain.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LIST_SIZE, WORD_BITS, type TrustState } from '#passport';

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
  const bits = new Uint8Array(LIST_SIZE / 8);
  for (const words of [record.words, record.latestWords]) {
    for (const [position, word] of words) setBits(bits, position * WORD_BITS, word);
  }
  const encoded = await promisify(gzip)(bits);
  return { list, statusPurpose: 'revocation', encodedList: `u${encoded.toString('base64url')}`, root: `0x${record.root.toString(16)}`, asOf: trust.finalized.time };
}

function setBits(bits: Uint8Array, from: number, word: bigint): void {
  for (let bit = 0, rest = word; rest !== 0n; bit++, rest >>= 1n) {
    if (rest & 1n) bits[(from + bit) >> 3]! |= 0x80 >> ((from + bit) & 7);
  }
}
