// ConsentRegistry as the gateway uses it: by the index of the chain, on which several endpoints agree. One that lies, or is behind, moves nothing here:
// what they do not agree on is not known, and what is not known is an error.
import type { CareReader } from '#contracts/care/index.ts';
import { CLEARED_WORD, type GrantId, type GrantWord } from '#records/model/consent/index.ts';
import type { Address } from '#records/model/members.ts';

/** Events after which something else may count for an owner. */
const CHANGING: ReadonlySet<string> = new Set(['granted', 'revoked']);

/** All reject with HealthpassError `chain-unavailable`, `chain-inconsistent` */
export type ConsentChain = {
  /** What counts under an id in the newest block. */
  readonly wordOf: (owner: Address, grant: GrantId) => Promise<GrantWord>;
  /** The nonce that the next statement of this address has to carry. */
  readonly nonceOf: (signer: Address) => Promise<number>;
  readonly delegateOf: (owner: Address, delegate: Address) => Promise<{ readonly scope: number; readonly until: number }>;
  /** Owners whose grants changed since it was last asked, or were taken back with their blocks. Given back by `again` where nothing came of it. */
  readonly changes: () => Promise<readonly Address[]>;
  readonly again: (owner: Address) => void;
};

export function createConsentChain(index: Pick<CareReader, 'sync' | 'onEvents' | 'grantOf' | 'delegateOf' | 'nonceOf'>): ConsentChain {
  const changed = new Set<Address>();
  index.onEvents((events) => {
    for (const event of events) if (CHANGING.has(event.kind) && 'owner' in event) changed.add(event.owner);
  });
  return {
    async wordOf(owner, grant) {
      await index.sync();
      return (index.grantOf(owner, grant) ?? CLEARED_WORD) as GrantWord; // bytes32, as the event reader has it
    },
    nonceOf: async (signer) => Number(await index.nonceOf('ConsentRegistry', signer)),
    async delegateOf(owner, delegate) {
      await index.sync();
      return index.delegateOf(owner, delegate) ?? { scope: 0, until: 0 };
    },
    async changes() {
      await index.sync();
      const owners = [...changed];
      changed.clear();
      return owners;
    },
    again: (owner) => void changed.add(owner),
  };
}
