// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "./generated/Constants.sol";
import {IIssuerRegistry} from "./interfaces/IIssuerRegistry.sol";
import {IRegistryTree} from "./interfaces/IRegistryTree.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";
import {ListId, Standing} from "./interfaces/Types.sol";

/// @dev Two bitmaps a list: what is blocked, and what of it may come back. A bit that is blocked and not suspended is revoked, and no
/// function clears it.
contract StatusRegistry is IStatusRegistry {
    struct Word {
        uint256 blocked;
        uint256 suspended;
    }

    uint256 private constant WORDS = Constants.LIST_WORDS;
    uint256 private constant BITS = Constants.WORD_BITS;

    IIssuerRegistry private immutable ISSUERS;
    IRegistryTree private immutable TREE;

    mapping(ListId list => mapping(uint256 position => Word word)) private _lists;

    constructor(IIssuerRegistry issuers, IRegistryTree tree_) {
        if (issuers.tree() != address(tree_) || tree_.statusRegistry() != address(this)) revert Miswired();
        ISSUERS = issuers;
        TREE = tree_;
    }

    /// @inheritdoc IStatusRegistry
    function revoke(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external {
        _authorise(list, true);
        bool changed;
        for (uint256 i = 0; i < changes.length; ++i) {
            (Word storage word, uint256 mask) = _open(list, changes[i]);
            uint256 blocked = word.blocked;
            if (blocked | mask != blocked) {
                word.blocked = blocked | mask;
                changed = true;
            }
            uint256 suspended = word.suspended;
            if (suspended & mask != 0) word.suspended = suspended & ~mask;
        }
        emit Revoked(list, newRoot, changes);
        _publish(list, changes.length, changed, previousRoot, newRoot);
    }

    /// @inheritdoc IStatusRegistry
    function suspend(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external {
        _authorise(list, true);
        bool changed;
        for (uint256 i = 0; i < changes.length; ++i) {
            (Word storage word, uint256 mask) = _open(list, changes[i]);
            (uint256 blocked, uint256 suspended) = (word.blocked, word.suspended);
            if (mask & blocked & ~suspended != 0) revert RevokedIsFinal(changes[i].word);
            if (blocked | mask == blocked) continue;
            (word.blocked, word.suspended) = (blocked | mask, suspended | mask);
            changed = true;
        }
        emit Suspended(list, newRoot, changes);
        _publish(list, changes.length, changed, previousRoot, newRoot);
    }

    /// @inheritdoc IStatusRegistry
    function reinstate(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external {
        _authorise(list, false);
        for (uint256 i = 0; i < changes.length; ++i) {
            (Word storage word, uint256 mask) = _open(list, changes[i]);
            uint256 suspended = word.suspended;
            if (mask & ~suspended != 0) revert NotSuspended(changes[i].word);
            (word.blocked, word.suspended) = (word.blocked & ~mask, suspended & ~mask);
        }
        emit Reinstated(list, newRoot, changes);
        _publish(list, changes.length, true, previousRoot, newRoot);
    }

    /// @inheritdoc IStatusRegistry
    function correctRoot(ListId list, uint256 previousRoot, uint256 newRoot) external {
        _authorise(list, true);
        emit RootCorrected(list, newRoot);
        _publish(list, 1, true, previousRoot, newRoot);
    }

    /// @inheritdoc IStatusRegistry
    function anchor(ListId list, bytes32 root) external {
        _authorise(list, false);
        if (root == 0) revert EmptyAnchor();
        emit Anchored(list, root);
    }

    /// @inheritdoc IStatusRegistry
    function issuerRegistry() external view returns (address) {
        return address(ISSUERS);
    }

    /// @inheritdoc IStatusRegistry
    function tree() external view returns (address) {
        return address(TREE);
    }

    /// @inheritdoc IStatusRegistry
    function isRevoked(ListId list, uint256 index) external view returns (bool) {
        (Word storage word, uint256 bit) = _entry(list, index);
        return word.blocked & bit != 0;
    }

    /// @inheritdoc IStatusRegistry
    function isSuspended(ListId list, uint256 index) external view returns (bool) {
        (Word storage word, uint256 bit) = _entry(list, index);
        return word.suspended & bit != 0;
    }

    /// @inheritdoc IStatusRegistry
    function wordOf(ListId list, uint256 word) external view returns (uint256 blocked, uint256 suspended) {
        _known(list);
        if (word >= WORDS) revert NoSuchWord(word);
        return (_lists[list][word].blocked, _lists[list][word].suspended);
    }

    function _publish(ListId list, uint256 count, bool changed, uint256 previousRoot, uint256 newRoot) private {
        if (count == 0) revert NoChange();
        if (changed != (newRoot != previousRoot)) revert RootImplausible();
        TREE.setStatusRoot(list, previousRoot, newRoot);
    }

    function _authorise(ListId list, bool evenIfSuspended) private view {
        (Standing standing, bool writer) = ISSUERS.authority(list, msg.sender);
        if (!writer) revert NotWriter(list, msg.sender);
        if (standing == Standing.Active || (evenIfSuspended && standing == Standing.Suspended)) return;
        revert WrongStanding(list, standing);
    }

    function _open(ListId list, Change calldata change) private view returns (Word storage word, uint256 mask) {
        if (change.word >= WORDS) revert NoSuchWord(change.word);
        mask = change.mask;
        if (mask >> BITS != 0) revert NoSuchBit(change.word);
        if (mask == 0) revert NoChange();
        return (_lists[list][change.word], mask);
    }

    function _entry(ListId list, uint256 index) private view returns (Word storage word, uint256 bit) {
        _known(list);
        if (index >= WORDS * BITS) revert NoSuchIndex(index);
        return (_lists[list][index / BITS], 1 << (index % BITS));
    }

    function _known(ListId list) private view {
        (Standing standing,) = ISSUERS.authority(list, address(0));
        if (standing == Standing.None) revert UnknownList(list);
    }
}
