// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../../src/generated/Roles.sol";
import {IDispenseRegistry} from "../../src/care/interfaces/IDispenseRegistry.sol";
import {CareBase} from "./CareBase.sol";

/// @notice Does anything, as anybody, in any order, and keeps its own account of what went through.
contract CareHandler is CareBase {
    uint256 public constant COUNT = 4;

    mapping(uint256 prescription => uint256 times) public uses;
    mapping(uint256 gateway => bytes32[] roots) private _roots;
    mapping(uint256 owner => mapping(uint256 id => bytes32 word)) public granted;
    mapping(uint256 emergency => mapping(uint256 institution => uint256 times)) public approvals;
    mapping(uint256 emergency => uint256 institution) public openedBy;
    mapping(uint256 person => bool stopped) public stopped;
    uint256 public trespasses;

    constructor() {
        deployCare();
    }

    function system() external view returns (address, address, address, address, address) {
        return (address(roles), address(consents), address(accesses), address(emergencies), address(prescriptions));
    }

    /// @dev Anybody, members of every role among them.
    function person(uint256 seed) public pure returns (uint256) {
        uint256[8] memory people = [GATEWAY, HOSPITAL, SECOND, THIRD, PHARMACY, DOCTOR, STRANGER, PHYSICIANS];
        return people[seed % 8];
    }

    function rootsOf(uint256 gateway) external view returns (bytes32[] memory) {
        return _roots[gateway];
    }

    function suspendOrReinstate(uint256 seed, bool suspended) external {
        uint256 key = person(seed % 6);
        suspend(GOVERNANCE, key, suspended);
        stopped[key] = suspended;
    }

    function passTime(uint256 by) external {
        vm.warp(block.timestamp + by % 2 hours);
    }

    function append(uint256 seed, uint64 sequence, bytes32 root) external {
        uint256 key = person(seed % 2 == 0 ? 0 : seed);
        vm.prank(who(key));
        (bool ok,) = address(accesses).call(abi.encodeCall(accesses.append, (seed % 3 == 0 ? sequence : uint64(_roots[key].length + 1), root)));
        if (!ok) return;
        if (key != GATEWAY || stopped[key]) ++trespasses;
        _roots[key].push(root);
    }

    function dispense(uint256 seed, uint256 prescription, bool void_) external {
        (uint256 key, uint256 n) = (person(seed), prescription % COUNT);
        bytes memory data = void_
            ? abi.encodeCall(IDispenseRegistry.voidPrescription, (bytes32(n + 1)))
            : abi.encodeCall(IDispenseRegistry.dispense, (nullifierOf(n)));
        vm.prank(who(key));
        (bool ok,) = address(prescriptions).call(data);
        if (!ok) return;
        bool may = void_ ? key == DOCTOR || key == HOSPITAL || key == SECOND || key == THIRD : key == PHARMACY;
        if (!may || stopped[key]) ++trespasses;
        if (!void_ || key == DOCTOR) ++uses[n]; // what others withdraw is of their own
    }

    /// @dev All prescriptions are the doctor's.
    function nullifierOf(uint256 n) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(who(DOCTOR), bytes32(n + 1)));
    }

    function grantOrRevoke(uint256 seed, uint256 idSeed, uint40 from, uint40 until, uint176 digest, bool revoke) external {
        (uint256 key, uint256 id) = (person(seed), idSeed % COUNT);
        from = uint40(block.timestamp) - 1 hours + from % 2 hours;
        bytes32 given = word(from, from + until % 4 hours, digest);
        vm.prank(who(key));
        (bool ok,) = address(consents).call(
            revoke ? abi.encodeCall(consents.revoke, (bytes32(id))) : abi.encodeCall(consents.grant, (bytes32(id), given))
        );
        if (ok) granted[key][id] = revoke ? bytes32(0) : given;
    }

    function openOrApprove(uint256 seed, uint256 idSeed, bool open, uint40 until) external {
        // Mostly hospitals, and few emergencies: what may count twice must meet often.
        (uint256 key, uint256 id) = (person(seed % 4 == 0 ? seed / 4 : 1 + (seed / 4) % 3), idSeed % 2);
        open = open && openedBy[id] == 0 || seed % 11 == 0;
        bytes memory data = open
            ? abi.encodeCall(emergencies.open, (bytes32(id), bytes32(uint256(1)), uint40(block.timestamp) + until % 80 hours))
            : abi.encodeCall(emergencies.approve, (bytes32(id)));
        vm.prank(who(key));
        (bool ok,) = address(emergencies).call(data);
        if (!ok) return;
        bool may = key == HOSPITAL || key == SECOND || key == THIRD;
        if (!may || stopped[key]) ++trespasses;
        if (!open) ++approvals[id][key];
        else if (openedBy[id] != 0) ++trespasses;
        else openedBy[id] = key;
    }
}
