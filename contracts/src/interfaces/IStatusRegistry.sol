// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ListId, Standing} from "./Types.sol";

/// @title Status lists: one bit per credential
/// @notice A list has 4,096 words of 248 bits. A bit is set while its credential is revoked or suspended. The writer publishes the
/// Poseidon root of the words in the same transaction; the chain does not recompute it, every reader does.
interface IStatusRegistry {
    /// @notice Bits of one word.
    /// @param word 0..4095
    /// @param mask The bits concerned, below 2^248, at least one
    struct Change {
        uint256 word;
        uint256 mask;
    }

    event Revoked(ListId indexed list, uint256 root, Change[] changes);
    event Suspended(ListId indexed list, uint256 root, Change[] changes);
    event Reinstated(ListId indexed list, uint256 root, Change[] changes);
    /// @notice The root was replaced while the words stayed: the one before did not match them.
    event RootCorrected(ListId indexed list, uint256 root);
    /// @notice Root of a tree over digests of what was issued since the last anchor, filled up with random leaves.
    event Anchored(ListId indexed list, bytes32 root);

    error NotWriter(ListId list, address caller);
    error WrongStanding(ListId list, Standing standing);
    error UnknownList(ListId list);
    error NoChange();
    error NoSuchWord(uint256 word);
    error NoSuchBit(uint256 word);
    error NoSuchIndex(uint256 index);
    /// @notice A revoked credential cannot be suspended, for it could be reinstated then.
    error RevokedIsFinal(uint256 word);
    error NotSuspended(uint256 word);
    /// @notice The words changed and the root did not, or the reverse.
    error RootImplausible();
    error EmptyAnchor();
    error Miswired();

    /// @notice Revokes for good, suspended credentials included. Revoking twice does no harm. Also open to a suspended issuer: taking
    /// trust away is always safe.
    /// @param previousRoot The root that the caller built on; another writer's change in between makes the call fail
    /// @param newRoot Root of the words after the change
    function revoke(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external;

    /// @notice Suspends; refused for revoked credentials. Also open to a suspended issuer.
    function suspend(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external;

    /// @notice Ends a suspension. Only while the issuer is active.
    function reinstate(ListId list, Change[] calldata changes, uint256 previousRoot, uint256 newRoot) external;

    /// @notice Replaces a root that does not match the words.
    function correctRoot(ListId list, uint256 previousRoot, uint256 newRoot) external;

    /// @notice Publishes an issuance anchor. Only while the issuer is active.
    function anchor(ListId list, bytes32 root) external;

    function issuerRegistry() external view returns (address);

    function tree() external view returns (address);

    /// @notice Whether the entry's bit is set: revoked, or suspended for now. Says nothing about the issuer's standing.
    /// @param index 248 × word + bit
    function isRevoked(ListId list, uint256 index) external view returns (bool);

    /// @notice Whether the entry is blocked for now and may come back.
    function isSuspended(ListId list, uint256 index) external view returns (bool);

    /// @return blocked Bits of revoked and suspended entries, the word that the root is made from
    /// @return suspended Those of them that may come back
    function wordOf(ListId list, uint256 word) external view returns (uint256 blocked, uint256 suspended);
}
