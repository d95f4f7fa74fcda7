export { CLOCK_SKEW, type AnchorLookup, type TrustContext } from './checks.ts';
export { eventOf, FORMS, openClaims, SD_CLAIM_NAMES, type OpenClaims } from './forms.ts';
export { type FieldName, type Fields } from './fields.ts';
export { createHolderSigner, didOfHolder, parseHolderDid, parseHolderKey, type HolderSigner } from './holder.ts';
export { PRESENTATION_MAX_AGE, type PresentationAsk } from './presentation.ts';
export { createCredentialStatus, type CredentialStatus, type StatusEntry } from './status.ts';
