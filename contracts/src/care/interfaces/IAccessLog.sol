// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Anchors of the accounts of accesses
/// @notice Each root stands for the logs of all patients of a gateway at one time. Nothing is ever written over.
interface IAccessLog {
    event Anchored(address indexed gateway, uint64 indexed sequence, bytes32 root, uint40 time);

    error NotGateway(address caller);
    error WrongSequence(uint64 expected);
    error RootMissing();

    /// @notice Appends a root: by a gateway.
    /// @param sequence One more than that of its last root; the first is 1
    function append(uint64 sequence, bytes32 root) external;

    /// @return sequence How many roots a gateway has anchored
    /// @return time When the last one was, 0 for never
    function headOf(address gateway) external view returns (uint64 sequence, uint40 time);

    /// @return root 0 when there is none
    function rootOf(address gateway, uint64 sequence) external view returns (bytes32 root);
}
