// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../src/generated/Constants.sol";
import {IStatusRegistry} from "../src/interfaces/IStatusRegistry.sol";
import {IPassVerifier} from "../src/interfaces/IPassVerifier.sol";
import {IssuerId, ListId, Standing} from "../src/interfaces/Types.sol";
import {PassVerifier} from "../src/PassVerifier.sol";
import {Base} from "./Base.sol";
import {Keys} from "./Keys.sol";
import {EverythingHolds} from "./PassVerifier.t.sol";
import {Vm} from "./Vm.sol";

/// @notice Does anything, as anybody, in any order, and keeps its own account of what went through.
contract Handler is Base {
    struct Attempt {
        address caller;
        ListId list;
        uint256 action;
        uint256 word;
        uint256 mask;
        uint256 suspended;
        Standing before;
        bool writer;
        bool stale;
    }

    address[7] public actors = [GOVERNANCE, CLINIC, DELEGATE, address(0xC2), address(0xD2), STRANGER, address(0x61)];
    uint256 public constant WORDS = 3;
    uint256 private constant MASK = 0xFF | (1 << 247);

    PassVerifier public immutable passes;

    uint256[] public roots;
    mapping(uint256 root => bool seen) private _seen;
    mapping(uint256 root => uint64 time) public firstSeen;
    mapping(uint256 list => mapping(uint256 word => uint256 mask)) public everRevoked;
    mapping(uint256 list => uint256 issuer) public ownerOfList;
    mapping(uint256 issuer => bool removed) public wasRemoved;
    mapping(uint256 issuer => bytes32 digest) public stateAtRemoval;
    mapping(bytes32 entry => uint256 count) private _entries;
    mapping(bytes32 key => uint256 uses) private _keyUses;
    uint256 public rootChanges;
    uint256 public trespasses;
    uint256 public staleWrites;
    uint256 public suspendedReinstatements;
    uint256 public anchorsWhileInactive;
    uint256 public doubleEntries;
    uint256 public passLogs;
    uint256 public keysTwice;
    uint256 public nextKey;

    constructor() {
        deploy();
        passes = new PassVerifier(tree, new EverythingHolds());
        _note();
        _add(CLINIC, 2);
        _add(address(0xC2), 1);
        _call(CLINIC, address(issuers), abi.encodeCall(issuers.setDelegate, (ONE, DELEGATE)));
        _call(address(0xC2), address(issuers), abi.encodeCall(issuers.setDelegate, (IssuerId.wrap(2), address(0xD2))));
    }

    function system() external view returns (address, address, address) {
        return (address(tree), address(issuers), address(statuses));
    }

    function rootCount() external view returns (uint256) {
        return roots.length;
    }

    // What the fuzzer does

    function pass(uint256 time) external {
        vm.warp(block.timestamp + (time % 10_000));
    }

    function addIssuer(uint256 actor, uint256 identity, uint256 lists) external {
        if (nextKey >= Keys.COUNT) return;
        address caller = _caller(actor, issuers.owner());
        bytes memory call = abi.encodeCall(
            issuers.addIssuer, (address(uint160(0x1000 + (identity % 4))), Keys.key(nextKey), "Name", "Body", 1 + (lists % 2))
        );
        bool ok = _call(caller, address(issuers), call);
        if (!ok) return;
        _useKey();
        _trespass(caller != issuers.owner());
        _ownLists();
    }

    function standing(uint256 actor, uint256 issuer, uint256 action) external {
        address caller = _caller(actor, issuers.owner());
        IssuerId id = _issuer(issuer);
        uint256 number = IssuerId.unwrap(id);
        bool removed = wasRemoved[number];
        action %= 8; // removal is rare, or nothing is left to do
        bytes memory call = action == 0
            ? abi.encodeCall(issuers.removeIssuer, (id))
            : action < 4 ? abi.encodeCall(issuers.suspendIssuer, (id)) : abi.encodeCall(issuers.reinstateIssuer, (id));
        bool ok = _call(caller, address(issuers), call);
        _trespass(ok && (caller != issuers.owner() || removed));
        if (ok && action == 0) (wasRemoved[number], stateAtRemoval[number]) = (true, stateOf(number));
    }

    function rotateKey(uint256 actor, uint256 issuer, uint256 key) external {
        if (nextKey >= Keys.COUNT) return;
        IssuerId id = _issuer(issuer);
        address caller = _caller(actor, _controller(id));
        uint256 choice = key % 2 == 0 ? nextKey : key % nextKey;
        bool may = _maySteer(id, caller);
        bool ok = _call(caller, address(issuers), abi.encodeCall(issuers.rotateKey, (id, Keys.key(choice))));
        _trespass(ok && !may);
        if (!ok) return;
        if (choice == nextKey) _useKey();
        else ++keysTwice;
    }

    function steer(uint256 actor, uint256 subject, uint256 whom, uint256 action) external {
        action %= 4;
        if (action == 0) _delegate(actor, subject, whom);
        if (action == 1) _control(actor, subject, whom);
        if (action == 2) _handOver(actor, whom, whom % 2 == 0);
        if (action == 3) _meddle(actor, subject, whom);
    }

    function _delegate(uint256 actor, uint256 issuer, uint256 whom) private {
        IssuerId id = _issuer(issuer);
        address caller = _caller(actor, _controller(id));
        bool may = _maySteer(id, caller);
        _trespass(_call(caller, address(issuers), abi.encodeCall(issuers.setDelegate, (id, actors[whom % 7]))) && !may);
    }

    function _control(uint256 actor, uint256 issuer, uint256 whom) private {
        IssuerId id = _issuer(issuer);
        address caller = _caller(actor, _controller(id));
        bool may = _maySteer(id, caller);
        if (whom % 3 == 0) _call(caller, address(issuers), abi.encodeCall(issuers.acceptController, (id)));
        else _trespass(_call(caller, address(issuers), abi.encodeCall(issuers.proposeController, (id, actors[whom % 7]))) && !may);
    }

    function assignLists(uint256 actor, uint256 issuer) external {
        address caller = _caller(actor, issuers.owner());
        (, uint256 lists) = issuers.counts();
        if (lists >= 12) return;
        bool ok = _call(caller, address(issuers), abi.encodeCall(issuers.assignLists, (_issuer(issuer), 1)));
        _trespass(ok && caller != issuers.owner());
        _ownLists();
    }

    function revoke(uint256 actor, uint256 list, uint256 word, uint256 mask, uint256 root) external {
        _changeStatus(actor, list, 0, word, mask, root);
    }

    function suspend(uint256 actor, uint256 list, uint256 word, uint256 mask, uint256 root) external {
        _changeStatus(actor, list, 1, word, mask, root);
    }

    function reinstate(uint256 actor, uint256 list, uint256 word, uint256 mask, uint256 root) external {
        _changeStatus(actor, list, 2, word, mask, root);
    }

    function revokeSuspended(uint256 actor, uint256 list, uint256 word, uint256 root) external {
        (, uint256 suspended) = statuses.wordOf(_list(list), word % WORDS);
        _changeStatus(actor, list, 0, word, suspended, root);
    }

    function reinstateSuspended(uint256 actor, uint256 list, uint256 word, uint256 mask, uint256 root) external {
        (, uint256 suspended) = statuses.wordOf(_list(list), word % WORDS);
        _changeStatus(actor, list, 2, word, suspended & mask, root);
    }

    function _changeStatus(uint256 actor, uint256 list, uint256 action, uint256 word, uint256 mask, uint256 root) private {
        Attempt memory a;
        a.list = _list(list);
        a.caller = _caller(actor, _controller(issuers.issuerOf(a.list)));
        (a.word, a.mask, a.action) = (word % WORDS, mask & MASK, action % 3);
        (a.before, a.writer) = issuers.authority(a.list, a.caller);
        (, a.suspended) = statuses.wordOf(a.list, a.word);
        a.stale = root % 5 == 0;
        if (!_call(a.caller, address(statuses), _statusCall(a, root))) return;
        _trespass(!a.writer || a.before == Standing.Removed);
        if (a.stale) ++staleWrites;
        if (a.action == 2 && a.before != Standing.Active) ++suspendedReinstatements;
        if (a.action == 2) _trespass(a.mask & ~a.suspended != 0);
        if (a.action == 0) everRevoked[ListId.unwrap(a.list)][a.word] |= a.mask;
    }

    function anchor(uint256 actor, uint256 list, bytes32 root) external {
        ListId id = _list(list);
        address caller = _caller(actor, _controller(issuers.issuerOf(id)));
        (Standing before, bool writer) = issuers.authority(id, caller);
        if (!_call(caller, address(statuses), abi.encodeCall(statuses.anchor, (id, root)))) return;
        _trespass(!writer);
        if (before != Standing.Active) ++anchorsWhileInactive;
    }

    function _handOver(uint256 actor, uint256 whom, bool accept) private {
        address caller = _caller(actor, accept ? issuers.pendingOwner() : issuers.owner());
        bytes memory call = accept ? abi.encodeCall(issuers.acceptOwnership, ()) : abi.encodeCall(issuers.transferOwnership, (actors[whom % 7]));
        address owner = issuers.owner();
        address heir = issuers.pendingOwner();
        _trespass(_call(caller, address(issuers), call) && caller != (accept ? heir : owner));
    }

    function _meddle(uint256 actor, uint256 list, uint256 action) private {
        ListId[] memory lists = new ListId[](1);
        lists[0] = _list(list);
        bytes memory call = action % 3 == 0
            ? abi.encodeCall(tree.place, (lists, Keys.key(0)))
            : action % 3 == 1
                ? abi.encodeCall(tree.clear, (lists))
                : abi.encodeCall(tree.setStatusRoot, (lists[0], tree.statusRoot(lists[0]), 1));
        _trespass(_call(actors[actor % 7], address(tree), call));
    }

    function enter(uint256 consumer, uint256 scope, uint256 nullifier) external {
        address caller = actors[consumer % 7];
        (scope, nullifier) = (1 + (scope % 2), 1 + (nullifier % 3));
        uint256 start = ((block.timestamp + Constants.SECONDS_1900_TO_1970) / 86400) * 86400;
        IPassVerifier.Pass memory shown;
        shown.signals = [nullifier, 0, currentRoot(), 7, start, start + 172800, 0, scope, uint256(uint160(caller))];
        shown.signals[6] = _day(start);
        IPassVerifier.Terms memory terms = IPassVerifier.Terms(caller, 7, 172800, 86400, 0, scope, 0);
        vm.recordLogs();
        bool ok = _call(caller, address(passes), abi.encodeCall(passes.consume, (shown, terms)));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(passes)) ++passLogs;
        }
        if (ok && ++_entries[keccak256(abi.encode(caller, scope, nullifier))] > 1) ++doubleEntries;
    }

    // Its own account

    /// @dev Everything that a removed issuer could have changed.
    function stateOf(uint256 issuer) public view returns (bytes32) {
        ListId[] memory lists = issuers.listsOf(IssuerId.wrap(uint32(issuer)));
        bytes32 digest = keccak256(abi.encode(lists));
        for (uint256 i = 0; i < lists.length; ++i) {
            digest = keccak256(abi.encode(digest, tree.statusRoot(lists[i])));
            for (uint256 word = 0; word < WORDS; ++word) {
                (uint256 blocked, uint256 suspended) = statuses.wordOf(lists[i], word);
                digest = keccak256(abi.encode(digest, blocked, suspended));
            }
        }
        return digest;
    }

    function _call(address caller, address target, bytes memory data) private returns (bool ok) {
        vm.prank(caller);
        (ok,) = target.call(data);
        if (!ok) return false;
        _note();
    }

    function _statusCall(Attempt memory a, uint256 seed) private view returns (bytes memory) {
        uint256 current = tree.statusRoot(a.list);
        uint256 previous = a.stale ? current ^ 1 : current;
        (uint256 blocked,) = statuses.wordOf(a.list, a.word);
        bool changes = a.action == 2 || blocked | a.mask != blocked;
        uint256 next = changes ? uint256(keccak256(abi.encode(seed, current))) % Constants.FIELD_ORDER : previous;
        IStatusRegistry.Change[] memory change = one(a.word, a.mask);
        if (a.action == 0) return abi.encodeCall(statuses.revoke, (a.list, change, previous, next));
        if (a.action == 1) return abi.encodeCall(statuses.suspend, (a.list, change, previous, next));
        return abi.encodeCall(statuses.reinstate, (a.list, change, previous, next));
    }

    function _note() private {
        uint256 root = currentRoot();
        if (roots.length != 0 && roots[roots.length - 1] == root) return;
        if (roots.length != 0) ++rootChanges;
        roots.push(root);
        if (_seen[root]) return;
        (_seen[root], firstSeen[root]) = (true, uint64(block.timestamp));
    }

    function _add(address identity, uint256 lists) private {
        _call(GOVERNANCE, address(issuers), abi.encodeCall(issuers.addIssuer, (identity, Keys.key(nextKey), "Name", "Body", lists)));
        _useKey();
        _ownLists();
    }

    function _useKey() private {
        ++nextKey;
    }

    function _ownLists() private {
        (, uint256 lists) = issuers.counts();
        for (uint256 i = 1; i <= lists; ++i) {
            if (ownerOfList[i] == 0) ownerOfList[i] = IssuerId.unwrap(issuers.issuerOf(ListId.wrap(uint32(i))));
        }
    }

    function _trespass(bool happened) private {
        if (happened) ++trespasses;
    }

    /// @dev Half of the time the one who may, so that much goes through; else anybody.
    function _caller(uint256 seed, address rightful) private view returns (address) {
        return seed % 2 == 0 && rightful != address(0) ? rightful : actors[(seed / 2) % 7];
    }

    function _controller(IssuerId id) private view returns (address controller) {
        (, controller,,,) = issuers.issuer(id);
    }

    function _maySteer(IssuerId id, address caller) private view returns (bool) {
        (, address controller,, Standing now_,) = issuers.issuer(id);
        return (caller == issuers.owner() && now_ != Standing.Removed) || (caller == controller && now_ == Standing.Active);
    }

    function _issuer(uint256 seed) private view returns (IssuerId) {
        (uint256 count,) = issuers.counts();
        return IssuerId.wrap(uint32(1 + (seed % count)));
    }

    function _list(uint256 seed) private view returns (ListId) {
        (, uint256 count) = issuers.counts();
        return ListId.wrap(uint32(1 + (seed % count)));
    }

    /// @dev By counting days, so that it does not share the arithmetic of what it tests.
    function _day(uint256 time) private pure returns (uint256) {
        uint256 day = time / 86400;
        uint256 year = 1900;
        for (uint256 length = 365; day >= length; length = _isLeap(year) ? 366 : 365) {
            day -= length;
            ++year;
        }
        uint8[12] memory lengths = [31, _isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        uint256 month = 0;
        while (day >= lengths[month]) day -= lengths[month++];
        return year * 10000 + (month + 1) * 100 + day + 1;
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
