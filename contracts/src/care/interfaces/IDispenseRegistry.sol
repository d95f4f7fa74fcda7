// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Prescriptions are dispensed once
/// @notice A nullifier is keccak256(prescriber, inner), packed; `inner` is derived from a secret of the prescription: it links to no patient and to no
/// other prescription, and nobody but the prescriber can withdraw it.
interface IDispenseRegistry {
    enum Use {
        None,
        Dispensed,
        Void
    }

    event Dispensed(bytes32 indexed nullifier, address indexed pharmacy);
    event Voided(bytes32 indexed nullifier, address indexed prescriber);

    error NullifierMissing();
    error NotPharmacy(address caller);
    error NotPrescriber(address caller);
    error AlreadyDispensed(bytes32 nullifier);
    error PrescriptionVoid(bytes32 nullifier);

    /// @notice Uses the prescription up: by a pharmacy.
    function dispense(bytes32 nullifier) external;

    function dispenseBySignature(bytes32 nullifier, address pharmacy, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Withdraws a prescription that was not dispensed: by the doctor or the hospital that prescribed it, whose address its nullifier contains.
    function voidPrescription(bytes32 inner) external;

    function voidPrescriptionBySignature(
        bytes32 inner, address prescriber, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external;

    /// @return use What became of it
    /// @return by Who dispensed or withdrew it, 0 for nobody
    function useOf(bytes32 nullifier) external view returns (Use use, address by);
}
