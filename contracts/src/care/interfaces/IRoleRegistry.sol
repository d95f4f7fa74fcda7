// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Who may do what in care
/// @notice Governance appoints professional bodies for some roles; a body grants, withdraws and suspends these. Roles are numbered as
/// `Roles` has them. What a body decides counts as a transaction of its own, or as an EIP-712 statement that anybody carries. Nothing
/// here is about patients: their role is a credential, and stands nowhere on chain.
interface IRoleRegistry {
    /// @notice `roles` is a bit mask; 0 means that the body was dismissed.
    event BodyAppointed(address indexed body, uint16 roles);
    /// @notice `organisation` is whom the member acts for, 0 for itself; `by` the body that decided, or governance.
    event RoleGranted(address indexed member, uint8 indexed role, address organisation, uint40 until, address by);
    event RoleWithdrawn(address indexed member, uint8 indexed role, address by);
    /// @notice `suspended` are the member's suspended roles from now on; bit 15 stands for all of them.
    event SuspensionSet(address indexed member, uint16 suspended, address by);

    error ZeroAddress();
    error UnknownRole(uint8 role);
    /// @notice Nothing about a patient goes on chain.
    error PatientsStayOffChain();
    /// @notice Only governance decides on gateways, and nobody on patients.
    error RolesNotForBodies(uint16 roles);
    error UntilInvalid(uint40 until);
    error NotResponsible(address caller, address member);
    error RoleNotHeld(address member, uint8 role);
    error GovernanceCannotBeRenounced();

    /// @notice Appoints a body for the roles of a mask, or changes them; 0 dismisses it. Roles that it granted stay. Governance only.
    function appointBody(address body, uint16 roles) external;

    /// @notice Grants a role until a Unix time, or changes its terms: by a body responsible for it, or by governance.
    /// @param organisation Whom the member acts for; 0 for itself
    function grantRole(address member, uint8 role, address organisation, uint40 until) external;

    function grantRoleBySignature(
        address member, uint8 role, address organisation, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external;

    /// @notice Takes a role away: by a body responsible for it, or by governance.
    function withdrawRole(address member, uint8 role) external;

    function withdrawRoleBySignature(address member, uint8 role, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Suspends or reinstates a member. A body: in all roles that it is responsible for, when the member holds one of them. It is
    /// not more, or a body could grant its role to a member of another and stop that member's work. Governance: in every role; it lifts
    /// whatever suspension there is, and no body lifts governance's.
    function setSuspended(address member, bool suspended) external;

    function setSuspendedBySignature(address member, bool suspended, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Whether a member holds a role now: granted, not over, not suspended.
    function hasRole(address member, uint8 role) external view returns (bool);

    /// @return roles Mask of the roles that were granted and not withdrawn, over or not
    /// @return suspended Mask of suspended roles; bit 15 stands for all of them
    function memberOf(address member) external view returns (uint16 roles, uint16 suspended);

    /// @notice Terms of a role that a member was granted; zeros for others.
    function termsOf(address member, uint8 role) external view returns (address organisation, uint40 until);

    /// @return Mask of the roles that a body is responsible for; 0 for whoever is none
    function bodyRoles(address body) external view returns (uint16);
}
