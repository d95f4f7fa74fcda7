// The surface of the care contracts for everything but deploying them: browser-safe, nothing here or below it needs Node.
export { CARE_INTERFACES, careCall, careDomain, parseCareDeployment, type CareDeployment } from './deployment.ts';
export { carry, contractOf, domainOf, signerOf, type CarriedName, type SignedStatement } from './statements.ts';
export { NOBODY, appointBody, grantRole, rolesToMask, setSuspended, withdrawRole, type RoleTerms } from './roles.ts';
export { DELEGATE_SCOPES, grant, grantFor, revoke, revokeFor, setDelegate } from './consent.ts';
export { approveEmergency, openEmergency, reviewEmergency } from './emergency.ts';
export { dispense, voidPrescription } from './dispense.ts';
export { appendAnchor } from './access-log.ts';
export { createCareReader, type CareReader, type CareReaderOptions, type CareSync, type MemberOnChain } from './reader.ts';
export { createCareViews, type CareViews } from './views.ts';
export { readBlock, readGateway, type GatewayOnChain, type GatewayOptions, type RoleStretch } from './anchors.ts';
export type { Anchor, DelegationOnChain, EmergencyOnChain, RoleTermsOnChain, UseOfPrescription } from './book.ts';
