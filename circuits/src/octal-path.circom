pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";
include "select.circom";

// The leaf at a position of an 8-ary Poseidon tree, and the root that it is under.
// The children of each node on the path are given whole; the position's bits (the caller makes sure that they are bits)
// say which of them the path goes through.
template OctalPath(depth) {
    signal input children[depth][8];
    signal input position[3 * depth];
    signal output leaf;
    signal output root;

    signal chosen[depth];
    signal hashes[depth];
    for (var level = 0; level < depth; level++) {
        chosen[level] <== Select(3)(children[level], [position[3 * level], position[3 * level + 1], position[3 * level + 2]]);
        hashes[level] <== Poseidon(8)(children[level]);
        // SOUND: without this a prover could glue the top of the true tree onto a lower part of his own.
        if (level > 0) {
            chosen[level] === hashes[level - 1];
        }
    }
    leaf <== chosen[0];
    root <== hashes[depth - 1];
}
