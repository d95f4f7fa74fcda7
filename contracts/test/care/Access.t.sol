// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IAccessLog} from "../../src/care/interfaces/IAccessLog.sol";
import {IConsentRegistry} from "../../src/care/interfaces/IConsentRegistry.sol";
import {IDispenseRegistry} from "../../src/care/interfaces/IDispenseRegistry.sol";
import {IEmergencyAccess} from "../../src/care/interfaces/IEmergencyAccess.sol";
import {IRoleRegistry} from "../../src/care/interfaces/IRoleRegistry.sol";
import {Roles} from "../../src/generated/Roles.sol";
import {CareBase} from "./CareBase.sol";

/// @notice Every function that changes something for others, called by everybody who may not.
contract CareAccessTest is CareBase {
    struct Mutator {
        address target;
        bytes data;
        bytes4 reason;
    }

    bytes32 private constant ID = keccak256("id");
    bytes32 private constant SOME = keccak256("some");

    function setUp() public {
        deployCare();
        vm.prank(who(OWNER));
        consents.grant(ID, word(NOW, NOW + 1 days, 1));
        vm.prank(who(HOSPITAL));
        emergencies.open(ID, SOME, NOW + 1 days);
    }

    function governanceMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](2);
        bytes4 reason = Ownable.OwnableUnauthorizedAccount.selector;
        m[0] = Mutator(address(roles), abi.encodeCall(roles.appointBody, (who(STRANGER), mask(Roles.DOCTOR))), reason);
        m[1] = Mutator(address(roles), abi.encodeCall(roles.transferOwnership, (who(STRANGER))), reason);
    }

    /// @dev Those of the body of physicians.
    function bodyMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](4);
        bytes4 reason = IRoleRegistry.NotResponsible.selector;
        m[0] = Mutator(address(roles), abi.encodeCall(roles.grantRole, (who(STRANGER), Roles.DOCTOR, address(0), FAR)), reason);
        m[1] = Mutator(address(roles), abi.encodeCall(roles.withdrawRole, (who(DOCTOR), Roles.DOCTOR)), reason);
        m[2] = Mutator(address(roles), abi.encodeCall(roles.setSuspended, (who(DOCTOR), true)), reason);
        m[3] = Mutator(address(roles), abi.encodeCall(roles.setSuspended, (who(DOCTOR), false)), reason);
    }

    function memberMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](5);
        m[0] = Mutator(address(accesses), abi.encodeCall(accesses.append, (1, SOME)), IAccessLog.NotGateway.selector);
        m[1] = Mutator(address(emergencies), abi.encodeCall(emergencies.open, (SOME, SOME, NOW + 1 days)), IEmergencyAccess.NotHospital.selector);
        m[2] = Mutator(address(emergencies), abi.encodeCall(emergencies.approve, (ID)), IEmergencyAccess.NotHospital.selector);
        m[3] = Mutator(address(prescriptions), abi.encodeCall(prescriptions.dispense, (ID)), IDispenseRegistry.NotPharmacy.selector);
        m[4] = Mutator(address(prescriptions), abi.encodeCall(prescriptions.voidPrescription, (ID)), IDispenseRegistry.NotPrescriber.selector);
    }

    function ownerMutators() private view returns (Mutator[] memory m) {
        m = new Mutator[](2);
        bytes4 reason = IConsentRegistry.NotAuthorised.selector;
        m[0] = Mutator(address(consents), abi.encodeCall(consents.grantFor, (who(OWNER), ID, word(NOW, NOW + 9 days, 9))), reason);
        m[1] = Mutator(address(consents), abi.encodeCall(consents.revokeFor, (who(OWNER), ID)), reason);
    }

    function allRefused(Mutator[] memory mutators, uint256 caller, string memory what) private {
        for (uint256 i = 0; i < mutators.length; ++i) {
            vm.prank(who(caller));
            refused(mutators[i].target, mutators[i].data, mutators[i].reason, what);
        }
    }

    function oneRefused(Mutator memory mutator, uint256 caller, string memory what) private {
        vm.prank(who(caller));
        refused(mutator.target, mutator.data, mutator.reason, what);
    }

    function test_everything_refusesStranger() public {
        allRefused(governanceMutators(), STRANGER, "governance");
        allRefused(bodyMutators(), STRANGER, "body");
        allRefused(memberMutators(), STRANGER, "member");
        allRefused(ownerMutators(), STRANGER, "owner");
        vm.prank(who(STRANGER));
        refused(address(emergencies), abi.encodeCall(emergencies.review, (ID, SOME)), IEmergencyAccess.NotBody.selector, "review");
    }

    function test_governance_refusesBodiesAndMembers() public {
        uint256[4] memory callers = [PHYSICIANS, HOSPITAL, GATEWAY, DOCTOR];
        for (uint256 i = 0; i < callers.length; ++i) {
            allRefused(governanceMutators(), callers[i], "governance");
        }
    }

    function test_governance_cannotBeRenounced() public {
        vm.prank(who(GOVERNANCE));
        refused(address(roles), abi.encodeCall(roles.renounceOwnership, ()), IRoleRegistry.GovernanceCannotBeRenounced.selector, "renounced");
    }

    function test_body_refusesMembersAndOtherBodies() public {
        uint256[4] memory callers = [PHARMACISTS, HOSPITAL, DOCTOR, GATEWAY];
        for (uint256 i = 0; i < callers.length; ++i) {
            allRefused(bodyMutators(), callers[i], "body");
        }
    }

    function test_body_refusedOnceDismissed() public {
        appoint(PHYSICIANS, 0);
        allRefused(bodyMutators(), PHYSICIANS, "dismissed");
    }

    function test_member_refusesWrongRole() public {
        Mutator[] memory m = memberMutators();
        oneRefused(m[0], HOSPITAL, "a hospital anchored");
        oneRefused(m[1], DOCTOR, "a doctor opened");
        oneRefused(m[1], GATEWAY, "a gateway opened");
        oneRefused(m[2], PHARMACY, "a pharmacy approved");
        oneRefused(m[3], DOCTOR, "a doctor dispensed");
        oneRefused(m[3], HOSPITAL, "a hospital dispensed");
        oneRefused(m[4], PHARMACY, "a pharmacy withdrew");
        oneRefused(m[4], PHYSICIANS, "a body withdrew");
    }

    function test_member_refusedWhileSuspended() public {
        uint256[5] memory callers = [GATEWAY, HOSPITAL, SECOND, PHARMACY, DOCTOR];
        Mutator[] memory m = memberMutators();
        for (uint256 i = 0; i < callers.length; ++i) {
            suspend(GOVERNANCE, callers[i], true);
            oneRefused(m[i], callers[i], "suspended");
            suspend(GOVERNANCE, callers[i], false);
            vm.prank(who(callers[i]));
            (bool ok,) = m[i].target.call(m[i].data);
            // The prescription was dispensed by then: the doctor is refused for that, not for being nobody.
            assertTrue(ok || i == 4, "reinstated");
        }
    }

    function test_member_refusedOnceItsRoleIsOver() public {
        vm.warp(FAR);
        Mutator[] memory m = memberMutators();
        oneRefused(m[0], GATEWAY, "over");
        oneRefused(m[3], PHARMACY, "over");
        oneRefused(m[4], DOCTOR, "over");
    }

    function test_owner_nobodyActsForAnother() public {
        bytes32 before = consents.grantOf(who(OWNER), ID);
        vm.prank(who(STRANGER));
        consents.grant(ID, word(NOW, NOW + 9 days, 9));
        vm.prank(who(STRANGER));
        consents.setDelegate(who(STRANGER), 3, FAR);
        vm.prank(who(STRANGER));
        consents.revoke(ID);
        assertTrue(consents.grantOf(who(OWNER), ID) == before, "the grant changed");
        (uint8 scope,) = consents.delegateOf(who(OWNER), who(STRANGER));
        assertTrue(scope == 0, "a delegate");
    }
}
