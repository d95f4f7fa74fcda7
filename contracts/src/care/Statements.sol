// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IStatements} from "./interfaces/IStatements.sol";

/// @dev Each statement is checked by the function that acts on it. There is no trusted forwarder (ERC-2771) and no multicall: where both
/// are, whoever carries a call can make it another's. Of the two signatures that anybody can make of one, ECDSA takes the one with low s.
abstract contract Statements is IStatements, EIP712, Nonces {
    constructor(string memory name) EIP712(name, "1") {}

    /// @dev Who signed; uses up the nonce. Of something else it is some address that nobody has a key of, so callers ask what it may.
    function _signerOf(bytes32 statement, uint256 nonce, uint40 deadline, bytes calldata signature)
        internal
        returns (address signer)
    {
        signer = _recover(statement, deadline, signature);
        _useCheckedNonce(signer, nonce);
    }

    /// @dev Makes sure that one signed who is named in the statement; uses up the nonce.
    function _assertSigned(address by, bytes32 statement, uint256 nonce, uint40 deadline, bytes calldata signature) internal {
        address signer = _recover(statement, deadline, signature);
        if (signer != by) revert WrongSigner(signer);
        _useCheckedNonce(signer, nonce);
    }

    function _recover(bytes32 statement, uint40 deadline, bytes calldata signature) internal view returns (address) {
        if (block.timestamp > deadline) revert StatementExpired(deadline);
        return ECDSA.recoverCalldata(_hashTypedDataV4(statement), signature);
    }
}
