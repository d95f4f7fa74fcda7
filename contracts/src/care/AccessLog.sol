// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Roles} from "../generated/Roles.sol";
import {IAccessLog} from "./interfaces/IAccessLog.sol";
import {IRoleRegistry} from "./interfaces/IRoleRegistry.sol";

contract AccessLog is IAccessLog {
    struct Head {
        uint64 sequence;
        uint40 time;
    }

    IRoleRegistry private immutable ROLES;

    mapping(address gateway => Head head) private _heads;
    mapping(address gateway => mapping(uint64 sequence => bytes32 root)) private _roots;

    constructor(IRoleRegistry roles) {
        ROLES = roles;
    }

    /// @inheritdoc IAccessLog
    function append(uint64 sequence, bytes32 root) external {
        if (!ROLES.hasRole(msg.sender, Roles.GATEWAY)) revert NotGateway(msg.sender);
        if (root == 0) revert RootMissing();
        Head storage head = _heads[msg.sender];
        uint64 next = head.sequence + 1;
        if (sequence != next) revert WrongSequence(next);
        (head.sequence, head.time) = (next, uint40(block.timestamp));
        _roots[msg.sender][next] = root;
        emit Anchored(msg.sender, next, root, uint40(block.timestamp));
    }

    /// @inheritdoc IAccessLog
    function headOf(address gateway) external view returns (uint64 sequence, uint40 time) {
        return (_heads[gateway].sequence, _heads[gateway].time);
    }

    /// @inheritdoc IAccessLog
    function rootOf(address gateway, uint64 sequence) external view returns (bytes32 root) {
        return _roots[gateway][sequence];
    }
}
