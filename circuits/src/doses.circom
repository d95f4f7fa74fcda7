pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";

// minDose <= dose and, where the clause asks for a complete series, 1 <= series <= dose.
template Doses() {
    signal input dose;
    signal input series;
    // A sum of 8 bits, and a bit: see ClauseWord.
    signal input minDose;
    signal input complete;

    // SOUND: in 8 bits, so that no difference below wraps around the field.
    _ <== Num2Bits(8)(dose);
    _ <== Num2Bits(8)(series);

    // a <= b of 8 bits each holds exactly when b - a has 8 bits.
    _ <== Num2Bits(8)(dose - minDose);
    signal surplus <== complete * (dose - series);
    _ <== Num2Bits(8)(surplus);
    signal seriesBeyondFirst <== complete * (series - 1);
    _ <== Num2Bits(8)(seriesBeyondFirst);
}
