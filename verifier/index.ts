// The surface of the verifier.
export { assembleVerifier, type VerifierParts } from './assemble.ts';
export { createVerifier, type VerifierDeps } from './app.ts';
export { type Ask, type Limits, type NullifierBook, type VerifierContext } from './check-pass.ts';
export { describeVerdict, type DescribedVerdict } from './describe.ts';
export { loadEngine, type Engine } from './engine.ts';
export { createRequestBook } from './requests.ts';
export { deleteExpired } from './retention.ts';
export { createNullifierBook, VERIFIER_MIGRATIONS } from './store.ts';
export { verifyPass, verifyPasses } from './verify.ts';
export { verifyText, type TextContext } from './verify-text.ts';
export { anchorsOfIssuers, createAnchorBook, type AnchorBook, type AnchorSource } from './anchors.ts';
export { readCertificate, readCertificateFile, type VerifierCertificate } from './openid4vp/certificate.ts';
export { readCertificateRoots } from './certificate-roots.ts';
export { openIdentity, type VerifierIdentity } from './openid4vp/identity.ts';
