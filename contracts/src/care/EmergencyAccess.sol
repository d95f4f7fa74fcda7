// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../generated/Roles.sol";
import {IEmergencyAccess} from "./interfaces/IEmergencyAccess.sol";
import {IRoleRegistry} from "./interfaces/IRoleRegistry.sol";
import {Statements} from "./Statements.sol";

contract EmergencyAccess is IEmergencyAccess, Statements {
    bytes32 private constant OPEN =
        keccak256("OpenEmergency(bytes32 id,address institution,bytes32 commitment,uint40 until,uint256 nonce,uint40 deadline)");
    bytes32 private constant APPROVE = keccak256("ApproveEmergency(bytes32 id,address institution,uint256 nonce,uint40 deadline)");
    bytes32 private constant REVIEW = keccak256("ReviewEmergency(bytes32 id,address body,bytes32 finding,uint256 nonce,uint40 deadline)");
    uint256 private constant LONGEST = 72 hours;

    IRoleRegistry private immutable ROLES;
    uint16 private immutable QUORUM;

    mapping(bytes32 id => Emergency emergency) private _emergencies;
    /// As many as the emergency has approvals.
    mapping(bytes32 id => mapping(uint256 number => address institution)) private _approvers;

    constructor(IRoleRegistry roles, uint16 quorum_) Statements("healthpass EmergencyAccess") {
        if (quorum_ == 0) revert QuorumInvalid();
        ROLES = roles;
        QUORUM = quorum_;
    }

    /// @inheritdoc IEmergencyAccess
    function open(bytes32 id, bytes32 commitment, uint40 until) external {
        _open(id, msg.sender, commitment, until);
    }

    /// @inheritdoc IEmergencyAccess
    function openBySignature(
        bytes32 id, address institution, bytes32 commitment, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(OPEN, id, institution, commitment, until, nonce, deadline));
        _assertSigned(institution, statement, nonce, deadline, signature);
        _open(id, institution, commitment, until);
    }

    /// @inheritdoc IEmergencyAccess
    function approve(bytes32 id) external {
        _approve(id, msg.sender);
    }

    /// @inheritdoc IEmergencyAccess
    function approveBySignature(bytes32 id, address institution, uint256 nonce, uint40 deadline, bytes calldata signature) external {
        bytes32 statement = keccak256(abi.encode(APPROVE, id, institution, nonce, deadline));
        _assertSigned(institution, statement, nonce, deadline, signature);
        _approve(id, institution);
    }

    /// @inheritdoc IEmergencyAccess
    function review(bytes32 id, bytes32 finding) external {
        _review(id, msg.sender, finding);
    }

    /// @inheritdoc IEmergencyAccess
    function reviewBySignature(
        bytes32 id, address body, bytes32 finding, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external {
        bytes32 statement = keccak256(abi.encode(REVIEW, id, body, finding, nonce, deadline));
        _assertSigned(body, statement, nonce, deadline, signature);
        _review(id, body, finding);
    }

    /// @inheritdoc IEmergencyAccess
    function isReleased(bytes32 id) external view returns (bool) {
        Emergency storage emergency = _emergencies[id];
        return !emergency.reviewed && block.timestamp < emergency.until
            && ROLES.hasRole(emergency.institution, Roles.HOSPITAL) && _isAnsweredFor(id);
    }

    /// @inheritdoc IEmergencyAccess
    function emergencyOf(bytes32 id) external view returns (Emergency memory) {
        return _emergencies[id];
    }

    /// @inheritdoc IEmergencyAccess
    function hasApproved(bytes32 id, address institution) external view returns (bool) {
        return _hasApproved(id, institution);
    }

    /// @inheritdoc IEmergencyAccess
    function quorum() external view returns (uint16) {
        return QUORUM;
    }

    function _open(bytes32 id, address institution, bytes32 commitment, uint40 until) private {
        _assertHospital(institution);
        if (_emergencies[id].institution != address(0)) revert IdTaken(id);
        if (commitment == 0) revert CommitmentMissing();
        if (until <= block.timestamp || until > block.timestamp + LONGEST) revert UntilInvalid(until);
        _emergencies[id] = Emergency(institution, until, 0, false, commitment);
        emit EmergencyOpened(id, institution, commitment, until);
    }

    function _approve(bytes32 id, address institution) private {
        _assertHospital(institution);
        Emergency storage emergency = _known(id);
        if (institution == emergency.institution) revert OwnEmergency(id);
        if (emergency.reviewed || block.timestamp >= emergency.until) revert EmergencyOver(id);
        if (_hasApproved(id, institution)) revert AlreadyApproved(id, institution);
        uint16 approvals = emergency.approvals;
        _approvers[id][approvals] = institution;
        emergency.approvals = approvals + 1;
        emit EmergencyApproved(id, institution, approvals + 1);
    }

    function _review(bytes32 id, address body, bytes32 finding) private {
        if ((ROLES.bodyRoles(body) >> Roles.HOSPITAL) & 1 == 0) revert NotBody(body);
        Emergency storage emergency = _known(id);
        if (finding == 0) revert FindingMissing();
        if (emergency.reviewed || (emergency.approvals < QUORUM && block.timestamp < emergency.until)) revert NotReviewable(id);
        emergency.reviewed = true;
        emit EmergencyReviewed(id, body, finding);
    }

    function _hasApproved(bytes32 id, address institution) private view returns (bool) {
        uint256 count = _emergencies[id].approvals;
        for (uint256 i = 0; i < count; ++i) {
            if (_approvers[id][i] == institution) return true;
        }
        return false;
    }

    /// Whether enough of those who approved are hospitals still.
    function _isAnsweredFor(bytes32 id) private view returns (bool) {
        uint256 count = _emergencies[id].approvals;
        uint256 standing = 0;
        for (uint256 i = 0; i < count && standing < QUORUM; ++i) {
            if (ROLES.hasRole(_approvers[id][i], Roles.HOSPITAL)) ++standing;
        }
        return standing >= QUORUM;
    }

    function _known(bytes32 id) private view returns (Emergency storage emergency) {
        emergency = _emergencies[id];
        if (emergency.institution == address(0)) revert UnknownEmergency(id);
    }

    function _assertHospital(address institution) private view {
        if (!ROLES.hasRole(institution, Roles.HOSPITAL)) revert NotHospital(institution);
    }
}
