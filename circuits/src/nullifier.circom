pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/poseidon.circom";

// Without a scope 0, so that nobody can follow a holder; with one, the same number whenever this holder comes again.
template Nullifier() {
    signal input secret;
    signal input scope;
    signal output out;

    signal unscoped <== IsZero()(scope);
    signal hash <== Poseidon(3)([TAG_NULLIFIER(), secret, scope]);
    out <== (1 - unscoped) * hash;
}
