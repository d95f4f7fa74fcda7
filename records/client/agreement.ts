// What the patient agreed to, as against what a gateway shows: it could name another recipient, show what was revoked, or invent a relationship, and would
// be given the keys. So keys go only where the chain, read by a way of one's own, has under an address of the patient exactly what is shown.
import { hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { grantWord, type Policy } from '#records/model/consent/index.ts';
import { relationshipKey } from '#records/model/keys/derive.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';

type Hex = `0x${string}`;
/** Seconds that the clocks of wallet and gateway may differ. */
const MOST_APART = 300;

/** What stands in ConsentRegistry now; undefined for nothing. Asked of the chain by endpoints that the gateway did not name. @throws HealthpassError `chain-unavailable`, `chain-inconsistent` */
export type GrantsOnChain = { readonly grantOf: (owner: Address, id: Hex) => Promise<Hex | undefined> };

export type Shown = { readonly number: number; readonly owner: Address; readonly recipient: Address; readonly grant: Hex; readonly word: Hex; readonly salt: Hex; readonly policy: Policy };

export type Agreements = ReturnType<typeof createAgreements>;

/** @param chain without it only what this client agreed to itself counts @param now by a clock of one's own: a word stays on chain when its time is over */
export function createAgreements(root: Root, chain: GrantsOnChain | undefined, now: () => UnixSeconds) {
  /** Words that were signed here, and may not be on chain yet. */
  const signed = new Set<Hex>();

  const isWhole = ({ number, owner, recipient, word, salt, policy }: Shown): boolean =>
    owner === relationshipKey(root, number, recipient).address && policy.recipient === recipient && grantWord(policy, hexToBytes(salt.slice(2))) === word;

  /** @throws HealthpassError of a chain that does not answer */
  async function isAgreed(one: Shown): Promise<boolean> {
    return isWhole(one) && (signed.has(one.word) || (await chain?.grantOf(one.owner, one.grant)) === one.word);
  }

  return {
    sign: (word: Hex): void => void signed.add(word),
    /** It was replaced or revoked: from now on the chain alone can say that it stands. */
    end: (word: Hex): void => void signed.delete(word),
    /** Whether keys may go there. Of a chain that does not answer: not now, and the wallet catches up later. */
    async mayHaveKeys(one: Shown): Promise<boolean> {
      try {
        return now() - MOST_APART < one.policy.until && (await isAgreed(one));
      } catch (error) {
        if (isHealthpassError(error)) return false;
        throw error;
      }
    },
    /** Before the patient signs on by what is shown. @throws HealthpassError `not-authorised`, or of a chain that does not answer */
    async assertAgreed(one: Shown): Promise<void> {
      if (!(await isAgreed(one))) throw new HealthpassError('not-authorised', 'the gateway shows the relationship otherwise than it stands on chain', { field: 'relationships' });
    },
  };
}
