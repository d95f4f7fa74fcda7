// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {PoseidonT3} from "poseidon-solidity/PoseidonT3.sol";
import {Constants} from "./generated/Constants.sol";
import {IRegistryTree} from "./interfaces/IRegistryTree.sol";
import {ClaimsKey, ListId} from "./interfaces/Types.sol";

/// @dev Every node is stored, in heap order (root 1, leaves from 4,096 on), so that a change costs one hash and one write a level. The
/// part of a leaf that does not change with the status root is stored too: a new status root costs 13 hashes. The writers are fixed at
/// construction; there is no administrator.
contract RegistryTree is IRegistryTree {
    uint256 private constant DEPTH = Constants.REGISTRY_DEPTH;
    uint256 private constant SLOTS = 1 << DEPTH;

    address private immutable ISSUERS;
    address private immutable STATUSES;

    /// @dev 0 stands for the root of an empty subtree of that level.
    mapping(uint256 heapIndex => uint256 node) private _nodes;
    /// @dev P2(P2(Ax, Ay), list) by slot.
    mapping(uint256 slot => uint256 listKey) private _listKeys;
    mapping(uint256 slot => uint256 statusRoot) private _statusRoots;
    mapping(uint256 root => RootRecord record) private _records;
    uint64 private _epoch;

    constructor(address issuers, address statuses) {
        ISSUERS = issuers;
        STATUSES = statuses;
        uint256 empty = Constants.zeroNode(DEPTH);
        _nodes[1] = empty;
        _records[empty].since = uint64(block.timestamp);
        emit RootSet(empty, 0, uint64(block.timestamp));
    }

    modifier onlyIssuerRegistry() {
        if (msg.sender != ISSUERS) revert NotIssuerRegistry(msg.sender);
        _;
    }

    /// @inheritdoc IRegistryTree
    function place(ListId[] calldata lists, ClaimsKey calldata key) external onlyIssuerRegistry {
        uint256 before = _nodes[1];
        uint256 keyHash = PoseidonT3.hash([key.x, key.y]);
        for (uint256 i = 0; i < lists.length; ++i) {
            uint256 slot = _slotOf(lists[i]);
            uint256 listKey = PoseidonT3.hash([keyHash, uint256(ListId.unwrap(lists[i]))]);
            _listKeys[slot] = listKey;
            if (_statusRoots[slot] == 0) _statusRoots[slot] = Constants.EMPTY_STATUS_ROOT;
            _setLeaf(slot, PoseidonT3.hash([listKey, _statusRoots[slot]]));
        }
        _recordRoot(before);
    }

    /// @inheritdoc IRegistryTree
    function clear(ListId[] calldata lists) external onlyIssuerRegistry {
        uint256 before = _nodes[1];
        for (uint256 i = 0; i < lists.length; ++i) {
            _setLeaf(_slotOf(lists[i]), 0);
        }
        _recordRoot(before);
    }

    /// @inheritdoc IRegistryTree
    function setStatusRoot(ListId list, uint256 previous, uint256 next) external {
        if (msg.sender != STATUSES) revert NotStatusRegistry(msg.sender);
        uint256 slot = _slotOf(list);
        if (_statusRoots[slot] != previous) revert StaleStatusRoot(_statusRoots[slot]);
        if (next == previous) return;
        if (next == 0 || next >= Constants.FIELD_ORDER) revert NotFieldElement(next);
        _statusRoots[slot] = next;
        if (_nodes[SLOTS + slot] == 0) return; // the issuer is suspended: its leaf stays empty
        uint256 before = _nodes[1];
        _setLeaf(slot, PoseidonT3.hash([_listKeys[slot], next]));
        _recordRoot(before);
    }

    /// @inheritdoc IRegistryTree
    function issuerRegistry() external view returns (address) {
        return ISSUERS;
    }

    /// @inheritdoc IRegistryTree
    function statusRegistry() external view returns (address) {
        return STATUSES;
    }

    /// @inheritdoc IRegistryTree
    function root() external view returns (uint256 value, uint64 epoch) {
        return (_nodes[1], _epoch);
    }

    /// @inheritdoc IRegistryTree
    function rootRecord(uint256 value) external view returns (RootRecord memory record) {
        return _records[value];
    }

    /// @inheritdoc IRegistryTree
    function node(uint256 level, uint256 position) external view returns (uint256) {
        if (level > DEPTH || position >= SLOTS >> level) revert NoSuchSlot(position);
        return _node(level, (SLOTS >> level) + position);
    }

    /// @inheritdoc IRegistryTree
    function statusRoot(ListId list) external view returns (uint256) {
        return _statusRoots[_slotOf(list)];
    }

    function _setLeaf(uint256 slot, uint256 leaf) private {
        uint256 heapIndex = SLOTS + slot;
        uint256 hash = leaf;
        _nodes[heapIndex] = leaf;
        for (uint256 level = 0; level < DEPTH; ++level) {
            uint256 sibling = _node(level, heapIndex ^ 1);
            hash = PoseidonT3.hash(heapIndex & 1 == 0 ? [hash, sibling] : [sibling, hash]);
            heapIndex >>= 1;
            _nodes[heapIndex] = hash;
        }
        emit LeafSet(slot, leaf);
    }

    /// @dev A root may come back (a suspension that is lifted): it is then the same statement as before, keeps its first time, and
    /// counts as current again.
    function _recordRoot(uint256 before) private {
        uint256 next = _nodes[1];
        uint64 time = uint64(block.timestamp);
        uint64 epoch = ++_epoch;
        RootRecord storage record = _records[next];
        _records[before].supersededAt = time;
        if (record.since == 0) (record.epoch, record.since) = (epoch, time);
        record.supersededAt = 0;
        emit RootSet(next, epoch, time);
    }

    function _node(uint256 level, uint256 heapIndex) private view returns (uint256) {
        uint256 value = _nodes[heapIndex];
        return value == 0 ? Constants.zeroNode(level) : value;
    }

    function _slotOf(ListId list) private pure returns (uint256) {
        uint256 number = ListId.unwrap(list);
        if (number == 0 || number > SLOTS) revert NoSuchSlot(number);
        return number - 1;
    }
}
