export { openAuthority, type Authority, type Subject } from './authority.ts';
export { createCertificates, type CertificateDeps, type IssuerCertificates } from './certificates.ts';
