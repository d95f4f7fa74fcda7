// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Statements that anybody may carry
/// @notice What is signed is EIP-712 typed data of this chain and this contract, good once (by the signer's nonce here) and until a
/// deadline. The carrier has no say in it and gains nothing by it; who it is does not matter.
interface IStatements {
    /// @notice The time after which the statement counts no more has passed.
    error StatementExpired(uint40 deadline);
    /// @notice Somebody else signed, or something else.
    error WrongSigner(address signer);
}
