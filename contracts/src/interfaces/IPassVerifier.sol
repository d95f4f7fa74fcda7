// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @notice The verifier contract that snarkjs generates from the verifying key.
interface IGroth16Verifier {
    function verifyProof(uint256[2] calldata a, uint256[2][2] calldata b, uint256[2] calldata c, uint256[9] calldata signals)
        external
        view
        returns (bool);
}

/// @title Passes for contracts
/// @notice Checks a pass as an off-chain verifier does: terms first, registry root, then the proof. A consumer is the contract (or
/// account) that relies on the pass; it states its terms anew in each call.
interface IPassVerifier {
    /// @param signals In the order of the generated constants
    struct Pass {
        uint256[2] a;
        uint256[2][2] b;
        uint256[2] c;
        uint256[9] signals;
    }

    /// @notice What the consumer asks.
    /// @param account The account that may use the pass: its address is the pass's device key
    /// @param policyRoot Root of the policy's clauses
    /// @param windowLength Seconds
    /// @param windowGrid Windows start on multiples of it, seconds since 1900
    /// @param maxRootAge How long ago, in seconds, the registry root may have been superseded
    /// @param scope 0: no limit; else one entry a person
    /// @param identityTag 0: no match asked
    struct Terms {
        address account;
        uint256 policyRoot;
        uint64 windowLength;
        uint64 windowGrid;
        uint64 maxRootAge;
        uint256 scope;
        uint256 identityTag;
    }

    // No events: a nullifier in a log would follow a person.

    error SignalNotCanonical(uint256 position);
    error PolicyMismatch();
    error DeviceKeyMismatch();
    error ScopeMismatch();
    error IdentityTagMismatch();
    /// @notice With a scope the nullifier must not be 0; without one it must be.
    error NullifierInvalid();
    error NullifierUsed();
    error WindowInvalid();
    error WindowNotBegun();
    error WindowOver();
    error TodayMismatch();
    error RootUnknown();
    error RootSuperseded(uint64 time);
    /// @notice The proof check got too little gas to finish; it says nothing about the proof.
    error NotEnoughGas();
    error ProofInvalid();

    /// @notice Reverts unless the pass meets the terms of the consumer now.
    function check(Pass calldata pass, Terms calldata terms, address consumer) external view;

    /// @notice As `check` with the caller as the consumer; with a scope the pass's nullifier is used up for it.
    function consume(Pass calldata pass, Terms calldata terms) external;

    /// @notice Whether somebody with this nullifier entered a consumer's scope.
    function isUsed(address consumer, uint256 scope, uint256 nullifier) external view returns (bool);

    function tree() external view returns (address);

    function proofVerifier() external view returns (address);
}
