// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ClaimsKey, IssuerId, ListId, Standing} from "./Types.sol";

/// @title Accreditation of issuers
/// @notice Governance adds, suspends, reinstates and removes issuers and assigns them status lists. An issuer is identified by its
/// did:ethr identity; readers derive the DID from that address and the chain id. Everything readers need is in the events.
interface IIssuerRegistry {
    /// @notice `identity` is the address of the did:ethr DID; it never changes.
    event IssuerAdded(IssuerId indexed issuer, address indexed identity);
    /// @notice Names of the issuer and of the body that accredited it, UTF-8.
    event IssuerDescribed(IssuerId indexed issuer, string name, string accreditedBy);
    event StandingSet(IssuerId indexed issuer, Standing standing);
    event KeySet(IssuerId indexed issuer, uint256 x, uint256 y);
    event ListAssigned(IssuerId indexed issuer, ListId indexed list);
    event ControllerProposed(IssuerId indexed issuer, address controller);
    event ControllerSet(IssuerId indexed issuer, address controller);
    /// @notice The account for day-to-day status work; 0 is none.
    event DelegateSet(IssuerId indexed issuer, address delegate);

    error ZeroAddress();
    error TextLength(uint256 length);
    error UnknownIssuer(IssuerId issuer);
    error IdentityTaken(address identity);
    /// @notice The key is off the curve, not canonical or of small order.
    error KeyInvalid();
    /// @notice A key serves once: neither another issuer nor a later rotation may take up a key that was ever used.
    error KeyUsedBefore();
    error WrongStanding(Standing standing);
    error TooManyLists();
    error NotAuthorised(address caller);
    error GovernanceCannotBeRenounced();
    /// @notice The contracts of one deployment do not name each other.
    error Miswired();

    /// @notice Accredits an issuer. Governance only.
    /// @param identity Address of its did:ethr DID, which is also its first controller
    /// @param lists How many status lists it gets at once, at most 16
    function addIssuer(
        address identity,
        ClaimsKey calldata key,
        string calldata name,
        string calldata accreditedBy,
        uint256 lists
    ) external returns (IssuerId issuer);

    /// @notice Corrects the names. Governance only.
    function describeIssuer(IssuerId issuer, string calldata name, string calldata accreditedBy) external;

    /// @notice Empties the leaves of an issuer's lists for now. Governance only.
    function suspendIssuer(IssuerId issuer) external;

    /// @notice Puts the leaves of a suspended issuer back. Governance only.
    function reinstateIssuer(IssuerId issuer) external;

    /// @notice Empties the leaves of an issuer's lists for good. Governance only.
    function removeIssuer(IssuerId issuer) external;

    /// @notice Gives an active issuer more status lists. Governance only.
    function assignLists(IssuerId issuer, uint256 count) external;

    /// @notice Replaces the key in all leaves of an issuer: by its controller while active, by governance while active or suspended.
    function rotateKey(IssuerId issuer, ClaimsKey calldata key) external;

    /// @notice Names the account for day-to-day status work, 0 for none: by the controller while active, or by governance.
    function setDelegate(IssuerId issuer, address delegate) external;

    /// @notice First step of a change of controller: by the controller while active, or by governance.
    function proposeController(IssuerId issuer, address controller) external;

    /// @notice Second step, by the proposed controller. The old controller's delegate goes with it.
    function acceptController(IssuerId issuer) external;

    function tree() external view returns (address);

    /// @notice How many issuers and lists there are; both are numbered from 1 without gaps.
    function counts() external view returns (uint256 issuers, uint256 lists);

    function issuer(IssuerId id)
        external
        view
        returns (address identity, address controller, address delegate, Standing standing, ClaimsKey memory key);

    function listsOf(IssuerId id) external view returns (ListId[] memory);

    /// @return id 0 when the list was never assigned
    function issuerOf(ListId list) external view returns (IssuerId id);

    /// @return id 0 when the identity was never accredited
    function issuerOfIdentity(address identity) external view returns (IssuerId id);

    /// @notice What an account may do with a list.
    /// @return standing Standing of the list's issuer; None when the list was never assigned
    /// @return writer Whether the account is the issuer's controller or its delegate
    function authority(ListId list, address account) external view returns (Standing standing, bool writer);
}
