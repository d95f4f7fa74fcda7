// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../src/generated/Constants.sol";
import {IRegistryTree} from "../src/interfaces/IRegistryTree.sol";
import {IStatusRegistry} from "../src/interfaces/IStatusRegistry.sol";
import {ListId, Standing} from "../src/interfaces/Types.sol";
import {Base} from "./Base.sol";
import {Vm} from "./Vm.sol";

contract StatusRegistryTest is Base {
    uint256 private constant BITS = Constants.WORD_BITS;
    uint256 private empty;

    function setUp() public {
        deployWithIssuer(1);
        empty = tree.statusRoot(LIST);
    }

    function revoke(uint256 word, uint256 mask, uint256 previous, uint256 next) private {
        vm.prank(DELEGATE);
        statuses.revoke(LIST, one(word, mask), previous, next);
    }

    function suspend(uint256 word, uint256 mask, uint256 previous, uint256 next) private {
        vm.prank(CLINIC);
        statuses.suspend(LIST, one(word, mask), previous, next);
    }

    function reinstate(uint256 word, uint256 mask, uint256 previous, uint256 next) private {
        vm.prank(CLINIC);
        statuses.reinstate(LIST, one(word, mask), previous, next);
    }

    function word0() private view returns (uint256 blocked, uint256 suspended) {
        return statuses.wordOf(LIST, 0);
    }

    function test_revoke_setsBitsAndRoot() public {
        revoke(4095, 1 << 247, empty, 11);
        assertTrue(statuses.isRevoked(LIST, 1015807), "last entry");
        assertTrue(!statuses.isRevoked(LIST, 1015806), "entry before");
        assertEq(tree.statusRoot(LIST), 11, "status root");
        assertEq(currentRoot(), naiveRoot(1), "registry root");
    }

    function test_revoke_makesSuspendedFinal() public {
        suspend(0, 3, empty, 11);
        revoke(0, 1, 11, 11);
        vm.prank(CLINIC);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NotSuspended.selector, 0));
        statuses.reinstate(LIST, one(0, 1), 11, empty);
        reinstate(0, 2, 11, 12);
        (uint256 blocked, uint256 suspended) = word0();
        assertEq(blocked, 1, "blocked");
        assertEq(suspended, 0, "suspended");
    }

    function test_revoke_twiceDoesNoHarmAndNeedsNoNewRoot() public {
        revoke(0, 1, empty, 11);
        revoke(0, 1, 11, 11);
        vm.prank(DELEGATE);
        vm.expectRevert(IStatusRegistry.RootImplausible.selector);
        statuses.revoke(LIST, one(0, 1), 11, 12);
    }

    function test_suspend_refusesRevoked() public {
        revoke(0, 1, empty, 11);
        vm.prank(CLINIC);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.RevokedIsFinal.selector, 0));
        statuses.suspend(LIST, one(0, 3), 11, 12);
    }

    function test_reinstate_refusesRevokedAndValid() public {
        revoke(0, 1, empty, 11);
        for (uint256 mask = 1; mask < 4; ++mask) {
            vm.prank(CLINIC);
            vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NotSuspended.selector, 0));
            statuses.reinstate(LIST, one(0, mask), 11, empty);
        }
    }

    function test_stalePreviousRoot_isRefused() public {
        revoke(0, 1, empty, 11);
        vm.prank(CLINIC);
        vm.expectRevert(abi.encodeWithSelector(IRegistryTree.StaleStatusRoot.selector, 11));
        statuses.revoke(LIST, one(0, 2), empty, 12);
        (uint256 blocked,) = word0();
        assertEq(blocked, 1, "the words changed all the same");
    }

    function test_rootMustChangeWithTheWords() public {
        vm.prank(CLINIC);
        vm.expectRevert(IStatusRegistry.RootImplausible.selector);
        statuses.revoke(LIST, one(0, 1), empty, empty);
    }

    function test_rootMustBeAFieldElement() public {
        uint256[4] memory roots = [uint256(0), Constants.FIELD_ORDER, Constants.FIELD_ORDER + empty, type(uint256).max];
        for (uint256 i = 0; i < roots.length; ++i) {
            vm.prank(CLINIC);
            vm.expectRevert(abi.encodeWithSelector(IRegistryTree.NotFieldElement.selector, roots[i]));
            statuses.revoke(LIST, one(0, 1), empty, roots[i]);
        }
    }

    function test_bitsAbove247_areRefused() public {
        for (uint256 bit = BITS; bit < 256; ++bit) {
            vm.prank(CLINIC);
            vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchBit.selector, 0));
            statuses.revoke(LIST, one(0, 1 | (1 << bit)), empty, 11);
        }
    }

    function test_wordsAbove4095_areRefused() public {
        vm.prank(CLINIC);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchWord.selector, 4096));
        statuses.revoke(LIST, one(4096, 1), empty, 11);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchWord.selector, 4096));
        statuses.wordOf(LIST, 4096);
    }

    function test_emptyBatchesAndMasks_areRefused() public {
        vm.prank(CLINIC);
        vm.expectRevert(IStatusRegistry.NoChange.selector);
        statuses.revoke(LIST, new IStatusRegistry.Change[](0), empty, empty);
        vm.prank(CLINIC);
        vm.expectRevert(IStatusRegistry.NoChange.selector);
        statuses.suspend(LIST, one(0, 0), empty, empty);
    }

    function test_reads_refuseUnknownListAndIndex() public {
        ListId nowhere = ListId.wrap(2);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.UnknownList.selector, nowhere));
        statuses.isRevoked(nowhere, 0);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchIndex.selector, 1015808));
        statuses.isRevoked(LIST, 1015808);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchIndex.selector, type(uint256).max));
        statuses.isSuspended(LIST, type(uint256).max);
    }

    function test_suspendedIssuer_mayRevokeAndSuspendOnly() public {
        suspend(0, 1, empty, 11);
        vm.prank(GOVERNANCE);
        issuers.suspendIssuer(ONE);
        uint256 root = currentRoot();
        revoke(0, 2, 11, 12);
        suspend(0, 4, 12, 13);
        bytes memory reason = abi.encodeWithSelector(IStatusRegistry.WrongStanding.selector, LIST, Standing.Suspended);
        vm.prank(CLINIC);
        vm.expectRevert(reason);
        statuses.reinstate(LIST, one(0, 1), 13, 14);
        vm.prank(CLINIC);
        vm.expectRevert(reason);
        statuses.anchor(LIST, bytes32(uint256(1)));
        assertEq(currentRoot(), root, "a suspended issuer moved the root");
        vm.prank(GOVERNANCE);
        issuers.reinstateIssuer(ONE);
        assertEq(currentRoot(), naiveRoot(1), "what was revoked meanwhile is missing");
    }

    function test_correctRoot_needsAnotherRoot() public {
        vm.prank(CLINIC);
        vm.expectRevert(IStatusRegistry.RootImplausible.selector);
        statuses.correctRoot(LIST, empty, empty);
        vm.prank(CLINIC);
        statuses.correctRoot(LIST, empty, 11);
        assertEq(currentRoot(), naiveRoot(1), "root");
    }

    function test_anchor_refusesNothing() public {
        vm.prank(CLINIC);
        vm.expectRevert(IStatusRegistry.EmptyAnchor.selector);
        statuses.anchor(LIST, 0);
    }

    function test_batch_failsAsAWhole() public {
        IStatusRegistry.Change[] memory changes = new IStatusRegistry.Change[](2);
        changes[0] = IStatusRegistry.Change(0, 1);
        changes[1] = IStatusRegistry.Change(4096, 1);
        vm.prank(CLINIC);
        vm.expectRevert(abi.encodeWithSelector(IStatusRegistry.NoSuchWord.selector, 4096));
        statuses.revoke(LIST, changes, empty, 11);
        assertTrue(!statuses.isRevoked(LIST, 0), "half a batch went through");
    }

    function test_sameWordTwiceInABatch_addsUp() public {
        IStatusRegistry.Change[] memory changes = new IStatusRegistry.Change[](2);
        changes[0] = IStatusRegistry.Change(0, 1);
        changes[1] = IStatusRegistry.Change(0, 2);
        vm.prank(CLINIC);
        statuses.revoke(LIST, changes, empty, 11);
        (uint256 blocked,) = word0();
        assertEq(blocked, 3, "blocked");
    }

    function test_events_holdNoIndexedEntry() public {
        vm.recordLogs();
        revoke(7, 1 << 9, empty, 11);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertTrue(logs[0].emitter == address(statuses) && logs[0].topics.length == 2, "more than the list is indexed");
        assertEq(uint256(logs[0].topics[1]), 1, "list");
    }

    /// @dev The two bitmaps against a plain account of what was done.
    function testFuzz_bitmaps(uint256[6] calldata masks, uint8[6] calldata actions) public {
        uint256 revoked;
        uint256 held;
        uint256 root = empty;
        for (uint256 i = 0; i < masks.length; ++i) {
            uint256 mask = (masks[i] & (2 ** BITS - 1)) | 1;
            uint256 action = actions[i] % 3;
            uint256 next = uint256(keccak256(abi.encode(root, i))) % Constants.FIELD_ORDER;
            if (action == 0) {
                bool changes = mask & ~(revoked | held) != 0;
                revoke(0, mask, root, changes ? next : root);
                if (changes) root = next;
                revoked |= mask;
                held &= ~mask;
            } else if (action == 1) {
                mask &= ~revoked;
                if (mask & ~held == 0) continue;
                suspend(0, mask, root, next);
                root = next;
                held |= mask;
            } else {
                mask &= held;
                if (mask == 0) continue;
                reinstate(0, mask, root, next);
                root = next;
                held &= ~mask;
            }
            (uint256 blocked, uint256 suspended) = word0();
            assertEq(blocked, revoked | held, "blocked");
            assertEq(suspended, held, "suspended");
        }
        assertEq(currentRoot(), naiveRoot(1), "registry root");
    }
}
