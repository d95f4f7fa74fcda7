// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {PoseidonT3} from "poseidon-solidity/PoseidonT3.sol";
import {Constants} from "../src/generated/Constants.sol";
import {IRegistryTree} from "../src/interfaces/IRegistryTree.sol";
import {IIssuerRegistry} from "../src/interfaces/IIssuerRegistry.sol";
import {IStatusRegistry} from "../src/interfaces/IStatusRegistry.sol";
import {ClaimsKey, IssuerId, ListId, Standing} from "../src/interfaces/Types.sol";
import {IssuerRegistry} from "../src/IssuerRegistry.sol";
import {RegistryTree} from "../src/RegistryTree.sol";
import {StatusRegistry} from "../src/StatusRegistry.sol";
import {Keys} from "./Keys.sol";
import {Vm} from "./Vm.sol";

/// @notice A system as it is deployed in earnest, its people, and what tests ask.
abstract contract Base {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address internal constant GOVERNANCE = address(0x60);
    address internal constant CLINIC = address(0xC1);
    address internal constant DELEGATE = address(0xDE);
    address internal constant STRANGER = address(0xBAD);
    IssuerId internal constant ONE = IssuerId.wrap(1);
    ListId internal constant LIST = ListId.wrap(1);

    RegistryTree internal tree;
    IssuerRegistry internal issuers;
    StatusRegistry internal statuses;

    function deploy() internal {
        uint256 nonce = vm.getNonce(address(this));
        address at1 = vm.computeCreateAddress(address(this), nonce + 1);
        address at2 = vm.computeCreateAddress(address(this), nonce + 2);
        tree = new RegistryTree(at1, at2);
        issuers = new IssuerRegistry(GOVERNANCE, tree);
        statuses = new StatusRegistry(issuers, tree);
    }

    /// @dev One issuer with a delegate and some lists.
    function deployWithIssuer(uint256 lists) internal {
        deploy();
        vm.prank(GOVERNANCE);
        issuers.addIssuer(CLINIC, Keys.key(0), "Clinic", "Ministry", lists);
        vm.prank(CLINIC);
        issuers.setDelegate(ONE, DELEGATE);
    }

    function one(uint256 word, uint256 mask) internal pure returns (IStatusRegistry.Change[] memory changes) {
        changes = new IStatusRegistry.Change[](1);
        changes[0] = IStatusRegistry.Change(word, mask);
    }

    /// @dev The registry root worked out leaf by leaf, without the stored nodes.
    function naiveRoot(uint256 lists) internal view returns (uint256) {
        uint256[] memory level = new uint256[](lists);
        for (uint256 i = 0; i < lists; ++i) {
            level[i] = leafOf(ListId.wrap(uint32(i + 1)));
        }
        for (uint256 height = 0; height < Constants.REGISTRY_DEPTH; ++height) {
            uint256[] memory next = new uint256[]((level.length + 1) / 2);
            for (uint256 i = 0; i < next.length; ++i) {
                uint256 right = 2 * i + 1 < level.length ? level[2 * i + 1] : Constants.zeroNode(height);
                next[i] = PoseidonT3.hash([level[2 * i], right]);
            }
            level = next.length == 0 ? _single(Constants.zeroNode(height + 1)) : next;
        }
        return level[0];
    }

    function leafOf(ListId list) internal view returns (uint256) {
        (,,, Standing standing, ClaimsKey memory key) = issuers.issuer(issuers.issuerOf(list));
        if (standing != Standing.Active) return 0;
        uint256 keyHash = PoseidonT3.hash([key.x, key.y]);
        return PoseidonT3.hash([PoseidonT3.hash([keyHash, ListId.unwrap(list)]), tree.statusRoot(list)]);
    }

    function currentRoot() internal view returns (uint256 root) {
        (root,) = tree.root();
    }

    function assertTrue(bool condition, string memory what) internal pure {
        require(condition, what);
    }

    function assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        require(actual == expected, what);
    }

    function _single(uint256 value) private pure returns (uint256[] memory values) {
        values = new uint256[](1);
        values[0] = value;
    }
}
