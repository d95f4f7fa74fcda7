pragma circom 2.2.0;

include "circomlib/circuits/poseidon.circom";

// The prover can open the commitment that the issuer signed.
template HolderCommitment() {
    signal input secret;
    signal input blinding;
    signal input holder;

    signal commitment <== Poseidon(2)([secret, blinding]);
    commitment === holder;
}
