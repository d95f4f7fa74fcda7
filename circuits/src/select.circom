pragma circom 2.2.0;

// The input at the position whose bits are given, least significant first. 2^bits - 1 constraints.
// The caller makes sure that the bits are bits.
template Select(bits) {
    signal input in[1 << bits];
    signal input position[bits];
    signal output out;

    // Halving by one bit at a time: node 1 is the root, the children of node n are 2n and 2n + 1, the inputs are the leaves.
    signal node[2 << bits];
    node[0] <== 0;
    for (var i = 0; i < 1 << bits; i++) {
        node[(1 << bits) + i] <== in[i];
    }
    for (var level = bits - 1; level >= 0; level--) {
        for (var i = 1 << level; i < 2 << level; i++) {
            node[i] <== node[2 * i] + position[bits - 1 - level] * (node[2 * i + 1] - node[2 * i]);
        }
    }
    out <== node[1];
}
