export { openAuthority, readAuthority, type Authority, type Subject } from './authority.ts';
export { createCertificates, type CertificateDeps, type IssuerCertificates } from './certificates.ts';
export { configuredAuthority } from './configured.ts';
