// Proofs of one log at each checkpoint, walked out of the kept nodes: none is stored, and none is lost.
import type { Queryable } from '#server';
import { encodeLogProof, FIRST_PREVIOUS, proveLogs, toBytes, toHex, type AnchorProof, type Hex, type StoredNode } from '#records/model/audit/index.ts';
import { checkpointsAfter } from './checkpoints.ts';

type CoveredRow = { readonly checkpoint: number; readonly entries: number; readonly head: Uint8Array };

/** Of checkpoints after one, anchored or about to be, in their order. */
export async function proofsOf(on: Queryable, log: Hex, { after, limit }: { readonly after: number; readonly limit: number }): Promise<AnchorProof[]> {
  const checkpoints = await checkpointsAfter(on, after, limit);
  if (checkpoints.length === 0) return [];
  const proofs = await proveLogs(log, checkpoints.map(({ root }) => root), (hashes) => readNodes(on, hashes));
  const covered = await on.query<CoveredRow>(
    `SELECT checkpoint::int8 AS checkpoint, entries::int8 AS entries, head FROM access_covered WHERE log = $1 AND checkpoint <= $2
       AND checkpoint >= coalesce((SELECT max(checkpoint) FROM access_covered WHERE log = $1 AND checkpoint <= $3), 0) ORDER BY checkpoint`,
    [toBytes(log), checkpoints.at(-1)!.sequence, checkpoints[0]!.sequence]);
  return checkpoints.map(({ sequence }, i): AnchorProof => {
    const at = covered.findLast(({ checkpoint }) => checkpoint <= sequence);
    return { anchor: sequence, entries: at?.entries ?? 0, head: at ? toHex(at.head) : FIRST_PREVIOUS, proof: encodeLogProof(proofs[i]!) };
  });
}

async function readNodes(on: Queryable, hashes: readonly Hex[]): Promise<Map<Hex, StoredNode>> {
  const rows = await on.query<{ hash: Uint8Array; leaf: boolean; one: Uint8Array; two: Uint8Array }>('SELECT hash, leaf, one, two FROM access_node WHERE hash = ANY($1::bytea[])', [hashes.map(toBytes)]);
  return new Map(rows.map(({ hash, leaf, one, two }) => [toHex(hash), { hash: toHex(hash), leaf, one: toHex(one), two: toHex(two) }]));
}
