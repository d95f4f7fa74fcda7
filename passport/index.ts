// The surface of the domain.
export { HealthpassError, isHealthpassError, ERROR_CODES, type ErrorCode } from './errors.ts';
export {
  FIELD_ORDER, assertFieldElement, bytesToInteger, fieldFromDigest, integerToBytes, isFieldElement, parseFieldElement, type FieldElement,
} from './field.ts';
export {
  SECONDS_1900_LIMIT, SECONDS_1900_TO_1970, dayOf, isSeconds1900, toSeconds1900, toUnixSeconds, type Day, type Seconds1900, type UnixSeconds,
} from './time.ts';
export { parseJson } from './json.ts';
export { CLAIM_NAMES, CLAIMS_VERSION, KINDS, RESULTS, decodeClaims, encodeClaims, hashClaims, type Claims, type Kind, type Result } from './claims.ts';
export type { HealthEvent, Person } from './event.ts';
export { encodeHealthEvent, parseHealthEvent } from './event-json.ts';
export {
  SUBGROUP_ORDER, assertClaimsKey, createClaimsKeyPair, signClaims, verifyClaimsSignature, type ClaimsKeyPair, type ClaimsSignature,
} from './claims-signature.ts';
export { LIST_SIZE, LIST_WORDS, POLICY_CLAUSES, PRODUCT_LIMIT, REGISTRY_DEPTH, STATUS_DEPTH, TEST_LIMIT, WORD_BITS } from './limits.ts';
export { P2, P3, TAG_IDENTITY, TAG_NAME, TAG_NULLIFIER } from './poseidon.ts';
export { SIGNAL_NAMES, signalsToArray, type PassSignals, type SignalName } from './signals.ts';
export { rootFrom, type SparseTree } from './tree.ts';
export { STATUS_TREE, createStatusTree, entryPosition, masksOf, packWords, statusRoot, unpackWords, type EntryPosition } from './status-list.ts';
export { REGISTRY_TREE, createRegistryTree, registryLeaf, type ClaimsKey } from './registry-tree.ts';
export { isOnGrid, windowAt, windowEndUnix, windowFrom, type Window, type WindowRule } from './window.ts';
export { EMPTY_CLAUSE, encodeClause, unmetConditions, type Clause, type ClauseWords, type Unmet } from './clause.ts';
export { LANGUAGES, clausePath, durationSeconds, parseClause, parsePolicy, policyRoot, policySchema, type Language, type Policy, type PolicyDocument } from './policy.ts';
export { bothOf, eitherOf, type ClauseDocument, type Combined } from './combine.ts';
export {
  PASS_MAX_LENGTH, PASS_PREFIX, PROOF_BYTES, concatBytes, decodePass, encodePass, shortId, signedBytes, type PassBody, type PresentedPass,
} from './pass.ts';
export {
  CHALLENGE_MAX, CHALLENGE_MIN, bindingHint, createDeviceKey, deviceKeyOf, identityTagOf, presentPass, recoverDeviceKey, recoverKey, scopeOf,
  type Binding, type DeviceKeyPair, type KeyRecovery,
} from './presentation.ts';
export {
  REASONS, isRefusal, verdictFor, type Fixer, type Freshness, type Reason, type RefusalReason, type Shown, type UndecidedReason, type Verdict,
} from './verdict.ts';
export {
  entryStatus, standingOf,
  type AnchorRecord, type BlockRef, type EntryStatus, type IssuerRecord, type IssuerStatus, type ListRecord, type ListedKey, type RootRecord, type TrustState,
} from './trust.ts';
export { assertConsistent, encodeTrustBundle, parseTrustBundle, type TrustBundle } from './bundle.ts';
export {
  encodeHolderBinding, encodeIssuedCredential, parseHolderBinding, parseIssuedCredential, type HolderBinding, type HolderKey, type IssuedCredential,
} from './credential.ts';
export {
  BLOCK_SIZE, blockOf, encodeResignatureBlock, parseResignatureBlock, type ResignatureBlock,
} from './resignature.ts';
export { differencesOf } from './bundle-check.ts';
