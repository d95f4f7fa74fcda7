pragma circom 2.2.0;

include "generated/constants.circom";
include "issuer-signature.circom";
include "registry-membership.circom";
include "status-entry.circom";
include "policy-clause.circom";
include "clause-holds.circom";
include "holder-commitment.circom";
include "nullifier.circom";
include "identity-tag.circom";

// What a pass proves: docs/protocol.md, "The statement". For some credential that stays private, an accredited issuer signed
// its claims, it is not revoked, it satisfies one clause of the policy over the whole window, and its holder made the pass.
template Statement() {
    // 0 without a scope, else the same for every pass of this holder under this scope.
    signal output nullifier;
    // 0 without a match, else what staff recompute from an identity document and this pass's device key.
    signal output identityTag;

    // Root of the registry tree: who may issue, and what is revoked.
    signal input registryRoot;
    // Root of the policy's 32 clauses.
    signal input policyRoot;
    // Window of the pass, seconds since 1900.
    signal input windowStart;
    signal input windowEnd;
    // YYYYMMDD of the window's start. That it is, the verifier checks.
    signal input today;
    // What the verifier counts entries by; 0 none.
    signal input scope;
    // The key that may present this pass.
    signal input deviceKey;

    // The claims vector, in signing order.
    signal input claims[CLAIM_COUNT()];
    // The issuer's key and its signature.
    signal input Ax;
    signal input Ay;
    signal input R8x;
    signal input R8y;
    signal input S;
    // What the holder commitment hides.
    signal input secret;
    signal input blinding;
    // Where the leaf of (issuer key, list) stands in the registry tree, and its siblings from the leaf up.
    signal input slot;
    signal input registrySiblings[REGISTRY_DEPTH()];
    // The path of the status word: all children of each node on it, from the lowest up.
    signal input statusChildren[STATUS_DEPTH()][8];
    // The clause: its place, its group of four (mask, word, mask, word, ...), and the hashes of all groups.
    signal input clauseIndex;
    signal input clauseGroup[8];
    signal input clauseGroups[POLICY_GROUPS()];
    // 1 when the pass carries an identity tag.
    signal input match;

    // 1. An issuer signed the claims.
    IssuerSignature()(claims, Ax, Ay, R8x, R8y, S);

    // 3. The credential's bit is 0 in the list whose root this is.
    signal statusRoot <== StatusEntry()(claims[CLAIM_INDEX()], statusChildren);

    // 2. Issuer key, list and that root are one leaf under the registry root.
    RegistryMembership()(Ax, Ay, claims[CLAIM_LIST()], statusRoot, slot, registrySiblings, registryRoot);

    // 4. The claims satisfy a clause, and the clause is in the policy.
    signal (mask, word) <== PolicyClause()(clauseIndex, clauseGroup, clauseGroups, policyRoot);
    ClauseHolds()(claims, mask, word, windowStart, windowEnd, today);

    // 5. The prover is the holder.
    HolderCommitment()(secret, blinding, claims[CLAIM_HOLDER()]);

    // 6. One person enters an event once.
    nullifier <== Nullifier()(secret, scope);

    // 7 and 8. The tag that an identity document is matched against; it binds the device key.
    identityTag <== IdentityTag()(match, claims[CLAIM_NAME_DIGEST()], claims[CLAIM_BIRTH_DATE()], deviceKey);
}
