// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IConsentRegistry} from "../../src/care/interfaces/IConsentRegistry.sol";
import {IDispenseRegistry} from "../../src/care/interfaces/IDispenseRegistry.sol";
import {IEmergencyAccess} from "../../src/care/interfaces/IEmergencyAccess.sol";
import {IRoleRegistry} from "../../src/care/interfaces/IRoleRegistry.sol";
import {Roles} from "../../src/generated/Roles.sol";
import {CareBase} from "./CareBase.sol";

/// @notice What counts and what does not, for any times and masks.
contract CareTest is CareBase {
    bytes32 private constant ID = keccak256("id");
    bytes32 private constant SOME = keccak256("some");

    function setUp() public {
        deployCare();
    }

    function testFuzz_grant_takesOnlyWordsInOrder(uint40 from, uint40 until, uint176 digest) public {
        bytes32 given = word(from, until, digest);
        bool inOrder = from < until && until > NOW && until - from <= 3652 days && digest != 0;
        vm.prank(who(OWNER));
        (bool ok,) = address(consents).call(abi.encodeCall(consents.grant, (ID, given)));
        assertTrue(ok == inOrder, "a word");
        assertTrue(consents.grantOf(who(OWNER), ID) == (inOrder ? given : bytes32(0)), "what counts");
        assertTrue(consents.isActive(who(OWNER), ID) == (inOrder && from <= NOW), "active");
    }

    function testFuzz_grant_countsFromItsBeginningToBeforeItsEnd(uint40 from, uint40 length, uint40 at) public {
        from = NOW + from % 365 days;
        length = 1 + length % 3652 days;
        at = NOW + at % 8000 days;
        vm.prank(who(OWNER));
        consents.grant(ID, word(from, from + length, 7));
        vm.warp(at);
        assertTrue(consents.isActive(who(OWNER), ID) == (at >= from && at < from + length), "active");
        vm.prank(who(OWNER));
        consents.revoke(ID);
        assertTrue(!consents.isActive(who(OWNER), ID), "active after it was revoked");
    }

    function testFuzz_delegate_doesWhatItsScopeSays(uint8 scope, uint40 until, uint40 at) public {
        until = NOW + 1 + until % 100 days;
        at = NOW + at % 200 days;
        vm.prank(who(OWNER));
        (bool ok,) = address(consents).call(abi.encodeCall(consents.setDelegate, (who(DOCTOR), scope, until)));
        assertTrue(ok == (scope <= 3), "a scope");
        vm.warp(at);
        vm.prank(who(OWNER));
        consents.grant(ID, word(NOW, at + 1 days, 1));
        bool lasts = ok && at < until;
        vm.prank(who(DOCTOR));
        (ok,) = address(consents).call(abi.encodeCall(consents.grantFor, (who(OWNER), ID, word(NOW, at + 2 days, 2))));
        assertTrue(ok == (lasts && scope & 1 != 0), "granted");
        vm.prank(who(DOCTOR));
        (ok,) = address(consents).call(abi.encodeCall(consents.revokeFor, (who(OWNER), ID)));
        assertTrue(ok == (lasts && scope & 2 != 0), "revoked");
    }

    function testFuzz_role_suspensionCoversWhatItsBodyIsResponsibleFor(uint16 granted, uint16 first, uint16 second, bool governance) public {
        granted &= Roles.OF_BODIES;
        first &= Roles.OF_BODIES;
        appoint(PHYSICIANS, first);
        appoint(PHARMACISTS, second & Roles.OF_BODIES);
        for (uint8 role = 1; role < Roles.COUNT; ++role) {
            if (granted & mask(role) != 0) member(0x1234, role);
        }
        vm.prank(who(PHYSICIANS));
        (bool ok,) = address(roles).call(abi.encodeCall(roles.setSuspended, (who(0x1234), true)));
        assertTrue(ok == (granted & first != 0), "suspended");
        if (governance && granted != 0) suspend(GOVERNANCE, 0x1234, true);
        for (uint8 role = 0; role < Roles.COUNT; ++role) {
            bool stands = granted & mask(role) != 0 && !(ok && first & mask(role) != 0) && !governance;
            assertTrue(roles.hasRole(who(0x1234), role) == stands, "role");
        }
    }

    function testFuzz_role_numbersBeyondTheListAreRefused(uint8 role, uint16 mask_) public {
        vm.prank(who(GOVERNANCE));
        (bool ok,) = address(roles).call(abi.encodeCall(roles.grantRole, (who(0x1234), role, address(0), FAR)));
        assertTrue(ok == (role != Roles.PATIENT && role < Roles.COUNT), "role");
        assertTrue(roles.hasRole(who(0x1234), role) == ok, "has");
        vm.prank(who(GOVERNANCE));
        (ok,) = address(roles).call(abi.encodeCall(roles.appointBody, (who(PHYSICIANS), mask_)));
        assertTrue(ok == (mask_ & ~Roles.OF_BODIES == 0), "body");
    }

    function test_role_aBodyStopsNoMemberOfAnother() public {
        vm.prank(who(PHARMACISTS));
        roles.grantRole(who(DOCTOR), Roles.LABORATORY, address(0), FAR);
        suspend(PHARMACISTS, DOCTOR, true);
        assertTrue(roles.hasRole(who(DOCTOR), Roles.DOCTOR), "a doctor stopped by pharmacists");
        assertTrue(!roles.hasRole(who(DOCTOR), Roles.LABORATORY), "laboratory");
    }

    function testFuzz_emergency_lastsAtMostThreeDays(uint40 until, uint40 at) public {
        vm.prank(who(HOSPITAL));
        (bool ok,) = address(emergencies).call(abi.encodeCall(emergencies.open, (ID, SOME, until)));
        assertTrue(ok == (until > NOW && until <= NOW + 72 hours), "opened");
        if (!ok) return;
        vm.prank(who(SECOND));
        emergencies.approve(ID);
        assertTrue(!emergencies.isReleased(ID), "released by one");
        vm.prank(who(THIRD));
        emergencies.approve(ID);
        at = NOW + at % 5 days;
        vm.warp(at);
        assertTrue(emergencies.isReleased(ID) == (at < until), "released");
    }

    function test_emergency_countsNoHospitalTwiceNorItsOwn() public {
        vm.prank(who(HOSPITAL));
        emergencies.open(ID, SOME, NOW + 1 days);
        bytes memory approve = abi.encodeCall(emergencies.approve, (ID));
        vm.prank(who(HOSPITAL));
        refused(address(emergencies), approve, IEmergencyAccess.OwnEmergency.selector, "its own");
        vm.prank(who(SECOND));
        emergencies.approve(ID);
        vm.prank(who(SECOND));
        refused(address(emergencies), approve, IEmergencyAccess.AlreadyApproved.selector, "twice");
        assertTrue(emergencies.emergencyOf(ID).approvals == 1 && !emergencies.isReleased(ID), "released");
    }

    function release() private {
        vm.prank(who(HOSPITAL));
        emergencies.open(ID, SOME, NOW + 1 days);
        vm.prank(who(SECOND));
        emergencies.approve(ID);
        vm.prank(who(THIRD));
        emergencies.approve(ID);
    }

    function test_emergency_aSuspendedHospitalAnswersForNobody() public {
        release();
        assertTrue(emergencies.isReleased(ID), "released");
        suspend(GOVERNANCE, SECOND, true);
        assertTrue(!emergencies.isReleased(ID), "by one that is suspended");
        suspend(GOVERNANCE, SECOND, false);
        assertTrue(emergencies.isReleased(ID), "by one that is back");
    }

    function test_emergency_revertsWhenApprovedOnceItIsOverOrReviewed() public {
        vm.prank(who(HOSPITAL));
        emergencies.open(ID, SOME, NOW + 1 days);
        bytes memory approve = abi.encodeCall(emergencies.approve, (ID));
        vm.warp(NOW + 1 days);
        vm.prank(who(SECOND));
        refused(address(emergencies), approve, IEmergencyAccess.EmergencyOver.selector, "over");
        vm.prank(who(PHYSICIANS));
        emergencies.review(ID, SOME);
        vm.warp(NOW);
        vm.prank(who(SECOND));
        refused(address(emergencies), approve, IEmergencyAccess.EmergencyOver.selector, "reviewed");
    }

    function test_emergency_noBodyForOtherRolesEndsIt() public {
        release();
        bytes memory review = abi.encodeCall(emergencies.review, (ID, SOME));
        vm.prank(who(PHARMACISTS));
        refused(address(emergencies), review, IEmergencyAccess.NotBody.selector, "a body of pharmacies reviewed");
        appoint(PHYSICIANS, mask(Roles.DOCTOR));
        vm.prank(who(PHYSICIANS));
        refused(address(emergencies), review, IEmergencyAccess.NotBody.selector, "a body reviewed that is for hospitals no more");
        assertTrue(emergencies.isReleased(ID), "ended");
    }

    function test_emergency_noQuorumOfNobody() public {
        try this.withoutQuorum() {
            assertTrue(false, "deployed");
        } catch (bytes memory reason) {
            assertTrue(bytes4(reason) == IEmergencyAccess.QuorumInvalid.selector, "reason");
        }
    }

    function withoutQuorum() external {
        new EmergencyFactory().make(roles);
    }

    /// @dev A pharmacy, a hospital and other doctors may well know `inner`: it is theirs to no avail.
    function testFuzz_prescription_isWithdrawnByItsPrescriberAlone(bytes32 inner) public {
        bytes32 nullifier = keccak256(abi.encodePacked(who(DOCTOR), inner));
        vm.prank(who(HOSPITAL));
        prescriptions.voidPrescription(inner);
        (IDispenseRegistry.Use untouched,) = prescriptions.useOf(nullifier);
        assertTrue(untouched == IDispenseRegistry.Use.None, "withdrawn by somebody else");
        vm.prank(who(DOCTOR));
        prescriptions.voidPrescription(inner);
        (IDispenseRegistry.Use use, address by) = prescriptions.useOf(nullifier);
        assertTrue(use == IDispenseRegistry.Use.Void && by == who(DOCTOR), "withdrawn");
        vm.prank(who(PHARMACY));
        refused(address(prescriptions), abi.encodeCall(prescriptions.dispense, (nullifier)), IDispenseRegistry.PrescriptionVoid.selector, "dispensed");
    }

    function testFuzz_accesses_sequencesGoUpByOne(uint64[8] memory sequences) public {
        uint64 head;
        for (uint256 i = 0; i < sequences.length; ++i) {
            uint64 sequence = i % 2 == 0 ? sequences[i] % 4 : head + 1;
            vm.prank(who(GATEWAY));
            (bool ok,) = address(accesses).call(abi.encodeCall(accesses.append, (sequence, bytes32(i + 1))));
            assertTrue(ok == (sequence == head + 1), "appended");
            if (ok) head = sequence;
        }
        (uint64 last, uint40 time) = accesses.headOf(who(GATEWAY));
        assertTrue(last == head && time == NOW, "head");
    }
}

import {EmergencyAccess} from "../../src/care/EmergencyAccess.sol";

contract EmergencyFactory {
    function make(IRoleRegistry roles) external {
        new EmergencyAccess(roles, 0);
    }
}
