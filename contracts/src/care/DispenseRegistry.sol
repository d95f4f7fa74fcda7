// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../generated/Roles.sol";
import {IDispenseRegistry} from "./interfaces/IDispenseRegistry.sol";
import {IRoleRegistry} from "./interfaces/IRoleRegistry.sol";
import {Statements} from "./Statements.sol";

contract DispenseRegistry is IDispenseRegistry, Statements {
    struct Record {
        Use use;
        address by;
    }

    bytes32 private constant DISPENSE = keccak256("Dispense(bytes32 nullifier,address pharmacy,uint256 nonce,uint40 deadline)");
    bytes32 private constant VOID = keccak256("VoidPrescription(bytes32 inner,address prescriber,uint256 nonce,uint40 deadline)");

    IRoleRegistry private immutable ROLES;

    mapping(bytes32 nullifier => Record record) private _records;

    constructor(IRoleRegistry roles) Statements("healthpass DispenseRegistry") {
        ROLES = roles;
    }

    /// @inheritdoc IDispenseRegistry
    function dispense(bytes32 nullifier) external {
        _dispense(nullifier, msg.sender);
    }

    /// @inheritdoc IDispenseRegistry
    function dispenseBySignature(bytes32 nullifier, address pharmacy, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        bytes32 statement = keccak256(abi.encode(DISPENSE, nullifier, pharmacy, nonce, deadline));
        _assertSigned(pharmacy, statement, nonce, deadline, signature);
        _dispense(nullifier, pharmacy);
    }

    /// @inheritdoc IDispenseRegistry
    function voidPrescription(bytes32 inner) external {
        _void(inner, msg.sender);
    }

    /// @inheritdoc IDispenseRegistry
    function voidPrescriptionBySignature(
        bytes32 inner, address prescriber, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(VOID, inner, prescriber, nonce, deadline));
        _assertSigned(prescriber, statement, nonce, deadline, signature);
        _void(inner, prescriber);
    }

    /// @inheritdoc IDispenseRegistry
    function useOf(bytes32 nullifier) external view returns (Use use, address by) {
        return (_records[nullifier].use, _records[nullifier].by);
    }

    function _dispense(bytes32 nullifier, address pharmacy) private {
        if (!ROLES.hasRole(pharmacy, Roles.PHARMACY)) revert NotPharmacy(pharmacy);
        _useUp(nullifier, Use.Dispensed, pharmacy);
        emit Dispensed(nullifier, pharmacy);
    }

    /// @dev The nullifier contains who may withdraw it: for anybody else the same `inner` gives another one.
    function _void(bytes32 inner, address prescriber) private {
        if (!ROLES.hasRole(prescriber, Roles.DOCTOR) && !ROLES.hasRole(prescriber, Roles.HOSPITAL)) revert NotPrescriber(prescriber);
        bytes32 nullifier = keccak256(abi.encodePacked(prescriber, inner));
        _useUp(nullifier, Use.Void, prescriber);
        emit Voided(nullifier, prescriber);
    }

    /// @dev The only place that writes a record, and it writes none twice.
    function _useUp(bytes32 nullifier, Use use, address by) private {
        if (nullifier == 0) revert NullifierMissing();
        Use before = _records[nullifier].use;
        if (before == Use.Dispensed) revert AlreadyDispensed(nullifier);
        if (before == Use.Void) revert PrescriptionVoid(nullifier);
        _records[nullifier] = Record(use, by);
    }
}
