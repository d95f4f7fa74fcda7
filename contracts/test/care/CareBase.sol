// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../../src/generated/Roles.sol";
import {AccessLog} from "../../src/care/AccessLog.sol";
import {ConsentRegistry} from "../../src/care/ConsentRegistry.sol";
import {DispenseRegistry} from "../../src/care/DispenseRegistry.sol";
import {EmergencyAccess} from "../../src/care/EmergencyAccess.sol";
import {RoleRegistry} from "../../src/care/RoleRegistry.sol";
import {Vm} from "../Vm.sol";

/// @notice The care contracts as they are deployed in earnest, and the people who act on them. A person is a private key.
abstract contract CareBase {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 internal constant GOVERNANCE = 0x60;
    uint256 internal constant PHYSICIANS = 0xB1;
    uint256 internal constant PHARMACISTS = 0xB2;
    uint256 internal constant DOCTOR = 0xD0;
    uint256 internal constant PHARMACY = 0xF0;
    uint256 internal constant HOSPITAL = 0xA0;
    uint256 internal constant SECOND = 0xA1;
    uint256 internal constant THIRD = 0xA2;
    uint256 internal constant GATEWAY = 0x90;
    uint256 internal constant OWNER = 0x77;
    uint256 internal constant STRANGER = 0xBAD;

    uint40 internal constant NOW = 1795305600;
    uint40 internal constant FAR = 4000000000;
    uint16 internal constant QUORUM = 2;

    RoleRegistry internal roles;
    ConsentRegistry internal consents;
    AccessLog internal accesses;
    EmergencyAccess internal emergencies;
    DispenseRegistry internal prescriptions;

    function deployCare() internal {
        vm.warp(NOW);
        roles = new RoleRegistry(who(GOVERNANCE));
        consents = new ConsentRegistry();
        accesses = new AccessLog(roles);
        emergencies = new EmergencyAccess(roles, QUORUM);
        prescriptions = new DispenseRegistry(roles);
        appoint(PHYSICIANS, mask(Roles.DOCTOR) | mask(Roles.NURSE) | mask(Roles.HOSPITAL));
        appoint(PHARMACISTS, mask(Roles.PHARMACY) | mask(Roles.LABORATORY));
        member(DOCTOR, Roles.DOCTOR);
        member(PHARMACY, Roles.PHARMACY);
        member(HOSPITAL, Roles.HOSPITAL);
        member(SECOND, Roles.HOSPITAL);
        member(THIRD, Roles.HOSPITAL);
        member(GATEWAY, Roles.GATEWAY);
    }

    function who(uint256 key) internal pure returns (address) {
        return vm.addr(key);
    }

    function mask(uint8 role) internal pure returns (uint16) {
        return uint16(1 << role);
    }

    function appoint(uint256 body, uint16 roles_) internal {
        vm.prank(who(GOVERNANCE));
        roles.appointBody(who(body), roles_);
    }

    function member(uint256 key, uint8 role) internal {
        vm.prank(who(GOVERNANCE));
        roles.grantRole(who(key), role, address(0), FAR);
    }

    function suspend(uint256 by, uint256 key, bool suspended) internal {
        vm.prank(who(by));
        roles.setSuspended(who(key), suspended);
    }

    function word(uint40 from, uint40 until, uint176 digest) internal pure returns (bytes32) {
        return bytes32((uint256(from) << 216) | (uint256(until) << 176) | digest);
    }

    /// @dev EIP-712 written out again, so that a mistake in the contracts' own is not repeated here.
    function digestOf(address target, string memory name, bytes32 statement) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                target
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, statement));
    }

    function signed(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The other signature that anybody can make of one.
    function twisted(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        return abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
    }

    function refused(address target, bytes memory data, bytes4 reason, string memory what) internal {
        (bool ok, bytes memory answer) = target.call(data);
        assertTrue(!ok, string.concat("went through: ", what));
        assertTrue(bytes4(answer) == reason, string.concat("refused for another reason: ", what));
    }

    function assertTrue(bool condition, string memory what) internal pure {
        require(condition, what);
    }
}
