// The surface of circuits/ for Node. A browser imports prove.ts, proof.ts, witness.ts and manifest.ts, which need no file system.
export { type Artifacts, loadArtifacts } from './artifacts.ts';
export { closeCurve } from './curve-threads.ts';
export { type Fp2, type G1Point, type G2Point, BASE_FIELD_ORDER, isOnG1, isOnTwist } from './curve.ts';
export {
  type ArtifactFile, type Manifest, ARTIFACT_FILES, assertArtifact, assertProductionArtifacts, parseManifest,
} from './manifest.ts';
export {
  type Proof, type SnarkjsProof, PROOF_BYTES, assertProofPoints, decodeProof, encodeProof, parseSnarkjsProof, toSnarkjsProof,
} from './proof.ts';
export {
  type ProvenPass, type Prover, type ProvingArtifacts, type ProvingOptions, type ProvingStep, PROVING_STEPS, createProver, provePass,
} from './prove.ts';
export { type PassWitness } from './witness.ts';
