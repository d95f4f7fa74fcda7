pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";
include "octal-path.circom";
include "word-bit.circom";

// The bit of a status entry is 0 in the list with this root.
template StatusEntry() {
    signal input index;
    signal input children[STATUS_DEPTH()][8];
    signal output root;

    // index = 248·word + bit.
    signal word <-- index \ WORD_BITS();
    signal bit <-- index % WORD_BITS();
    index === WORD_BITS() * word + bit;

    // SOUND: with 12 and 8 bits nothing wraps around the field. An index can still be written in two ways, as (word, bit)
    // and as (word - 1, bit + 248): bits 248..255 count as set, so the second is refused.
    signal wordBits[LIST_WORD_BITS()] <== Num2Bits(LIST_WORD_BITS())(word);
    signal bitBits[8] <== Num2Bits(8)(bit);

    signal (leaf, treeRoot) <== OctalPath(STATUS_DEPTH())(children, wordBits);
    signal revoked <== WordBit(1)(leaf, bitBits);
    revoked === 0;
    root <== treeRoot;
}
