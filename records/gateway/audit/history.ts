// Whether the database is the one that the chain knows: one that was put back from an older copy would give out another account of accesses under the same
// numbers. A root commits to every log, so that the newest anchor alone tells.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import { toHex } from '#records/model/audit/index.ts';
import type { CareReader } from '#contracts/care/index.ts';
import type { Address } from '#records/model/members.ts';

export type HistoryDeps = { readonly careIndex: Pick<CareReader, 'anchorsOf'>; readonly signer: { readonly address: Address } };

/** The newest that the chain has of this gateway; without a root where there is none. */
type Anchor = { readonly sequence: number; readonly root: string | undefined };

export function createHistory({ careIndex, signer }: HistoryDeps) {
  /** How many anchors were there last: they are years of minutes, and only what came since is looked at. */
  let seen = 0;
  function newest(): Anchor {
    let after = Math.max(0, seen - 1);
    let found = careIndex.anchorsOf(signer.address, after);
    if (found.length === 0) found = careIndex.anchorsOf(signer.address, (after = 0)); // blocks were taken back
    seen = after + found.length;
    return { sequence: seen, root: found.at(-1)?.root };
  }
  async function isWhole(on: Queryable): Promise<boolean> {
    const anchor = newest();
    if (anchor.root === undefined) return true;
    const [kept] = await on.query<{ root: Uint8Array }>('SELECT root FROM access_checkpoint WHERE sequence = $1', [anchor.sequence]);
    return isSame(anchor, kept?.root);
  }
  return {
    newest, isWhole,
    /** @param kept the root of the checkpoint of that number @throws HealthpassError `chain-inconsistent` */
    assertSame(anchor: Anchor, kept: Uint8Array | null): void {
      if (!isSame(anchor, kept)) throw older();
    },
    /** @throws HealthpassError `chain-inconsistent` */
    async assertWhole(on: Queryable): Promise<void> {
      if (!(await isWhole(on))) throw older();
    },
  };
}

const isSame = ({ root }: Anchor, kept: Uint8Array | null | undefined): boolean => root === undefined || (kept !== undefined && kept !== null && toHex(kept) === root);
const older = () => new HealthpassError('chain-inconsistent', 'the chain has another account of accesses than the gateway: its database is an older copy', { field: 'history' });
