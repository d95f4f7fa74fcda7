// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ClaimsKey, ListId} from "./Types.sol";

/// @title The registry tree: who may issue and what is revoked, under one root
/// @notice Binary Merkle tree of depth 12 over Poseidon. The leaf of a list is P2(P2(P2(Ax, Ay), list), statusRoot), or 0 while
/// its issuer may not issue. Only the issuer registry and the status registry of the same deployment write to it.
interface IRegistryTree {
    /// @notice What is remembered of a root for ever.
    /// @param epoch Number of the change that first made it current
    /// @param since When it first was current
    /// @param supersededAt When it last ceased to be current; 0 while it is
    struct RootRecord {
        uint64 epoch;
        uint64 since;
        uint64 supersededAt;
    }

    /// @notice A leaf changed; 0 stands for an empty slot.
    event LeafSet(uint256 indexed slot, uint256 leaf);

    /// @notice The root changed. `epoch` grows by one each time, so a reader notices a missing event.
    event RootSet(uint256 indexed root, uint64 indexed epoch, uint64 time);

    error NotIssuerRegistry(address caller);
    error NotStatusRegistry(address caller);
    /// @notice The caller built on a status root that is not the list's current one.
    error StaleStatusRoot(uint256 current);
    error NotFieldElement(uint256 value);
    error NoSuchSlot(uint256 list);

    /// @notice Puts the leaves of an issuer's lists under its key; a list seen for the first time starts empty.
    function place(ListId[] calldata lists, ClaimsKey calldata key) external;

    /// @notice Empties the slots of lists whose issuer may not issue. Their status roots are kept.
    function clear(ListId[] calldata lists) external;

    /// @notice Replaces the status root of a list, and its leaf if it has one.
    /// @param previous The root that the caller built on; anything but the current one is refused
    function setStatusRoot(ListId list, uint256 previous, uint256 next) external;

    function issuerRegistry() external view returns (address);

    function statusRegistry() external view returns (address);

    /// @return value The current root
    /// @return epoch How many times the root has changed
    function root() external view returns (uint256 value, uint64 epoch);

    /// @return record All zero for a root that never was
    function rootRecord(uint256 value) external view returns (RootRecord memory record);

    /// @param level 0 for leaves, 12 for the root
    function node(uint256 level, uint256 position) external view returns (uint256);

    function statusRoot(ListId list) external view returns (uint256);
}
