// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {Statements} from "./Statements.sol";

/// @dev A grant is one slot and one event: nothing else is read or written when an owner acts itself. Owners are keys and stay so: nobody
/// takes an owner's place, because whoever stole the key could stop it, and the owner who has it revokes as fast.
contract ConsentRegistry is IConsentRegistry, Statements {
    struct Delegation {
        uint8 scope;
        uint40 until;
    }

    bytes32 private constant GRANT = keccak256("Grant(address owner,bytes32 id,bytes32 word,uint256 nonce,uint40 deadline)");
    bytes32 private constant REVOKE = keccak256("Revoke(address owner,bytes32 id,uint256 nonce,uint40 deadline)");
    bytes32 private constant SET_DELEGATE =
        keccak256("SetDelegate(address owner,address delegate,uint8 scope,uint40 until,uint256 nonce,uint40 deadline)");
    uint8 private constant TO_GRANT = 1;
    uint8 private constant TO_REVOKE = 2;
    uint256 private constant LONGEST = 3652 days;

    mapping(address owner => mapping(bytes32 id => bytes32 word)) private _grants;
    mapping(address owner => mapping(address delegate => Delegation delegation)) private _delegates;

    constructor() Statements("healthpass ConsentRegistry") {}

    /// @inheritdoc IConsentRegistry
    function grant(bytes32 id, bytes32 word) external {
        _grant(msg.sender, id, word);
    }

    /// @inheritdoc IConsentRegistry
    function grantFor(address owner, bytes32 id, bytes32 word) external {
        _assertMay(owner, msg.sender, TO_GRANT);
        _grant(owner, id, word);
    }

    /// @inheritdoc IConsentRegistry
    function grantBySignature(address owner, bytes32 id, bytes32 word, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        bytes32 statement = keccak256(abi.encode(GRANT, owner, id, word, nonce, deadline));
        _assertMay(owner, _signerOf(statement, nonce, deadline, signature), TO_GRANT);
        _grant(owner, id, word);
    }

    /// @inheritdoc IConsentRegistry
    function revoke(bytes32 id) external {
        _revoke(msg.sender, id);
    }

    /// @inheritdoc IConsentRegistry
    function revokeFor(address owner, bytes32 id) external {
        _assertMay(owner, msg.sender, TO_REVOKE);
        _revoke(owner, id);
    }

    /// @inheritdoc IConsentRegistry
    function revokeBySignature(address owner, bytes32 id, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        bytes32 statement = keccak256(abi.encode(REVOKE, owner, id, nonce, deadline));
        _assertMay(owner, _signerOf(statement, nonce, deadline, signature), TO_REVOKE);
        _revoke(owner, id);
    }

    /// @inheritdoc IConsentRegistry
    function setDelegate(address delegate, uint8 scope, uint40 until) external {
        _setDelegate(msg.sender, delegate, scope, until);
    }

    /// @inheritdoc IConsentRegistry
    function setDelegateBySignature(
        address owner, address delegate, uint8 scope, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(SET_DELEGATE, owner, delegate, scope, until, nonce, deadline));
        _assertSigned(owner, statement, nonce, deadline, signature);
        _setDelegate(owner, delegate, scope, until);
    }

    /// @inheritdoc IConsentRegistry
    function grantOf(address owner, bytes32 id) public view returns (bytes32 word) {
        return _grants[owner][id];
    }

    /// @inheritdoc IConsentRegistry
    function isActive(address owner, bytes32 id) external view returns (bool) {
        (uint256 from, uint256 until) = _times(grantOf(owner, id));
        return from <= block.timestamp && block.timestamp < until;
    }

    /// @inheritdoc IConsentRegistry
    function delegateOf(address owner, address delegate) external view returns (uint8 scope, uint40 until) {
        return (_delegates[owner][delegate].scope, _delegates[owner][delegate].until);
    }

    function _grant(address owner, bytes32 id, bytes32 word) private {
        (uint256 from, uint256 until) = _times(word);
        if (from >= until || until <= block.timestamp || until - from > LONGEST || uint176(uint256(word)) == 0) revert WordInvalid(word);
        _grants[owner][id] = word;
        emit Granted(owner, id, word);
    }

    function _revoke(address owner, bytes32 id) private {
        if (_grants[owner][id] == 0) revert NothingGranted(owner, id);
        delete _grants[owner][id];
        emit Revoked(owner, id);
    }

    function _setDelegate(address owner, address delegate, uint8 scope, uint40 until) private {
        if (scope > TO_GRANT | TO_REVOKE) revert ScopeInvalid(scope);
        if (scope != 0 && until <= block.timestamp) revert UntilInvalid(until);
        if (scope == 0) until = 0;
        _delegates[owner][delegate] = Delegation(scope, until);
        emit DelegateSet(owner, delegate, scope, until);
    }

    function _assertMay(address owner, address caller, uint8 scope) private view {
        if (caller == owner) return;
        Delegation storage delegation = _delegates[owner][caller];
        if (delegation.scope & scope == 0 || block.timestamp >= delegation.until) revert NotAuthorised(caller, owner);
    }

    function _times(bytes32 word) private pure returns (uint256 from, uint256 until) {
        return (uint256(word) >> 216, uint40(uint256(word) >> 176));
    }
}
