pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";
include "select.circom";

// One bit of a word of 248 bits, at a position of 8 bits. Positions 248..255 read as `beyond`.
// The caller makes sure that the position's bits are bits.
template WordBit(beyond) {
    signal input word;
    signal input position[8];
    signal output out;

    // SOUND: 248 bits lie below the field order, so the word has one decomposition only.
    signal bits[WORD_BITS()] <== Num2Bits(WORD_BITS())(word);

    // The word as 16 rows of 16 bits: choose a row, then a bit of it. Choosing among packed rows spares 200 products.
    signal rows[16];
    for (var r = 0; r < 16; r++) {
        var row = 0;
        for (var c = 0; c < 16; c++) {
            // SOUND: what lies beyond the word is a constant that never helps the prover, so an index or a product
            // cannot be read under an alias.
            row += (16 * r + c < WORD_BITS() ? bits[16 * r + c] : beyond) * (1 << c);
        }
        rows[r] <== row;
    }
    signal row <== Select(4)(rows, [position[4], position[5], position[6], position[7]]);
    signal rowBits[16] <== Num2Bits(16)(row);
    out <== Select(4)(rowBits, [position[0], position[1], position[2], position[3]]);
}
