// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "./generated/Constants.sol";
import {IIssuerRegistry} from "./interfaces/IIssuerRegistry.sol";
import {IRegistryTree} from "./interfaces/IRegistryTree.sol";
import {ClaimsKey, IssuerId, ListId, Standing} from "./interfaces/Types.sol";
import {BabyJubJub} from "./libraries/BabyJubJub.sol";

/// @dev What is recorded of issuers, how it is read, and the rules that hold whoever asks. Who may ask is decided in IssuerRegistry.
abstract contract IssuerRecords is IIssuerRegistry {
    struct Record {
        address controller;
        Standing standing;
        address delegate;
        address proposed;
        address identity;
        ClaimsKey key;
        ListId[] lists;
    }

    /// @dev So many leaves can be replaced in one transaction (EIP-7825 allows one 16.7 million gas).
    uint256 private constant MAX_LISTS = 16;
    uint256 private constant MAX_TEXT = 200;

    IRegistryTree internal immutable TREE;

    mapping(IssuerId id => Record record) internal _issuers;
    mapping(ListId list => IssuerId id) private _issuerOf;
    mapping(address identity => IssuerId id) private _idOf;
    mapping(bytes32 keyDigest => bool used) private _usedKeys;
    uint32 private _issuerCount;
    uint32 private _listCount;

    constructor(IRegistryTree tree_) {
        TREE = tree_;
    }

    /// @inheritdoc IIssuerRegistry
    function tree() external view returns (address) {
        return address(TREE);
    }

    /// @inheritdoc IIssuerRegistry
    function counts() external view returns (uint256 issuers, uint256 lists) {
        return (_issuerCount, _listCount);
    }

    /// @inheritdoc IIssuerRegistry
    function issuer(IssuerId id)
        external
        view
        returns (address identity, address controller, address delegate, Standing standing, ClaimsKey memory key)
    {
        Record storage record = _known(id);
        return (record.identity, record.controller, record.delegate, record.standing, record.key);
    }

    /// @inheritdoc IIssuerRegistry
    function listsOf(IssuerId id) external view returns (ListId[] memory) {
        return _known(id).lists;
    }

    /// @inheritdoc IIssuerRegistry
    function issuerOf(ListId list) external view returns (IssuerId id) {
        return _issuerOf[list];
    }

    /// @inheritdoc IIssuerRegistry
    function issuerOfIdentity(address identity) external view returns (IssuerId id) {
        return _idOf[identity];
    }

    /// @inheritdoc IIssuerRegistry
    function authority(ListId list, address account) external view returns (Standing standing, bool writer) {
        Record storage record = _issuers[_issuerOf[list]];
        standing = record.standing;
        writer = account != address(0) && (account == record.controller || account == record.delegate);
    }

    function _add(address identity) internal returns (IssuerId id, Record storage record) {
        if (identity == address(0)) revert ZeroAddress();
        if (IssuerId.unwrap(_idOf[identity]) != 0) revert IdentityTaken(identity);
        id = IssuerId.wrap(++_issuerCount);
        _idOf[identity] = id;
        record = _issuers[id];
        record.identity = identity;
        emit IssuerAdded(id, identity);
    }

    function _describe(IssuerId id, string calldata name, string calldata accreditedBy) internal {
        if (bytes(name).length == 0 || bytes(name).length > MAX_TEXT) revert TextLength(bytes(name).length);
        if (bytes(accreditedBy).length == 0 || bytes(accreditedBy).length > MAX_TEXT) revert TextLength(bytes(accreditedBy).length);
        emit IssuerDescribed(id, name, accreditedBy);
    }

    function _setStanding(IssuerId id, Record storage record, Standing standing) internal {
        record.standing = standing;
        emit StandingSet(id, standing);
    }

    /// @dev A key serves once, so that a key that was rotated out, perhaps because it was stolen, never comes back.
    function _setKey(IssuerId id, Record storage record, ClaimsKey calldata key) internal {
        if (!BabyJubJub.isUsable(key.x, key.y)) revert KeyInvalid();
        bytes32 digest = keccak256(abi.encode(key.x, key.y));
        if (_usedKeys[digest]) revert KeyUsedBefore();
        _usedKeys[digest] = true;
        record.key = key;
        emit KeySet(id, key.x, key.y);
    }

    function _assignLists(IssuerId id, Record storage record, uint256 count) internal {
        uint256 first = _listCount + 1;
        if (count == 0 || record.lists.length + count > MAX_LISTS || _listCount + count > Constants.REGISTRY_SLOTS) {
            revert TooManyLists();
        }
        ListId[] memory assigned = new ListId[](count);
        for (uint256 i = 0; i < count; ++i) {
            ListId list = ListId.wrap(uint32(first + i));
            assigned[i] = list;
            _issuerOf[list] = id;
            record.lists.push(list);
            emit ListAssigned(id, list);
        }
        _listCount += uint32(count);
        TREE.place(assigned, record.key);
    }

    function _setDelegate(IssuerId id, Record storage record, address delegate) internal {
        record.delegate = delegate;
        emit DelegateSet(id, delegate);
    }

    function _setController(IssuerId id, Record storage record, address controller) internal {
        (record.controller, record.proposed) = (controller, address(0));
        emit ControllerSet(id, controller);
        if (record.delegate != address(0)) _setDelegate(id, record, address(0));
    }

    function _known(IssuerId id) internal view returns (Record storage record) {
        record = _issuers[id];
        if (record.standing == Standing.None) revert UnknownIssuer(id);
    }
}
