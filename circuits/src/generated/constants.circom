// Generated from passport/ by circuits/constants.ts. Do not edit.
pragma circom 2.2.0;

// domain tag of nullifiers
function TAG_NULLIFIER() { return 595995902227694637397896162133743305628968379762; }
// domain tag of identity tags
function TAG_IDENTITY() { return 2328108993076932177335531882969854055012725881; }
// bits of a status word and of a product mask
function WORD_BITS() { return 248; }
// bits of the position of a word in its list
function LIST_WORD_BITS() { return 12; }
// levels of the 8-ary status tree
function STATUS_DEPTH() { return 4; }
// levels of the binary registry tree
function REGISTRY_DEPTH() { return 12; }
// groups of four clauses in a policy
function POLICY_GROUPS() { return 8; }
// bits of a time in seconds since 1900
function TIME_BITS() { return 34; }
// elements of the claims vector
function CLAIM_COUNT() { return 16; }
// what the version adds to the kind in claim 0
function KIND_BASE() { return 8; }
// first bit of a clause's kind
function CLAUSE_KIND_FROM() { return 0; }
// bits of a clause's kind
function CLAUSE_KIND_BITS() { return 3; }
// first bit of a clause's disease
function CLAUSE_DISEASE_FROM() { return 3; }
// bits of a clause's disease
function CLAUSE_DISEASE_BITS() { return 60; }
// first bit of a clause's minDose
function CLAUSE_MIN_DOSE_FROM() { return 63; }
// bits of a clause's minDose
function CLAUSE_MIN_DOSE_BITS() { return 8; }
// first bit of a clause's complete
function CLAUSE_COMPLETE_FROM() { return 71; }
// bits of a clause's complete
function CLAUSE_COMPLETE_BITS() { return 1; }
// first bit of a clause's ageFrom
function CLAUSE_AGE_FROM_FROM() { return 72; }
// bits of a clause's ageFrom
function CLAUSE_AGE_FROM_BITS() { return 34; }
// first bit of a clause's ageTo
function CLAUSE_AGE_TO_FROM() { return 106; }
// bits of a clause's ageTo
function CLAUSE_AGE_TO_BITS() { return 34; }
// first bit of a clause's tests
function CLAUSE_TESTS_FROM() { return 140; }
// bits of a clause's tests
function CLAUSE_TESTS_BITS() { return 16; }
// first bit of a clause's results
function CLAUSE_RESULTS_FROM() { return 156; }
// bits of a clause's results
function CLAUSE_RESULTS_BITS() { return 8; }
// first bit of a clause's minAge
function CLAUSE_MIN_AGE_FROM() { return 164; }
// bits of a clause's minAge
function CLAUSE_MIN_AGE_BITS() { return 8; }
// bits of a clause's word
function CLAUSE_BITS() { return 172; }
// position of claim kind
function CLAIM_KIND() { return 0; }
// position of claim disease
function CLAIM_DISEASE() { return 1; }
// position of claim product
function CLAIM_PRODUCT() { return 2; }
// position of claim dose
function CLAIM_DOSE() { return 3; }
// position of claim series
function CLAIM_SERIES() { return 4; }
// position of claim eventTime
function CLAIM_EVENT_TIME() { return 5; }
// position of claim test
function CLAIM_TEST() { return 6; }
// position of claim result
function CLAIM_RESULT() { return 7; }
// position of claim country
function CLAIM_COUNTRY() { return 8; }
// position of claim birthDate
function CLAIM_BIRTH_DATE() { return 9; }
// position of claim nameDigest
function CLAIM_NAME_DIGEST() { return 10; }
// position of claim holder
function CLAIM_HOLDER() { return 11; }
// position of claim list
function CLAIM_LIST() { return 12; }
// position of claim index
function CLAIM_INDEX() { return 13; }
// position of claim validUntil
function CLAIM_VALID_UNTIL() { return 14; }
// position of claim salt
function CLAIM_SALT() { return 15; }
