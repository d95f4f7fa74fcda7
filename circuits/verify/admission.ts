// What a proof must show before the equation is asked: signals in range, coordinates below q, points on their curves, B in the subgroup.
import { FIELD_ORDER } from '#passport/field.ts';
import { PROOF_BYTES, type Proof } from '../proof.ts';
import type { Engine } from './engine.ts';
import { TWIST_POINT } from './lines.ts';
import { G1 } from './mcl.ts';

/** A proof, in its 128 byte form (docs/protocol.md) or as points, and the public signals in the circuit's order. */
export type Statement = { readonly proof: Uint8Array | Proof; readonly signals: readonly bigint[] };

/** A statement of which only the equation is open. Its points and lines stand in a lane of the workspace. */
export type Candidate = { readonly position: number; readonly lane: number; readonly signals: readonly bigint[] };

/** Writes what is well formed into the lanes and tells what is left to check. At most as many statements as there are lanes. */
export function admit({ reader, lineMaker, workspace }: Engine, statements: readonly Statement[], signalCount: number): Candidate[] {
  const read = (proof: Uint8Array | Proof, lane: number): boolean => {
    const [a, b, c] = [workspace.a + lane * G1, workspace.b + lane * TWIST_POINT, workspace.c + lane * G1];
    if (proof instanceof Uint8Array) {
      return proof.length === PROOF_BYTES && reader.compressedG1(a, proof, 0) && reader.compressedTwist(b, proof, 32) && reader.compressedG1(c, proof, 96);
    }
    return reader.g1(a, proof.a) && reader.twist(b, proof.b) && reader.g1(c, proof.c);
  };
  const decoded: Candidate[] = [];
  for (const [position, { proof, signals }] of statements.entries()) {
    const lane = decoded.length;
    if (areInRange(signals, signalCount) && read(proof, lane)) decoded.push({ position, lane, signals });
  }
  const inSubgroup = lineMaker.prepare(workspace.b, workspace.lines, decoded.length);
  return decoded.filter(({ lane }) => inSubgroup[lane]);
}

const areInRange = (signals: readonly bigint[], count: number): boolean =>
  signals.length === count && signals.every((signal) => signal >= 0n && signal < FIELD_ORDER);
