// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title What patients allow
/// @notice An owner is an address that a patient made for one relationship and uses for nothing else. A grant is one word: from the
/// most significant bit on, the Unix times from which (40 bits) and until which (40 bits, not included) it counts, and the digest of the
/// policy with its salt (176 bits). The chain learns neither who nor what.
interface IConsentRegistry {
    event Granted(address indexed owner, bytes32 indexed id, bytes32 word);
    event Revoked(address indexed owner, bytes32 indexed id);
    /// @notice `scope` is a mask: 1 to grant, 2 to revoke; 0 means that the delegate is none any more.
    event DelegateSet(address indexed owner, address indexed delegate, uint8 scope, uint40 until);

    /// @notice Not in order, over already, more than ten years ahead, or without a policy.
    error WordInvalid(bytes32 word);
    error NothingGranted(address owner, bytes32 id);
    error NotAuthorised(address caller, address owner);
    error ScopeInvalid(uint8 scope);
    error UntilInvalid(uint40 until);

    /// @notice Grants, or changes what was granted under the same id: by the owner itself.
    function grant(bytes32 id, bytes32 word) external;

    /// @notice The same by a delegate with scope 1.
    function grantFor(address owner, bytes32 id, bytes32 word) external;

    /// @param signature Of `Grant`, by the owner or by a delegate with scope 1; `nonce` is that of whoever signed
    function grantBySignature(address owner, bytes32 id, bytes32 word, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Ends a grant at once: by the owner itself.
    function revoke(bytes32 id) external;

    /// @notice The same by a delegate with scope 2.
    function revokeFor(address owner, bytes32 id) external;

    /// @param signature Of `Revoke`, by the owner or by a delegate with scope 2; `nonce` is that of whoever signed
    function revokeBySignature(address owner, bytes32 id, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Lets somebody grant or revoke for the owner until a time; scope 0 ends that. By the owner only.
    function setDelegate(address delegate, uint8 scope, uint40 until) external;

    function setDelegateBySignature(
        address owner, address delegate, uint8 scope, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external;

    /// @return word What counts under an id; 0 for nothing
    function grantOf(address owner, bytes32 id) external view returns (bytes32 word);

    /// @notice Whether something is granted under an id, and its time has come and is not over.
    function isActive(address owner, bytes32 id) external view returns (bool);

    function delegateOf(address owner, address delegate) external view returns (uint8 scope, uint40 until);
}
