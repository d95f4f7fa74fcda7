export { createVcJwt, type CredentialAgent, type SignedText, type VcOptions, type VcSigningKey } from './create.ts';
export { createVpJwt, verifyVpJwt, VP_MAX_CREDENTIALS, type VpContext, type VpOptions } from './presentation.ts';
export { verifyVcJwt, type VcContext } from './verify.ts';
