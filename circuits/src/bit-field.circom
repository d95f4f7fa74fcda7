pragma circom 2.2.0;

// The number that `length` of `size` bits are, from bit `from`, least significant first.
// The caller makes sure that the bits are bits.
template BitField(size, from, length) {
    signal input bits[size];
    signal output out;

    var sum = 0;
    for (var i = 0; i < length; i++) {
        sum += bits[from + i] * (1 << i);
    }
    out <== sum;
}
