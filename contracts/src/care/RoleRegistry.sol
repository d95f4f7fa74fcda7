// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Roles} from "../generated/Roles.sol";
import {IRoleRegistry} from "./interfaces/IRoleRegistry.sol";
import {Statements} from "./Statements.sol";

/// @dev A member's masks share a slot, so that a suspension is one write and is seen by whoever asks next.
contract RoleRegistry is IRoleRegistry, Statements, Ownable2Step {
    struct Member {
        uint16 roles;
        uint16 suspended;
    }

    struct Terms {
        address organisation;
        uint40 until;
    }

    bytes32 private constant GRANT_ROLE =
        keccak256("GrantRole(address member,uint8 role,address organisation,uint40 until,uint256 nonce,uint40 deadline)");
    bytes32 private constant SUSPEND_MEMBER = keccak256("SuspendMember(address member,bool suspended,uint256 nonce,uint40 deadline)");
    bytes32 private constant WITHDRAW_ROLE = keccak256("WithdrawRole(address member,uint8 role,uint256 nonce,uint40 deadline)");
    /// @dev Set by governance: suspended whatever the role.
    uint16 private constant IN_EVERY_ROLE = 1 << 15;

    mapping(address body => uint16 roles) private _bodies;
    mapping(address member => Member record) private _members;
    mapping(address member => mapping(uint8 role => Terms terms)) private _terms;

    constructor(address governance) Statements("healthpass RoleRegistry") Ownable(governance) {}

    /// @inheritdoc IRoleRegistry
    function appointBody(address body, uint16 roles) external onlyOwner {
        if (body == address(0)) revert ZeroAddress();
        if (roles & ~Roles.OF_BODIES != 0) revert RolesNotForBodies(roles);
        _bodies[body] = roles;
        emit BodyAppointed(body, roles);
    }

    /// @inheritdoc IRoleRegistry
    function grantRole(address member, uint8 role, address organisation, uint40 until) external {
        _grantRole(msg.sender, member, role, organisation, until);
    }

    /// @inheritdoc IRoleRegistry
    function grantRoleBySignature(
        address member, uint8 role, address organisation, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(GRANT_ROLE, member, role, organisation, until, nonce, deadline));
        _grantRole(_signerOf(statement, nonce, deadline, signature), member, role, organisation, until);
    }

    /// @inheritdoc IRoleRegistry
    function withdrawRole(address member, uint8 role) external {
        _withdrawRole(msg.sender, member, role);
    }

    /// @inheritdoc IRoleRegistry
    function withdrawRoleBySignature(address member, uint8 role, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        bytes32 statement = keccak256(abi.encode(WITHDRAW_ROLE, member, role, nonce, deadline));
        _withdrawRole(_signerOf(statement, nonce, deadline, signature), member, role);
    }

    /// @inheritdoc IRoleRegistry
    function setSuspended(address member, bool suspended) external {
        _setSuspended(msg.sender, member, suspended);
    }

    /// @inheritdoc IRoleRegistry
    function setSuspendedBySignature(
        address member, bool suspended, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(SUSPEND_MEMBER, member, suspended, nonce, deadline));
        _setSuspended(_signerOf(statement, nonce, deadline, signature), member, suspended);
    }

    /// @inheritdoc IRoleRegistry
    function hasRole(address member, uint8 role) external view returns (bool) {
        Member storage record = _members[member];
        (uint16 roles, uint16 suspended) = (record.roles, record.suspended);
        if (suspended & IN_EVERY_ROLE != 0 || !_has(roles & ~suspended, role)) return false;
        return block.timestamp < _terms[member][role].until;
    }

    /// @inheritdoc IRoleRegistry
    function memberOf(address member) external view returns (uint16 roles, uint16 suspended) {
        return (_members[member].roles, _members[member].suspended);
    }

    /// @inheritdoc IRoleRegistry
    function termsOf(address member, uint8 role) external view returns (address organisation, uint40 until) {
        return (_terms[member][role].organisation, _terms[member][role].until);
    }

    /// @inheritdoc IRoleRegistry
    function bodyRoles(address body) external view returns (uint16) {
        return _bodies[body];
    }

    /// @notice Without governance nobody could appoint or dismiss a body any more.
    function renounceOwnership() public pure override {
        revert GovernanceCannotBeRenounced();
    }

    function _grantRole(address by, address member, uint8 role, address organisation, uint40 until) private {
        if (member == address(0)) revert ZeroAddress();
        if (role == Roles.PATIENT) revert PatientsStayOffChain();
        if (role >= Roles.COUNT) revert UnknownRole(role);
        if (until <= block.timestamp) revert UntilInvalid(until);
        _assertResponsible(by, member, role);
        _members[member].roles |= uint16(1 << role);
        _terms[member][role] = Terms(organisation, until);
        emit RoleGranted(member, role, organisation, until, by);
    }

    function _withdrawRole(address by, address member, uint8 role) private {
        _assertResponsible(by, member, role);
        Member storage record = _members[member];
        if (!_has(record.roles, role)) revert RoleNotHeld(member, role);
        record.roles &= ~uint16(1 << role);
        delete _terms[member][role];
        emit RoleWithdrawn(member, role, by);
    }

    function _setSuspended(address by, address member, bool suspended) private {
        Member storage record = _members[member];
        uint16 now_ = record.suspended;
        if (by == owner()) {
            if (record.roles == 0 && suspended) revert NotResponsible(by, member);
            now_ = suspended ? now_ | IN_EVERY_ROLE : 0;
        } else {
            uint16 own = _bodies[by];
            if (own & record.roles == 0) revert NotResponsible(by, member);
            now_ = suspended ? now_ | own : now_ & ~own;
        }
        record.suspended = now_;
        emit SuspensionSet(member, now_, by);
    }

    function _assertResponsible(address by, address member, uint8 role) private view {
        if (by != owner() && !_has(_bodies[by], role)) revert NotResponsible(by, member);
    }

    function _has(uint16 roles, uint8 role) private pure returns (bool) {
        return (roles >> role) & 1 == 1;
    }
}
