// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IIssuerRegistry} from "./interfaces/IIssuerRegistry.sol";
import {IRegistryTree} from "./interfaces/IRegistryTree.sol";
import {ClaimsKey, IssuerId, Standing} from "./interfaces/Types.sol";
import {IssuerRecords} from "./IssuerRecords.sol";

/// @dev Governance is one account that is handed over in two steps (a multi-signature wallet or a timelock in earnest): roles would add
/// an administrator above it and nothing that is needed. The controller of an issuer is kept here rather than read from ERC-1056,
/// because there `changeOwner(0)` hands control back to the first key, which may be the stolen one.
contract IssuerRegistry is IssuerRecords, Ownable2Step {
    constructor(address governance, IRegistryTree tree_) IssuerRecords(tree_) Ownable(governance) {}

    /// @inheritdoc IIssuerRegistry
    function addIssuer(
        address identity,
        ClaimsKey calldata key,
        string calldata name,
        string calldata accreditedBy,
        uint256 lists
    ) external onlyOwner returns (IssuerId id) {
        if (TREE.issuerRegistry() != address(this)) revert Miswired();
        Record storage record;
        (id, record) = _add(identity);
        _setController(id, record, identity);
        _describe(id, name, accreditedBy);
        _setStanding(id, record, Standing.Active);
        _setKey(id, record, key);
        _assignLists(id, record, lists);
    }

    /// @inheritdoc IIssuerRegistry
    function describeIssuer(IssuerId id, string calldata name, string calldata accreditedBy) external onlyOwner {
        _known(id);
        _describe(id, name, accreditedBy);
    }

    /// @inheritdoc IIssuerRegistry
    function suspendIssuer(IssuerId id) external onlyOwner {
        Record storage record = _known(id);
        _require(record, Standing.Active);
        _setStanding(id, record, Standing.Suspended);
        TREE.clear(record.lists);
    }

    /// @inheritdoc IIssuerRegistry
    function reinstateIssuer(IssuerId id) external onlyOwner {
        Record storage record = _known(id);
        _require(record, Standing.Suspended);
        _setStanding(id, record, Standing.Active);
        TREE.place(record.lists, record.key);
    }

    /// @inheritdoc IIssuerRegistry
    function removeIssuer(IssuerId id) external onlyOwner {
        Record storage record = _known(id);
        Standing before = record.standing;
        if (before == Standing.Removed) revert WrongStanding(before);
        _setStanding(id, record, Standing.Removed);
        if (before == Standing.Active) TREE.clear(record.lists);
    }

    /// @inheritdoc IIssuerRegistry
    function assignLists(IssuerId id, uint256 count) external onlyOwner {
        Record storage record = _known(id);
        _require(record, Standing.Active);
        _assignLists(id, record, count);
    }

    /// @inheritdoc IIssuerRegistry
    function rotateKey(IssuerId id, ClaimsKey calldata key) external {
        Record storage record = _authorised(id);
        _setKey(id, record, key);
        if (record.standing == Standing.Active) TREE.place(record.lists, key);
    }

    /// @inheritdoc IIssuerRegistry
    function setDelegate(IssuerId id, address delegate) external {
        _setDelegate(id, _authorised(id), delegate);
    }

    /// @inheritdoc IIssuerRegistry
    function proposeController(IssuerId id, address controller) external {
        _authorised(id).proposed = controller;
        emit ControllerProposed(id, controller);
    }

    /// @inheritdoc IIssuerRegistry
    function acceptController(IssuerId id) external {
        Record storage record = _known(id);
        if (record.standing == Standing.Removed) revert WrongStanding(record.standing);
        if (msg.sender != record.proposed) revert NotAuthorised(msg.sender);
        _setController(id, record, msg.sender);
    }

    /// @notice Without governance nobody could suspend an issuer any more.
    function renounceOwnership() public pure override {
        revert GovernanceCannotBeRenounced();
    }

    /// @dev Governance unless the issuer is removed; its controller while it is active.
    function _authorised(IssuerId id) private view returns (Record storage record) {
        record = _known(id);
        if (record.standing == Standing.Removed) revert WrongStanding(record.standing);
        if (msg.sender == owner()) return record;
        if (msg.sender != record.controller) revert NotAuthorised(msg.sender);
        _require(record, Standing.Active);
    }

    function _require(Record storage record, Standing standing) private view {
        if (record.standing != standing) revert WrongStanding(record.standing);
    }
}
