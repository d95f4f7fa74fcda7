// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../../src/generated/Roles.sol";
import {AccessLog} from "../../src/care/AccessLog.sol";
import {ConsentRegistry} from "../../src/care/ConsentRegistry.sol";
import {IDispenseRegistry} from "../../src/care/interfaces/IDispenseRegistry.sol";
import {DispenseRegistry} from "../../src/care/DispenseRegistry.sol";
import {EmergencyAccess} from "../../src/care/EmergencyAccess.sol";
import {IEmergencyAccess} from "../../src/care/interfaces/IEmergencyAccess.sol";
import {RoleRegistry} from "../../src/care/RoleRegistry.sol";
import {CareBase} from "./CareBase.sol";
import {CareHandler} from "./CareHandler.sol";

/// @notice What holds whatever anybody does.
contract CareInvariantsTest is CareBase {
    CareHandler private handler;

    function setUp() public {
        handler = new CareHandler();
        (address roles_, address consents_, address accesses_, address emergencies_, address prescriptions_) = handler.system();
        (roles, consents, accesses) = (RoleRegistry(roles_), ConsentRegistry(consents_), AccessLog(accesses_));
        (emergencies, prescriptions) = (EmergencyAccess(emergencies_), DispenseRegistry(prescriptions_));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_nobodyOversteps() public view {
        assertTrue(handler.trespasses() == 0, "trespasses");
    }

    function invariant_nullifiersCountAtMostOnce() public view {
        for (uint256 i = 0; i < handler.COUNT(); ++i) {
            assertTrue(handler.uses(i) <= 1, "used twice");
            (IDispenseRegistry.Use use, address by) = prescriptions.useOf(handler.nullifierOf(i));
            assertTrue((use == IDispenseRegistry.Use.None) == (handler.uses(i) == 0), "use");
            assertTrue(use != IDispenseRegistry.Use.Void || by == who(DOCTOR), "withdrawn by somebody else");
        }
    }

    function invariant_anchorsAreNeverRewritten() public view {
        for (uint256 i = 0; i < 8; ++i) {
            uint256 key = handler.person(i);
            bytes32[] memory roots = handler.rootsOf(key);
            (uint64 sequence,) = accesses.headOf(who(key));
            assertTrue(sequence == roots.length, "head");
            for (uint64 j = 0; j < roots.length; ++j) {
                assertTrue(accesses.rootOf(who(key), j + 1) == roots[j], "root");
            }
            assertTrue(accesses.rootOf(who(key), sequence + 1) == 0, "a root beyond the head");
        }
    }

    function invariant_aRevokedGrantIsNeverActive() public view {
        for (uint256 i = 0; i < 8; ++i) {
            uint256 key = handler.person(i);
            for (uint256 id = 0; id < handler.COUNT(); ++id) {
                bytes32 expected = handler.granted(key, id);
                assertTrue(consents.grantOf(who(key), bytes32(id)) == expected, "what counts");
                if (expected == 0) assertTrue(!consents.isActive(who(key), bytes32(id)), "active");
            }
        }
    }

    function invariant_suspendedMembersHaveNoRole() public view {
        for (uint256 i = 0; i < 8; ++i) {
            uint256 key = handler.person(i);
            if (!handler.stopped(key)) continue;
            for (uint8 role = 0; role < Roles.COUNT; ++role) {
                assertTrue(!roles.hasRole(who(key), role), "role");
            }
        }
    }

    function invariant_approvalsCountNoInstitutionTwice() public view {
        for (uint256 id = 0; id < handler.COUNT(); ++id) {
            (uint256 distinct, uint256 standing) = (0, 0);
            for (uint256 i = 0; i < 8; ++i) {
                uint256 times = handler.approvals(id, handler.person(i));
                assertTrue(times <= 1, "twice");
                distinct += times;
                if (!handler.stopped(handler.person(i))) standing += times;
            }
            IEmergencyAccess.Emergency memory emergency = emergencies.emergencyOf(bytes32(id));
            assertTrue(emergency.approvals == distinct, "approvals");
            uint256 opener = handler.openedBy(id);
            if (opener != 0) assertTrue(emergency.institution == who(opener) && handler.approvals(id, opener) == 0, "its own");
            if (emergencies.isReleased(bytes32(id))) assertTrue(standing >= QUORUM && block.timestamp < emergency.until, "released");
        }
    }
}
