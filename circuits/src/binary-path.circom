pragma circom 2.2.0;

include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/poseidon.circom";

// The root of a binary Poseidon tree of fixed depth, from the leaf at a slot and its siblings.
// SOUND: the depth is fixed, so a node never passes for a leaf.
template BinaryPath(depth) {
    signal input leaf;
    signal input slot;
    signal input siblings[depth];
    signal output root;

    // SOUND: were these not bits, a prover could mix node and sibling to any pair of children.
    signal bits[depth] <== Num2Bits(depth)(slot);

    signal left[depth];
    signal nodes[depth + 1];
    nodes[0] <== leaf;
    for (var level = 0; level < depth; level++) {
        // Bit 1: the node is the right child. Both children sum to node + sibling.
        left[level] <== nodes[level] + bits[level] * (siblings[level] - nodes[level]);
        nodes[level + 1] <== Poseidon(2)([left[level], nodes[level] + siblings[level] - left[level]]);
    }
    root <== nodes[depth];
}
