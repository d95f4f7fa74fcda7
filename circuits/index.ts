// The surface of circuits/: proofs, what a prover knows, and (below) proving and artifacts.
export { type Fp2, type G1Point, type G2Point, BASE_FIELD_ORDER } from './curve.ts';
export {
  type Proof, type SnarkjsProof, PROOF_BYTES, assertProofPoints, decodeProof, encodeProof, parseSnarkjsProof, toSnarkjsProof,
} from './proof.ts';
export { type PassWitness } from './witness.ts';
