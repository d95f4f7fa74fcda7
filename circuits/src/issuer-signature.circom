pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/poseidon.circom";
include "circomlib/circuits/babyjub.circom";
include "circomlib/circuits/eddsaposeidon.circom";

// The signature (R8, S) of key A over P16(claims) holds.
template IssuerSignature() {
    signal input claims[CLAIM_COUNT()];
    signal input Ax;
    signal input Ay;
    signal input R8x;
    signal input R8y;
    signal input S;

    // SOUND: circomlib's verifier adds points without looking whether they lie on the curve; off it, or at (0, 0), the
    // addition law proves nothing and a prover could choose R8 freely.
    BabyCheck()(Ax, Ay);
    BabyCheck()(R8x, R8y);

    signal message <== Poseidon(CLAIM_COUNT())(claims);

    // S below the subgroup order, 8A not the neutral point, S·B8 = R8 + hash·8A: checked there.
    EdDSAPoseidonVerifier()(enabled <== 1, Ax <== Ax, Ay <== Ay, S <== S, R8x <== R8x, R8y <== R8y, M <== message);
}
