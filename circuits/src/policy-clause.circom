pragma circom 2.2.0;

include "generated/constants.circom";
include "circomlib/circuits/bitify.circom";
include "circomlib/circuits/poseidon.circom";
include "select.circom";

// The clause at a place of the policy with this root.
template PolicyClause() {
    signal input index;
    // mask and word of the four clauses of the group.
    signal input group[8];
    signal input groups[POLICY_GROUPS()];
    signal input policyRoot;
    signal output mask;
    signal output word;

    // Two bits choose in the group, three choose the group.
    signal bits[5] <== Num2Bits(5)(index);
    mask <== Select(2)([group[0], group[2], group[4], group[6]], [bits[0], bits[1]]);
    word <== Select(2)([group[1], group[3], group[5], group[7]], [bits[0], bits[1]]);

    signal groupHash <== Poseidon(8)(group);
    signal chosen <== Select(3)(groups, [bits[2], bits[3], bits[4]]);
    // SOUND: without this the group could be the prover's own.
    chosen === groupHash;
    signal root <== Poseidon(POLICY_GROUPS())(groups);
    root === policyRoot;
}
