// The surface of the service; the checks themselves are in checks/.
export { assembleVerifier, type VerifierParts } from './assemble.ts';
export { createVerifier, type VerifierDeps } from './app.ts';
export { describeVerdict, type DescribedVerdict } from './describe.ts';
export { createRequestBook } from './requests.ts';
export { deleteExpired } from './retention.ts';
export { createNullifierBook, VERIFIER_MIGRATIONS } from './store.ts';
export { anchorsOfIssuers } from './anchors.ts';
export { readCertificate, readCertificateFile, type VerifierCertificate } from './openid4vp/certificate.ts';
export { readCertificateRoots } from './certificate-roots.ts';
export { openIdentity, type VerifierIdentity } from './openid4vp/identity.ts';
