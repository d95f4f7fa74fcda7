pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/comparators.circom";

// The person is at least `minAge` years old today, where the clause asks for an age: dates are YYYYMMDD, so a year is 10,000.
// A birth date that is not known is encoded late and passes as no age.
template PersonAge() {
    signal input birthDate;
    // A sum of 8 bits: see ClauseWord. 0: not asked.
    signal input minAge;
    signal input today;

    // SOUND: birthDate in 27 bits and minAge in 8, so that birthDate + 10000·minAge stays far below the field order, and the
    // difference has 27 bits only if it is not negative. That bounds `today`, too.
    _ <== Num2Bits(27)(birthDate);
    signal notAsked <== IsZero()(minAge);
    signal surplus <== (1 - notAsked) * (today - birthDate - 10000 * minAge);
    _ <== Num2Bits(27)(surplus);
}
