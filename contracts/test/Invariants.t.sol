// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../src/generated/Constants.sol";
import {IRegistryTree} from "../src/interfaces/IRegistryTree.sol";
import {ClaimsKey, IssuerId, ListId, Standing} from "../src/interfaces/Types.sol";
import {IssuerRegistry} from "../src/IssuerRegistry.sol";
import {RegistryTree} from "../src/RegistryTree.sol";
import {StatusRegistry} from "../src/StatusRegistry.sol";
import {Base} from "./Base.sol";
import {Handler} from "./Handler.sol";

/// @notice What holds whatever anybody does.
contract InvariantsTest is Base {
    Handler private handler;

    function setUp() public {
        vm.warp(1795305600);
        handler = new Handler();
        (address tree_, address issuers_, address statuses_) = handler.system();
        (tree, issuers, statuses) = (RegistryTree(tree_), IssuerRegistry(issuers_), StatusRegistry(statuses_));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function issuerCount() private view returns (uint256 count) {
        (count,) = issuers.counts();
    }

    function listCount() private view returns (uint256 count) {
        (, count) = issuers.counts();
    }

    // The registry tree

    function invariant_rootIsThatOfTheLeaves() public view {
        assertEq(currentRoot(), naiveRoot(listCount()), "root");
    }

    function invariant_leavesAreThoseOfActiveIssuers() public view {
        for (uint256 i = 1; i <= listCount(); ++i) {
            assertEq(tree.node(0, i - 1), leafOf(ListId.wrap(uint32(i))), "leaf");
        }
    }

    function invariant_slotsBeyondTheListsAreEmpty() public view {
        for (uint256 i = listCount(); i < listCount() + 3; ++i) {
            assertEq(tree.node(0, i), 0, "leaf");
        }
    }

    function invariant_currentRootIsNotSuperseded() public view {
        IRegistryTree.RootRecord memory record = tree.rootRecord(currentRoot());
        assertTrue(record.since != 0 && record.supersededAt == 0, "current root");
    }

    function invariant_epochCountsEveryChange() public view {
        (, uint64 epoch) = tree.root();
        assertEq(epoch, handler.rootChanges(), "epoch");
    }

    function invariant_rootHistoryIsNeverRewritten() public view {
        for (uint256 i = 0; i < handler.rootCount(); ++i) {
            uint256 root = handler.roots(i);
            assertEq(tree.rootRecord(root).since, handler.firstSeen(root), "first time");
        }
    }

    function invariant_pastRootsAreSuperseded() public view {
        for (uint256 i = 0; i < handler.rootCount(); ++i) {
            IRegistryTree.RootRecord memory record = tree.rootRecord(handler.roots(i));
            if (handler.roots(i) != currentRoot()) assertTrue(record.supersededAt >= record.since, "superseded");
        }
    }

    function invariant_rootsAreFieldElements() public view {
        assertTrue(currentRoot() != 0 && currentRoot() < Constants.FIELD_ORDER, "registry root");
        for (uint256 i = 1; i <= listCount(); ++i) {
            uint256 root = tree.statusRoot(ListId.wrap(uint32(i)));
            assertTrue(root != 0 && root < Constants.FIELD_ORDER, "status root");
        }
    }

    // Issuers

    function invariant_nobodyOversteps() public view {
        assertEq(handler.trespasses(), 0, "trespasses");
    }

    function invariant_governanceIsSomebody() public view {
        assertTrue(issuers.owner() != address(0), "governance");
    }

    function invariant_removedIsFinal() public view {
        for (uint256 i = 1; i <= issuerCount(); ++i) {
            (,,, Standing standing,) = issuers.issuer(IssuerId.wrap(uint32(i)));
            assertTrue((standing == Standing.Removed) == handler.wasRemoved(i), "removed");
        }
    }

    function invariant_removedIssuersChangeNothing() public view {
        for (uint256 i = 1; i <= issuerCount(); ++i) {
            if (handler.wasRemoved(i)) assertTrue(handler.stateOf(i) == handler.stateAtRemoval(i), "a removed issuer changed something");
        }
    }

    function invariant_removedIssuersHaveNoLeaf() public view {
        for (uint256 i = 1; i <= listCount(); ++i) {
            if (handler.wasRemoved(handler.ownerOfList(i))) assertEq(tree.node(0, i - 1), 0, "leaf");
        }
    }

    function invariant_listsNeverChangeHands() public view {
        for (uint256 i = 1; i <= listCount(); ++i) {
            assertEq(IssuerId.unwrap(issuers.issuerOf(ListId.wrap(uint32(i)))), handler.ownerOfList(i), "owner");
        }
    }

    function invariant_everyListHasOneOwnerThatKnowsIt() public view {
        uint256 total;
        for (uint256 i = 1; i <= issuerCount(); ++i) {
            uint256 own = issuers.listsOf(IssuerId.wrap(uint32(i))).length;
            assertTrue(own >= 1 && own <= 16, "lists of one issuer");
            total += own;
        }
        assertEq(total, listCount(), "lists");
    }

    function invariant_keysServeOnce() public view {
        assertEq(handler.keysTwice(), 0, "keys");
    }

    function invariant_noTwoIssuersShareAKey() public view {
        for (uint256 i = 1; i <= issuerCount(); ++i) {
            (,,,, ClaimsKey memory key) = issuers.issuer(IssuerId.wrap(uint32(i)));
            for (uint256 j = i + 1; j <= issuerCount(); ++j) {
                (,,,, ClaimsKey memory other) = issuers.issuer(IssuerId.wrap(uint32(j)));
                assertTrue(key.x != other.x || key.y != other.y, "a shared key");
            }
        }
    }

    function invariant_identitiesAreOneToOne() public view {
        for (uint256 i = 1; i <= issuerCount(); ++i) {
            (address identity, address controller,,,) = issuers.issuer(IssuerId.wrap(uint32(i)));
            assertEq(IssuerId.unwrap(issuers.issuerOfIdentity(identity)), i, "identity");
            assertTrue(controller != address(0), "controller");
        }
    }

    // Status

    function invariant_revokedIsNeverValidAgain() public view {
        eachWord(0);
    }

    function invariant_revokedIsNeverSuspended() public view {
        eachWord(1);
    }

    function invariant_suspendedIsBlocked() public view {
        eachWord(2);
    }

    function invariant_wordsHave248Bits() public view {
        eachWord(3);
    }

    function invariant_staleRootsAreNeverBuiltUpon() public view {
        assertEq(handler.staleWrites(), 0, "stale writes");
    }

    function invariant_suspendedIssuersReinstateNothing() public view {
        assertEq(handler.suspendedReinstatements(), 0, "reinstatements");
    }

    function invariant_inactiveIssuersAnchorNothing() public view {
        assertEq(handler.anchorsWhileInactive(), 0, "anchors");
    }

    // Passes

    function invariant_nullifiersCountOnce() public view {
        assertEq(handler.doubleEntries(), 0, "entries");
    }

    function invariant_passesLeaveNoLog() public view {
        assertEq(handler.passLogs(), 0, "logs");
    }

    function eachWord(uint256 question) private view {
        for (uint256 i = 1; i <= listCount(); ++i) {
            for (uint256 word = 0; word < handler.WORDS(); ++word) {
                (uint256 blocked, uint256 suspended) = statuses.wordOf(ListId.wrap(uint32(i)), word);
                uint256 revoked = handler.everRevoked(i, word);
                if (question == 0) assertEq(revoked & ~blocked, 0, "valid again");
                if (question == 1) assertEq(revoked & suspended, 0, "suspended");
                if (question == 2) assertEq(suspended & ~blocked, 0, "suspended and not blocked");
                if (question == 3) assertEq(blocked >> 248, 0, "a bit too high");
            }
        }
    }
}
