// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../src/generated/Constants.sol";
import {IIssuerRegistry} from "../src/interfaces/IIssuerRegistry.sol";
import {IRegistryTree} from "../src/interfaces/IRegistryTree.sol";
import {ClaimsKey, IssuerId, ListId, Standing} from "../src/interfaces/Types.sol";
import {IssuerRegistry} from "../src/IssuerRegistry.sol";
import {BabyJubJub} from "../src/libraries/BabyJubJub.sol";
import {StatusRegistry} from "../src/StatusRegistry.sol";
import {RegistryTree} from "../src/RegistryTree.sol";
import {Base} from "./Base.sol";
import {Keys} from "./Keys.sol";

contract IssuerRegistryTest is Base {
    uint256 private constant R = Constants.FIELD_ORDER;

    function setUp() public {
        deployWithIssuer(2);
    }

    function add(address identity, ClaimsKey memory key, uint256 lists) private returns (IssuerId) {
        vm.prank(GOVERNANCE);
        return issuers.addIssuer(identity, key, "Name", "Body", lists);
    }

    function addRefused(address identity, ClaimsKey memory key, uint256 lists, bytes memory reason) private {
        vm.expectRevert(reason);
        add(identity, key, lists);
    }

    function test_addIssuer_numbersIssuersAndLists() public {
        IssuerId id = add(STRANGER, Keys.key(1), 3);
        assertEq(IssuerId.unwrap(id), 2, "issuer");
        ListId[] memory lists = issuers.listsOf(id);
        assertEq(lists.length, 3, "lists");
        assertEq(ListId.unwrap(lists[0]), 3, "first list");
        assertEq(IssuerId.unwrap(issuers.issuerOf(ListId.wrap(5))), 2, "owner of the last list");
        assertEq(IssuerId.unwrap(issuers.issuerOfIdentity(STRANGER)), 2, "issuer by identity");
    }

    function test_addIssuer_refusesZeroIdentity() public {
        addRefused(address(0), Keys.key(1), 1, abi.encodePacked(IIssuerRegistry.ZeroAddress.selector));
    }

    function test_addIssuer_refusesIdentityTwice() public {
        addRefused(CLINIC, Keys.key(1), 1, abi.encodeWithSelector(IIssuerRegistry.IdentityTaken.selector, CLINIC));
    }

    function test_addIssuer_refusesRemovedIdentityAgain() public {
        vm.prank(GOVERNANCE);
        issuers.removeIssuer(ONE);
        addRefused(CLINIC, Keys.key(1), 1, abi.encodeWithSelector(IIssuerRegistry.IdentityTaken.selector, CLINIC));
    }

    function test_addIssuer_refusesKeyOfAnotherIssuer() public {
        addRefused(STRANGER, Keys.key(0), 1, abi.encodePacked(IIssuerRegistry.KeyUsedBefore.selector));
    }

    function test_addIssuer_refusesNoList() public {
        addRefused(STRANGER, Keys.key(1), 0, abi.encodePacked(IIssuerRegistry.TooManyLists.selector));
    }

    function test_addIssuer_refusesMoreListsThanOneTransactionCanMove() public {
        addRefused(STRANGER, Keys.key(1), 17, abi.encodePacked(IIssuerRegistry.TooManyLists.selector));
    }

    function test_addIssuer_refusesHugeListCount() public {
        addRefused(STRANGER, Keys.key(1), type(uint256).max, abi.encodePacked(IIssuerRegistry.TooManyLists.selector));
    }

    function test_addIssuer_refusesEmptyAndLongNames() public {
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(IIssuerRegistry.TextLength.selector, 0));
        issuers.addIssuer(STRANGER, Keys.key(1), "", "Body", 1);
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(IIssuerRegistry.TextLength.selector, 201));
        issuers.addIssuer(STRANGER, Keys.key(1), "Name", string(new bytes(201)), 1);
    }

    function test_addIssuer_refusesPointsOfSmallOrder() public {
        // (0, 1), (0, -1), then points of order 4 and 8
        uint256 root = 2957874849018779266517920829765869116077630550401372566248359756137677864698; // 1/sqrt(168700)
        ClaimsKey[4] memory keys = [ClaimsKey(0, 1), ClaimsKey(0, R - 1), ClaimsKey(root, 0), ClaimsKey(R - root, 0)];
        for (uint256 i = 0; i < keys.length; ++i) {
            addRefused(STRANGER, keys[i], 1, abi.encodePacked(IIssuerRegistry.KeyInvalid.selector));
        }
    }

    function test_addIssuer_refusesPointsOffTheCurveAndAliases() public {
        ClaimsKey memory key = Keys.key(1);
        ClaimsKey[6] memory keys = [
            ClaimsKey(0, 0),
            ClaimsKey(1, 1),
            ClaimsKey(key.y, key.x),
            ClaimsKey(key.x + R, key.y),
            ClaimsKey(key.x, key.y + R),
            ClaimsKey(key.x, type(uint256).max)
        ];
        for (uint256 i = 0; i < keys.length; ++i) {
            addRefused(STRANGER, keys[i], 1, abi.encodePacked(IIssuerRegistry.KeyInvalid.selector));
        }
    }

    function testFuzz_keyMustLieOnTheCurve(uint256 x, uint256 y) public pure {
        bool usable = BabyJubJub.isUsable(x, y);
        uint256 left = addmod(mulmod(168700, mulmod(x, x, R), R), mulmod(y, y, R), R);
        uint256 right = addmod(1, mulmod(168696, mulmod(mulmod(x, x, R), mulmod(y, y, R), R), R), R);
        assertTrue(!usable || (left == right && x < R && y < R), "a point off the curve was taken");
    }

    function test_rotateKey_replacesAllLeaves() public {
        uint256 before = currentRoot();
        vm.prank(CLINIC);
        issuers.rotateKey(ONE, Keys.key(1));
        assertTrue(currentRoot() != before, "the root stayed");
        assertEq(currentRoot(), naiveRoot(2), "root");
    }

    function test_rotateKey_refusesRetiredKey() public {
        vm.prank(CLINIC);
        issuers.rotateKey(ONE, Keys.key(1));
        vm.prank(CLINIC);
        vm.expectRevert(IIssuerRegistry.KeyUsedBefore.selector);
        issuers.rotateKey(ONE, Keys.key(0));
    }

    function test_rotateKey_byGovernanceWhileSuspendedCountsOnReinstatement() public {
        vm.prank(GOVERNANCE);
        issuers.suspendIssuer(ONE);
        uint256 suspended = currentRoot();
        vm.prank(GOVERNANCE);
        issuers.rotateKey(ONE, Keys.key(1));
        assertEq(currentRoot(), suspended, "a suspended issuer has leaves");
        vm.prank(GOVERNANCE);
        issuers.reinstateIssuer(ONE);
        assertEq(currentRoot(), naiveRoot(2), "root");
    }

    function test_suspendAndReinstate_bringsTheSameRootBack() public {
        uint256 before = currentRoot();
        IRegistryTree.RootRecord memory record = tree.rootRecord(before);
        vm.prank(GOVERNANCE);
        issuers.suspendIssuer(ONE);
        assertEq(currentRoot(), Constants.zeroNode(Constants.REGISTRY_DEPTH), "empty tree");
        vm.warp(block.timestamp + 100);
        vm.prank(GOVERNANCE);
        issuers.reinstateIssuer(ONE);
        assertEq(currentRoot(), before, "root");
        assertEq(tree.rootRecord(before).since, record.since, "first time");
        assertEq(tree.rootRecord(before).supersededAt, 0, "current");
    }

    function test_removeIssuer_emptiesItsLeavesAndNoOthers() public {
        add(STRANGER, Keys.key(1), 1);
        vm.prank(GOVERNANCE);
        issuers.removeIssuer(ONE);
        assertEq(tree.node(0, 0), 0, "first leaf");
        assertEq(tree.node(0, 1), 0, "second leaf");
        assertTrue(tree.node(0, 2) != 0, "a leaf of another issuer");
        assertEq(currentRoot(), naiveRoot(3), "root");
    }

    function test_removeIssuer_whileSuspended() public {
        vm.prank(GOVERNANCE);
        issuers.suspendIssuer(ONE);
        (uint256 root, uint64 epoch) = tree.root();
        vm.prank(GOVERNANCE);
        issuers.removeIssuer(ONE);
        (uint256 rootAfter, uint64 epochAfter) = tree.root();
        assertTrue(rootAfter == root && epochAfter == epoch, "the tree changed");
    }

    function test_standing_refusesWhatDoesNotFollow() public {
        vm.prank(GOVERNANCE);
        vm.expectRevert(abi.encodeWithSelector(IIssuerRegistry.WrongStanding.selector, Standing.Active));
        issuers.reinstateIssuer(ONE);
        vm.prank(GOVERNANCE);
        issuers.removeIssuer(ONE);
        bytes memory reason = abi.encodeWithSelector(IIssuerRegistry.WrongStanding.selector, Standing.Removed);
        vm.prank(GOVERNANCE);
        vm.expectRevert(reason);
        issuers.reinstateIssuer(ONE);
        vm.prank(GOVERNANCE);
        vm.expectRevert(reason);
        issuers.suspendIssuer(ONE);
        vm.prank(GOVERNANCE);
        vm.expectRevert(reason);
        issuers.removeIssuer(ONE);
        vm.prank(GOVERNANCE);
        vm.expectRevert(reason);
        issuers.assignLists(ONE, 1);
    }

    function test_unknownIssuer_isRefusedEverywhere() public {
        IssuerId nobody = IssuerId.wrap(9);
        bytes memory reason = abi.encodeWithSelector(IIssuerRegistry.UnknownIssuer.selector, nobody);
        bytes[6] memory calls = [
            abi.encodeCall(issuers.suspendIssuer, (nobody)),
            abi.encodeCall(issuers.describeIssuer, (nobody, "A", "B")),
            abi.encodeCall(issuers.rotateKey, (nobody, Keys.key(1))),
            abi.encodeCall(issuers.setDelegate, (nobody, GOVERNANCE)),
            abi.encodeCall(issuers.acceptController, (nobody)),
            abi.encodeCall(issuers.issuer, (nobody))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(GOVERNANCE);
            (bool ok, bytes memory data) = address(issuers).call(calls[i]);
            assertTrue(!ok && keccak256(data) == keccak256(reason), "an unknown issuer was accepted");
        }
    }

    function test_acceptController_dropsTheOldDelegate() public {
        vm.prank(CLINIC);
        issuers.proposeController(ONE, STRANGER);
        vm.prank(STRANGER);
        issuers.acceptController(ONE);
        (, address controller, address delegate,,) = issuers.issuer(ONE);
        assertTrue(controller == STRANGER && delegate == address(0), "the old delegate stayed");
    }

    function test_authority_givesNothingToTheZeroAddress() public {
        vm.prank(CLINIC);
        issuers.setDelegate(ONE, address(0));
        (, bool writer) = issuers.authority(LIST, address(0));
        assertTrue(!writer, "the zero address may write");
    }

    function test_constructors_refuseMiswiring() public {
        RegistryTree foreign = new RegistryTree(address(1), address(2));
        IssuerRegistry lone = new IssuerRegistry(GOVERNANCE, foreign);
        vm.prank(GOVERNANCE);
        vm.expectRevert(IIssuerRegistry.Miswired.selector);
        lone.addIssuer(STRANGER, Keys.key(1), "Name", "Body", 1);
        vm.expectRevert(bytes4(keccak256("Miswired()")));
        new StatusRegistry(lone, foreign);
    }
}
