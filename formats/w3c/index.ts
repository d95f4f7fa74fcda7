// Credentials as the W3C writes them: the data models, Data Integrity, JOSE, envelopes, and the names of keys.
export { VC_1, VC_2 } from './contexts.ts';
export { addProof, assertJsonLd, createProofSigner, type ProofSigner } from './data-integrity.ts';
export { createDidJwk, createDidKey, parseSelfDid, selfDocument, type SelfKey } from './did-key.ts';
export { envelop } from './envelope.ts';
export { findSelfKey, secureJose, secureLegacyJose, type FindKey, type JoseSigner, type VerificationKey } from './jose.ts';
export { isJsonObject, type JsonObject } from './json-object.ts';
export { parseCredential, type ParsedCredential } from './model/credential.ts';
export { BITSTRING_ENTRY, isBitstringEntry } from './model/status-entry.ts';
export { objectsOf } from './model/values.ts';
export { isVcProblem, malformed, VcProblem, type ProblemDetails, type ProblemName } from './problem.ts';
export { verifyAnyCredential, verifyAnyPresentation, type StatusAnswer, type VerifiedCredential, type VerifyContext } from './verify.ts';
