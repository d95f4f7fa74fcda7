// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IIssuerRegistry} from "../src/interfaces/IIssuerRegistry.sol";
import {IRegistryTree} from "../src/interfaces/IRegistryTree.sol";
import {IStatusRegistry} from "../src/interfaces/IStatusRegistry.sol";
import {IssuerId, ListId, Standing} from "../src/interfaces/Types.sol";
import {Base} from "./Base.sol";
import {Keys} from "./Keys.sol";

/// @notice Every function that changes something, called by everybody who may not.
contract AccessTest is Base {
    struct Mutator {
        address target;
        bytes data;
    }

    address private constant HEIR = address(0x61);
    address private constant OTHER_CLINIC = address(0xC2);
    address private constant FORMER_DELEGATE = address(0xDF);

    function setUp() public {
        deployWithIssuer(2);
        vm.prank(CLINIC);
        issuers.setDelegate(ONE, FORMER_DELEGATE);
        vm.prank(CLINIC);
        issuers.setDelegate(ONE, DELEGATE);
        vm.prank(GOVERNANCE);
        issuers.addIssuer(OTHER_CLINIC, Keys.key(1), "Other", "Ministry", 1);
    }

    function governanceMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](7);
        m[0] = Mutator(address(issuers), abi.encodeCall(issuers.addIssuer, (STRANGER, Keys.key(2), "A", "B", 1)));
        m[1] = Mutator(address(issuers), abi.encodeCall(issuers.describeIssuer, (ONE, "A", "B")));
        m[2] = Mutator(address(issuers), abi.encodeCall(issuers.suspendIssuer, (ONE)));
        m[3] = Mutator(address(issuers), abi.encodeCall(issuers.reinstateIssuer, (ONE)));
        m[4] = Mutator(address(issuers), abi.encodeCall(issuers.removeIssuer, (ONE)));
        m[5] = Mutator(address(issuers), abi.encodeCall(issuers.assignLists, (ONE, 1)));
        m[6] = Mutator(address(issuers), abi.encodeCall(issuers.transferOwnership, (STRANGER)));
    }

    function controllerMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](3);
        m[0] = Mutator(address(issuers), abi.encodeCall(issuers.rotateKey, (ONE, Keys.key(3))));
        m[1] = Mutator(address(issuers), abi.encodeCall(issuers.setDelegate, (ONE, STRANGER)));
        m[2] = Mutator(address(issuers), abi.encodeCall(issuers.proposeController, (ONE, STRANGER)));
    }

    function writerMutators() private view returns (Mutator[] memory m) {
        uint256 root = tree.statusRoot(LIST);
        m = new Mutator[](5);
        m[0] = Mutator(address(statuses), abi.encodeCall(statuses.revoke, (LIST, one(0, 1), root, 1)));
        m[1] = Mutator(address(statuses), abi.encodeCall(statuses.suspend, (LIST, one(0, 1), root, 1)));
        m[2] = Mutator(address(statuses), abi.encodeCall(statuses.reinstate, (LIST, one(0, 1), root, 1)));
        m[3] = Mutator(address(statuses), abi.encodeCall(statuses.correctRoot, (LIST, root, 1)));
        m[4] = Mutator(address(statuses), abi.encodeCall(statuses.anchor, (LIST, bytes32(uint256(1)))));
    }

    function treeMutators() private view returns (Mutator[] memory m) {
        ListId[] memory lists = new ListId[](1);
        lists[0] = LIST;
        m = new Mutator[](3);
        m[0] = Mutator(address(tree), abi.encodeCall(tree.place, (lists, Keys.key(0))));
        m[1] = Mutator(address(tree), abi.encodeCall(tree.clear, (lists)));
        m[2] = Mutator(address(tree), abi.encodeCall(tree.setStatusRoot, (LIST, tree.statusRoot(LIST), 1)));
    }

    function refused(Mutator[] memory mutators, address caller, bytes memory reason) private {
        uint256 before = currentRoot();
        for (uint256 i = 0; i < mutators.length; ++i) {
            vm.prank(caller);
            (bool ok, bytes memory data) = mutators[i].target.call(mutators[i].data);
            assertTrue(!ok, "a call went through");
            assertTrue(keccak256(data) == keccak256(reason), "refused for another reason");
        }
        assertEq(currentRoot(), before, "the root changed");
    }

    function ownable(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);
    }

    function unauthorised(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IIssuerRegistry.NotAuthorised.selector, caller);
    }

    function notWriter(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IStatusRegistry.NotWriter.selector, LIST, caller);
    }

    function test_governance_refusesStranger() public {
        refused(governanceMutators(), STRANGER, ownable(STRANGER));
    }

    function test_governance_refusesController() public {
        refused(governanceMutators(), CLINIC, ownable(CLINIC));
    }

    function test_governance_refusesDelegate() public {
        refused(governanceMutators(), DELEGATE, ownable(DELEGATE));
    }

    function test_governance_refusesFormerGovernance() public {
        handOver();
        refused(governanceMutators(), GOVERNANCE, ownable(GOVERNANCE));
        refused(controllerMutators(), GOVERNANCE, unauthorised(GOVERNANCE));
    }

    function test_governance_refusesHeirBeforeAcceptance() public {
        vm.prank(GOVERNANCE);
        issuers.transferOwnership(HEIR);
        refused(governanceMutators(), HEIR, ownable(HEIR));
    }

    function test_governance_cannotBeRenounced() public {
        vm.prank(GOVERNANCE);
        vm.expectRevert(IIssuerRegistry.GovernanceCannotBeRenounced.selector);
        issuers.renounceOwnership();
    }

    function test_controller_refusesStranger() public {
        refused(controllerMutators(), STRANGER, unauthorised(STRANGER));
    }

    function test_controller_refusesDelegate() public {
        refused(controllerMutators(), DELEGATE, unauthorised(DELEGATE));
    }

    function test_controller_refusesOtherIssuer() public {
        refused(controllerMutators(), OTHER_CLINIC, unauthorised(OTHER_CLINIC));
    }

    function test_controller_refusesFormerController() public {
        changeController();
        refused(controllerMutators(), CLINIC, unauthorised(CLINIC));
        refused(writerMutators(), CLINIC, notWriter(CLINIC));
        refused(writerMutators(), DELEGATE, notWriter(DELEGATE));
    }

    function test_controller_refusesProposedBeforeAcceptance() public {
        vm.prank(CLINIC);
        issuers.proposeController(ONE, HEIR);
        refused(controllerMutators(), HEIR, unauthorised(HEIR));
    }

    function test_controller_refusedWhileSuspended() public {
        suspend();
        refused(controllerMutators(), CLINIC, abi.encodeWithSelector(IIssuerRegistry.WrongStanding.selector, Standing.Suspended));
    }

    function test_controller_refusedOnceRemoved() public {
        remove();
        bytes memory reason = abi.encodeWithSelector(IIssuerRegistry.WrongStanding.selector, Standing.Removed);
        refused(controllerMutators(), CLINIC, reason);
        refused(controllerMutators(), GOVERNANCE, reason);
    }

    function test_acceptController_refusesAnybodyElse() public {
        vm.prank(CLINIC);
        issuers.proposeController(ONE, HEIR);
        vm.prank(STRANGER);
        vm.expectRevert(unauthorised(STRANGER));
        issuers.acceptController(ONE);
    }

    function test_acceptController_refusesTwice() public {
        changeController();
        vm.prank(HEIR);
        vm.expectRevert(unauthorised(HEIR));
        issuers.acceptController(ONE);
    }

    function test_acceptController_refusedOnceRemoved() public {
        vm.prank(CLINIC);
        issuers.proposeController(ONE, HEIR);
        remove();
        vm.prank(HEIR);
        vm.expectRevert(abi.encodeWithSelector(IIssuerRegistry.WrongStanding.selector, Standing.Removed));
        issuers.acceptController(ONE);
    }

    function test_status_refusesStranger() public {
        refused(writerMutators(), STRANGER, notWriter(STRANGER));
    }

    function test_status_refusesGovernance() public {
        refused(writerMutators(), GOVERNANCE, notWriter(GOVERNANCE));
    }

    function test_status_refusesOtherIssuer() public {
        refused(writerMutators(), OTHER_CLINIC, notWriter(OTHER_CLINIC));
    }

    function test_status_refusesFormerDelegate() public {
        refused(writerMutators(), FORMER_DELEGATE, notWriter(FORMER_DELEGATE));
    }

    function test_status_refusedOnceRemoved() public {
        remove();
        bytes memory reason = abi.encodeWithSelector(IStatusRegistry.WrongStanding.selector, LIST, Standing.Removed);
        refused(writerMutators(), CLINIC, reason);
        refused(writerMutators(), DELEGATE, reason);
    }

    function test_tree_refusesEverybody() public {
        address[5] memory callers = [STRANGER, GOVERNANCE, CLINIC, DELEGATE, address(this)];
        Mutator[] memory all = treeMutators();
        for (uint256 i = 0; i < callers.length; ++i) {
            for (uint256 j = 0; j < all.length; ++j) {
                vm.prank(callers[i]);
                (bool ok,) = all[j].target.call(all[j].data);
                assertTrue(!ok, "somebody wrote to the tree");
            }
        }
    }

    function test_tree_registriesKeepToTheirOwn() public {
        Mutator[] memory all = treeMutators();
        vm.prank(address(issuers));
        (bool ok, bytes memory data) = all[2].target.call(all[2].data);
        assertTrue(!ok && bytes4(data) == IRegistryTree.NotStatusRegistry.selector, "the issuer registry set a status root");
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(address(statuses));
            (ok, data) = all[i].target.call(all[i].data);
            assertTrue(!ok && bytes4(data) == IRegistryTree.NotIssuerRegistry.selector, "the status registry placed a leaf");
        }
    }

    function handOver() private {
        vm.prank(GOVERNANCE);
        issuers.transferOwnership(HEIR);
        vm.prank(HEIR);
        issuers.acceptOwnership();
    }

    function changeController() private {
        vm.prank(CLINIC);
        issuers.proposeController(ONE, HEIR);
        vm.prank(HEIR);
        issuers.acceptController(ONE);
    }

    function suspend() private {
        vm.prank(GOVERNANCE);
        issuers.suspendIssuer(ONE);
    }

    function remove() private {
        vm.prank(GOVERNANCE);
        issuers.removeIssuer(ONE);
    }
}
