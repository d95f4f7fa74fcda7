pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/comparators.circom";
include "circomlib/circuits/poseidon.circom";

// match · P4(TAG_IDENTITY, nameDigest, birthDate, deviceKey). The device key goes into the hash whether or not there is a match,
// so a constraint binds it to every proof.
template IdentityTag() {
    signal input match;
    signal input nameDigest;
    signal input birthDate;
    signal input deviceKey;
    signal output out;

    // SOUND: were match free, the tag could be any number.
    match * (1 - match) === 0;
    // A credential without a name matches no document.
    signal nameless <== IsZero()(nameDigest);
    match * nameless === 0;

    signal hash <== Poseidon(4)([TAG_IDENTITY(), nameDigest, birthDate, deviceKey]);
    out <== match * hash;
}
