pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/poseidon.circom";
include "binary-path.circom";

// Issuer key, list and status root stand in one leaf under the registry root: this issuer may issue, under this list, and
// this is what it has revoked.
template RegistryMembership() {
    signal input Ax;
    signal input Ay;
    signal input list;
    signal input statusRoot;
    signal input slot;
    signal input siblings[REGISTRY_DEPTH()];
    signal input registryRoot;

    // Never 0, which is an empty slot: that would be a preimage of 0.
    signal key <== Poseidon(2)([Ax, Ay]);
    signal keyAndList <== Poseidon(2)([key, list]);
    signal leaf <== Poseidon(2)([keyAndList, statusRoot]);

    signal root <== BinaryPath(REGISTRY_DEPTH())(leaf, slot, siblings);
    root === registryRoot;
}
