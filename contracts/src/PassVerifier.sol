// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "./generated/Constants.sol";
import {Signals} from "./generated/Signals.sol";
import {IGroth16Verifier, IPassVerifier} from "./interfaces/IPassVerifier.sol";
import {IRegistryTree} from "./interfaces/IRegistryTree.sol";
import {Civil} from "./libraries/Civil.sol";

contract PassVerifier is IPassVerifier {
    /// @dev What must be left before the proof check. The generated verifier answers false when it runs out of gas, and a gas estimate
    /// would then settle on that answer; the check needs some 250,000, and a call may pass on 63/64 of what is left.
    uint256 private constant PROOF_GAS = 300_000;

    IRegistryTree private immutable TREE;
    IGroth16Verifier private immutable PROOFS;

    mapping(address consumer => mapping(uint256 scope => mapping(uint256 nullifier => bool used))) private _used;

    constructor(IRegistryTree tree_, IGroth16Verifier proofs) {
        TREE = tree_;
        PROOFS = proofs;
    }

    /// @inheritdoc IPassVerifier
    function consume(Pass calldata pass, Terms calldata terms) external {
        _check(pass, terms, msg.sender);
        if (terms.scope != 0) _used[msg.sender][terms.scope][pass.signals[Signals.NULLIFIER]] = true;
    }

    /// @inheritdoc IPassVerifier
    function check(Pass calldata pass, Terms calldata terms, address consumer) external view {
        _check(pass, terms, consumer);
    }

    /// @inheritdoc IPassVerifier
    function isUsed(address consumer, uint256 scope, uint256 nullifier) external view returns (bool) {
        return _used[consumer][scope][nullifier];
    }

    /// @inheritdoc IPassVerifier
    function tree() external view returns (address) {
        return address(TREE);
    }

    /// @inheritdoc IPassVerifier
    function proofVerifier() external view returns (address) {
        return address(PROOFS);
    }

    function _check(Pass calldata pass, Terms calldata terms, address consumer) private view {
        uint256[9] calldata signals = pass.signals;
        for (uint256 i = 0; i < Signals.COUNT; ++i) {
            if (signals[i] >= Constants.FIELD_ORDER) revert SignalNotCanonical(i);
        }
        _checkTerms(signals, terms, consumer);
        _checkWindow(signals, terms);
        _checkRoot(signals[Signals.REGISTRY_ROOT], terms.maxRootAge);
        if (gasleft() < PROOF_GAS) revert NotEnoughGas();
        if (!PROOFS.verifyProof(pass.a, pass.b, pass.c, signals)) revert ProofInvalid();
    }

    function _checkTerms(uint256[9] calldata signals, Terms calldata terms, address consumer) private view {
        if (signals[Signals.POLICY_ROOT] != terms.policyRoot) revert PolicyMismatch();
        if (signals[Signals.DEVICE_KEY] != uint160(terms.account)) revert DeviceKeyMismatch();
        if (signals[Signals.IDENTITY_TAG] != terms.identityTag) revert IdentityTagMismatch();
        if (signals[Signals.SCOPE] != terms.scope) revert ScopeMismatch();
        uint256 nullifier = signals[Signals.NULLIFIER];
        if ((terms.scope == 0) != (nullifier == 0)) revert NullifierInvalid();
        if (_used[consumer][terms.scope][nullifier]) revert NullifierUsed();
    }

    function _checkWindow(uint256[9] calldata signals, Terms calldata terms) private view {
        (uint256 start, uint256 end) = (signals[Signals.WINDOW_START], signals[Signals.WINDOW_END]);
        if (start >= Constants.TIME_LIMIT || end >= Constants.TIME_LIMIT) revert WindowInvalid();
        if (terms.windowGrid == 0 || start % terms.windowGrid != 0 || end != start + terms.windowLength) revert WindowInvalid();
        uint256 time = block.timestamp + Constants.SECONDS_1900_TO_1970;
        if (time < start) revert WindowNotBegun();
        if (time >= end) revert WindowOver();
        if (signals[Signals.TODAY] != Civil.dayOf(start)) revert TodayMismatch();
    }

    function _checkRoot(uint256 root, uint256 maxAge) private view {
        IRegistryTree.RootRecord memory record = TREE.rootRecord(root);
        if (record.since == 0) revert RootUnknown();
        if (record.supersededAt != 0 && block.timestamp - record.supersededAt > maxAge) revert RootSuperseded(record.supersededAt);
    }
}
