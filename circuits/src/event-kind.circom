pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";

// The claims are of the known version, and of the kind and the disease that the clause asks; 0 asks for any.
template EventKind() {
    // kind + 8·version
    signal input kindClaim;
    signal input disease;
    signal input askedKind;
    signal input askedDisease;

    // SOUND: three bits above the version, so a claim of another version has no kind here.
    signal kind <== kindClaim - KIND_BASE();
    signal bits[3] <== Num2Bits(3)(kind);
    // Kind 0 is no kind.
    signal noneOfTwo <== (1 - bits[0]) * (1 - bits[1]);
    noneOfTwo * (1 - bits[2]) === 0;

    askedKind * (askedKind - kind) === 0;
    askedDisease * (askedDisease - disease) === 0;
}
