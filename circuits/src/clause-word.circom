pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";
include "bit-field.circom";

// The fields of a clause's word, by docs/protocol.md, "Policy". Each output is below 2^(its bits): it is a sum of bits, or a bit.
template ClauseWord() {
    signal input word;
    signal output kind;
    signal output disease;
    signal output minDose;
    signal output complete;
    signal output ageFrom;
    signal output ageTo;
    signal output tests[CLAUSE_TESTS_BITS()];
    signal output results[CLAUSE_RESULTS_BITS()];
    signal output minAge;

    // SOUND: the word's bits are fewer than the field order's, so it has one decomposition only.
    signal bits[CLAUSE_BITS()] <== Num2Bits(CLAUSE_BITS())(word);

    kind <== BitField(CLAUSE_BITS(), CLAUSE_KIND_FROM(), CLAUSE_KIND_BITS())(bits);
    disease <== BitField(CLAUSE_BITS(), CLAUSE_DISEASE_FROM(), CLAUSE_DISEASE_BITS())(bits);
    minDose <== BitField(CLAUSE_BITS(), CLAUSE_MIN_DOSE_FROM(), CLAUSE_MIN_DOSE_BITS())(bits);
    complete <== bits[CLAUSE_COMPLETE_FROM()];
    ageFrom <== BitField(CLAUSE_BITS(), CLAUSE_AGE_FROM_FROM(), CLAUSE_AGE_FROM_BITS())(bits);
    ageTo <== BitField(CLAUSE_BITS(), CLAUSE_AGE_TO_FROM(), CLAUSE_AGE_TO_BITS())(bits);
    for (var i = 0; i < CLAUSE_TESTS_BITS(); i++) {
        tests[i] <== bits[CLAUSE_TESTS_FROM() + i];
    }
    for (var i = 0; i < CLAUSE_RESULTS_BITS(); i++) {
        results[i] <== bits[CLAUSE_RESULTS_FROM() + i];
    }
    minAge <== BitField(CLAUSE_BITS(), CLAUSE_MIN_AGE_FROM(), CLAUSE_MIN_AGE_BITS())(bits);
}
