// The surface of the issuer.
export { assembleIssuer, type AssembledIssuer, type IssuerParts } from './assemble.ts';
export { createIssuer, type IssuerAppOptions } from './app.ts';
export { createClaimsKeys } from './claims-keys.ts';
export { createIssuerChain, type IssuerChain } from './chain.ts';
export { startChainWriter, type ChainWriter } from './chain-writer.ts';
export { accreditationRequest, untilAccredited, untilFunded } from './first-start.ts';
export { listFirstKeys, openIdentity, type IssuerIdentity } from './identity.ts';
export { createIssuerService, type IssuerService } from './service.ts';
export { openPatientBook, type PatientBook } from './patients/index.ts';
export { createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from './store.ts';
export { issue, type IssueRequest, type IssueResult } from './issue.ts';
export { LIFETIMES } from './lifetimes.ts';
export { configuredAuthority, openAuthority, readAuthority, type Authority, type IssuerCertificates } from './certificates/index.ts';
export { createOutbox, type Outbox, type StatusReason } from './outbox/index.ts';
export { readAttesters } from './openid4vci/index.ts';
