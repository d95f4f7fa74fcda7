pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";
include "clause-word.circom";
include "event-kind.circom";
include "doses.circom";
include "times.circom";
include "person-age.circom";
include "select.circom";
include "word-bit.circom";

// The claims satisfy one clause over the whole window.
template ClauseHolds() {
    signal input claims[CLAIM_COUNT()];
    signal input mask;
    signal input word;
    signal input windowStart;
    signal input windowEnd;
    signal input today;

    component clause = ClauseWord();
    clause.word <== word;

    EventKind()(claims[CLAIM_KIND()], claims[CLAIM_DISEASE()], clause.kind, clause.disease);
    Doses()(claims[CLAIM_DOSE()], claims[CLAIM_SERIES()], clause.minDose, clause.complete);
    Times()(claims[CLAIM_EVENT_TIME()], claims[CLAIM_VALID_UNTIL()], clause.ageFrom, clause.ageTo, windowStart, windowEnd);
    PersonAge()(claims[CLAIM_BIRTH_DATE()], clause.minAge, today);

    // The product is one of those in the mask. SOUND: indices 248..255 are in no mask.
    signal productBits[8] <== Num2Bits(8)(claims[CLAIM_PRODUCT()]);
    signal productGood <== WordBit(0)(mask, productBits);
    productGood === 1;

    // So is the kind of test, and the result. An empty clause has none of the three.
    signal testBits[4] <== Num2Bits(4)(claims[CLAIM_TEST()]);
    signal testGood <== Select(4)(clause.tests, testBits);
    testGood === 1;
    signal resultBits[3] <== Num2Bits(3)(claims[CLAIM_RESULT()]);
    signal resultGood <== Select(3)(clause.results, resultBits);
    resultGood === 1;
}
