export { createSdJwtVc, type Certified, type SdOptions, type SdSigningKey } from './create.ts';
export { disclosableClaims, presentSdJwtVc, type PresentOptions } from './present.ts';
export { verifySdJwtVc, type KeyBindingAsk, type SdJwtContext } from './verify.ts';
export { typeMetadata, typeMetadataText } from './type-metadata.ts';
export { isAuthorityCertificate } from './x5c.ts';
