// The surface of consents: read, compiled, decided, turned into keys.
export { parseConsent, type Consent } from './parse.ts';
export { createConsent, type ConsentContext, type FhirConsent } from './create.ts';
export type { Choices } from './provision.ts';
export { compile, type Expected } from './compile.ts';
export { encodePolicy, parsePolicy, canonicalPolicy, GRANT_SECONDS_MAX } from './canonical.ts';
export { ACTIONS, type Action, type Author, type Effect, type Exception, type Narrowing, type Policy } from './policy.ts';
export {
  CLEARED_WORD, assertFreshSalt, assertWordMatches, createSalt, grantWord, isGrantId, isGrantWord, parseGrantWord, type GrantId, type GrantWord, type Salt,
} from './word.ts';
export { DENY_REASONS, decide, prepare, type AccessRequest, type Decider, type Decision, type DenyReason, type StandingPolicy } from './decide.ts';
export { keysFor, reachable, wholeCategories, wholeUntil, type KeyContext, type Keys, type Limit, type PolicyKeys } from './keys.ts';
export { expiries, narrowed } from './change.ts';
export { describePolicy, type PolicyDescription, type PolicyPart } from './describe.ts';
export { MANDATE_SCOPES, encodeScope, mayDelegate, parseScope, type Mandate, type MandateScope } from './mandate.ts';
