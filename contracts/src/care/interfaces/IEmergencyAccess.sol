// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Access in an emergency
/// @notice A hospital asks, others answer for it, and a professional body reviews it afterwards. Who the patient is, why and what for
/// stands behind a commitment. It is released while enough other hospitals have approved and its time is not over.
interface IEmergencyAccess {
    struct Emergency {
        address institution;
        uint40 until;
        uint16 approvals;
        bool reviewed;
        bytes32 commitment;
    }

    event EmergencyOpened(bytes32 indexed id, address indexed institution, bytes32 commitment, uint40 until);
    event EmergencyApproved(bytes32 indexed id, address indexed institution, uint16 approvals);
    event EmergencyReviewed(bytes32 indexed id, address indexed body, bytes32 finding);

    error QuorumInvalid();
    error NotHospital(address caller);
    /// @notice Whoever reviews is responsible for hospitals.
    error NotBody(address caller);
    error IdTaken(bytes32 id);
    error UnknownEmergency(bytes32 id);
    error CommitmentMissing();
    error UntilInvalid(uint40 until);
    /// @notice Nobody approves what it asked for itself.
    error OwnEmergency(bytes32 id);
    error AlreadyApproved(bytes32 id, address institution);
    error EmergencyOver(bytes32 id);
    /// @notice What was neither released nor is over needs no review yet.
    error NotReviewable(bytes32 id);
    error FindingMissing();

    /// @notice Asks for access: by a hospital.
    /// @param until Unix time at which it ends, at most 72 hours ahead
    function open(bytes32 id, bytes32 commitment, uint40 until) external;

    function openBySignature(
        bytes32 id, address institution, bytes32 commitment, uint40 until, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external;

    /// @notice Answers for it: by another hospital, once.
    function approve(bytes32 id) external;

    function approveBySignature(bytes32 id, address institution, uint256 nonce, uint40 deadline, bytes calldata signature) external;

    /// @notice Puts down what a review found, once: by a body that is responsible for hospitals, when it was released or is over. Access ends with it.
    /// @param finding Digest of the report
    function review(bytes32 id, bytes32 finding) external;

    function reviewBySignature(
        bytes32 id, address body, bytes32 finding, uint256 nonce, uint40 deadline, bytes calldata signature
    ) external;

    /// @notice Whether access is released now. Who asked, and those whose approvals count, are hospitals still: one that was suspended since
    /// answers for nobody.
    function isReleased(bytes32 id) external view returns (bool);

    function emergencyOf(bytes32 id) external view returns (Emergency memory);

    function hasApproved(bytes32 id, address institution) external view returns (bool);

    /// @return Approvals of other hospitals that release access
    function quorum() external view returns (uint16);
}
