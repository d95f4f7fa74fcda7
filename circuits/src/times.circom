pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";

// The event is old enough at the window's start and young enough at its end, and the credential lasts till then.
template Times() {
    signal input eventTime;
    signal input validUntil;
    // Sums of 34 bits: see ClauseWord.
    signal input ageFrom;
    signal input ageTo;
    signal input windowStart;
    signal input windowEnd;

    // SOUND: all in 34 bits, so that no sum or difference below wraps around the field. The verifier knows the window to be
    // in range; here it costs little and leaves nothing to take for granted.
    _ <== Num2Bits(TIME_BITS())(eventTime);
    _ <== Num2Bits(TIME_BITS())(validUntil);
    _ <== Num2Bits(TIME_BITS())(windowStart);
    _ <== Num2Bits(TIME_BITS())(windowEnd);

    // eventTime + ageFrom <= windowStart
    _ <== Num2Bits(TIME_BITS())(windowStart - eventTime - ageFrom);
    // windowEnd <= eventTime + ageTo, which may need one bit more
    _ <== Num2Bits(TIME_BITS() + 1)(eventTime + ageTo - windowEnd);
    // windowEnd <= validUntil
    _ <== Num2Bits(TIME_BITS())(validUntil - windowEnd);
}
