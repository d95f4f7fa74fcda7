// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {IConsentRegistry} from "../../src/care/interfaces/IConsentRegistry.sol";
import {IDispenseRegistry} from "../../src/care/interfaces/IDispenseRegistry.sol";
import {IEmergencyAccess} from "../../src/care/interfaces/IEmergencyAccess.sol";
import {IRoleRegistry} from "../../src/care/interfaces/IRoleRegistry.sol";
import {IStatements} from "../../src/care/interfaces/IStatements.sol";
import {Roles} from "../../src/generated/Roles.sol";
import {CareBase} from "./CareBase.sol";

/// @notice Every statement that anybody may carry, carried when it must not count.
contract CareSignedTest is CareBase {
    struct Act {
        string name;
        string contractName;
        address target;
        uint256 signer;
        bytes32 statement;
        bytes data;
        bytes4 notTheSigner;
    }

    uint256 private constant ACTS = 11;
    bytes32 private constant ID = keccak256("id");
    bytes32 private constant OPENED = keccak256("opened");
    bytes32 private constant RELEASED = keccak256("released");
    bytes32 private constant SOME = keccak256("some");

    function setUp() public {
        deployCare();
        vm.prank(who(OWNER));
        consents.grant(ID, word(NOW, NOW + 1 days, 1));
        openAs(HOSPITAL, OPENED);
        openAs(HOSPITAL, RELEASED);
        vm.prank(who(SECOND));
        emergencies.approve(RELEASED);
        vm.prank(who(THIRD));
        emergencies.approve(RELEASED);
    }

    function openAs(uint256 hospital, bytes32 id) private {
        vm.prank(who(hospital));
        emergencies.open(id, SOME, NOW + 1 days);
    }

    function act(uint256 which, uint40 deadline, bytes memory sig) private view returns (Act memory a) {
        if (which < 3) return roleAct(which, deadline, sig);
        if (which < 6) return consentAct(which, deadline, sig);
        if (which < 9) return emergencyAct(which, deadline, sig);
        return prescriptionAct(which, deadline, sig);
    }

    function roleAct(uint256 which, uint40 deadline, bytes memory sig) private view returns (Act memory a) {
        (a.contractName, a.target, a.signer, a.notTheSigner) =
            ("healthpass RoleRegistry", address(roles), PHYSICIANS, IRoleRegistry.NotResponsible.selector);
        (uint256 nonce, address m, uint8 r) = (roles.nonces(who(PHYSICIANS)), who(DOCTOR), Roles.DOCTOR);
        if (which == 0) {
            a.name = "GrantRole(address member,uint8 role,address organisation,uint40 until,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), m, r, who(HOSPITAL), FAR, nonce, deadline));
            a.data = abi.encodeCall(roles.grantRoleBySignature, (m, r, who(HOSPITAL), FAR, nonce, deadline, sig));
        } else if (which == 1) {
            a.name = "SuspendMember(address member,bool suspended,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), m, true, nonce, deadline));
            a.data = abi.encodeCall(roles.setSuspendedBySignature, (m, true, nonce, deadline, sig));
        } else {
            a.name = "WithdrawRole(address member,uint8 role,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), m, r, nonce, deadline));
            a.data = abi.encodeCall(roles.withdrawRoleBySignature, (m, r, nonce, deadline, sig));
        }
    }

    function consentAct(uint256 which, uint40 deadline, bytes memory sig) private view returns (Act memory a) {
        (a.contractName, a.target, a.signer, a.notTheSigner) = (
            "healthpass ConsentRegistry",
            address(consents),
            OWNER,
            which < 5 ? IConsentRegistry.NotAuthorised.selector : IStatements.WrongSigner.selector
        );
        (uint256 nonce, address o, bytes32 w) = (consents.nonces(who(OWNER)), who(OWNER), word(NOW, NOW + 2 days, 2));
        if (which == 3) {
            a.name = "Grant(address owner,bytes32 id,bytes32 word,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), o, ID, w, nonce, deadline));
            a.data = abi.encodeCall(consents.grantBySignature, (o, ID, w, nonce, deadline, sig));
        } else if (which == 4) {
            a.name = "Revoke(address owner,bytes32 id,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), o, ID, nonce, deadline));
            a.data = abi.encodeCall(consents.revokeBySignature, (o, ID, nonce, deadline, sig));
        } else {
            a.name = "SetDelegate(address owner,address delegate,uint8 scope,uint40 until,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), o, who(STRANGER), 3, FAR, nonce, deadline));
            a.data = abi.encodeCall(consents.setDelegateBySignature, (o, who(STRANGER), 3, FAR, nonce, deadline, sig));
        }
    }

    function emergencyAct(uint256 which, uint40 deadline, bytes memory sig) private view returns (Act memory a) {
        (a.contractName, a.target, a.notTheSigner) =
            ("healthpass EmergencyAccess", address(emergencies), IStatements.WrongSigner.selector);
        a.signer = which == 6 ? HOSPITAL : which == 7 ? SECOND : PHYSICIANS;
        (uint256 nonce, address by) = (emergencies.nonces(who(a.signer)), who(a.signer));
        if (which == 6) {
            a.name = "OpenEmergency(bytes32 id,address institution,bytes32 commitment,uint40 until,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), ID, by, SOME, NOW + 3 days, nonce, deadline));
            a.data = abi.encodeCall(emergencies.openBySignature, (ID, by, SOME, NOW + 3 days, nonce, deadline, sig));
        } else if (which == 7) {
            a.name = "ApproveEmergency(bytes32 id,address institution,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), OPENED, by, nonce, deadline));
            a.data = abi.encodeCall(emergencies.approveBySignature, (OPENED, by, nonce, deadline, sig));
        } else {
            a.name = "ReviewEmergency(bytes32 id,address body,bytes32 finding,uint256 nonce,uint40 deadline)";
            a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), RELEASED, by, SOME, nonce, deadline));
            a.data = abi.encodeCall(emergencies.reviewBySignature, (RELEASED, by, SOME, nonce, deadline, sig));
        }
    }

    function prescriptionAct(uint256 which, uint40 deadline, bytes memory sig) private view returns (Act memory a) {
        (a.contractName, a.target, a.notTheSigner) =
            ("healthpass DispenseRegistry", address(prescriptions), IStatements.WrongSigner.selector);
        a.signer = which == 9 ? PHARMACY : DOCTOR;
        (uint256 nonce, address by) = (prescriptions.nonces(who(a.signer)), who(a.signer));
        if (which == 9) {
            a.name = "Dispense(bytes32 nullifier,address pharmacy,uint256 nonce,uint40 deadline)";
            a.data = abi.encodeCall(prescriptions.dispenseBySignature, (ID, by, nonce, deadline, sig));
        } else {
            a.name = "VoidPrescription(bytes32 inner,address prescriber,uint256 nonce,uint40 deadline)";
            a.data = abi.encodeCall(prescriptions.voidPrescriptionBySignature, (ID, by, nonce, deadline, sig));
        }
        a.statement = keccak256(abi.encode(keccak256(bytes(a.name)), ID, by, nonce, deadline));
    }

    /// @dev The statement's own bytes with this signature under it.
    function withSignature(uint256 which, uint40 deadline, bytes memory sig) private view returns (bytes memory) {
        return act(which, deadline, sig).data;
    }

    function digest(Act memory a) private view returns (bytes32) {
        return digestOf(a.target, a.contractName, a.statement);
    }

    function test_statement_countsOnce() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            uint256 before = vm.snapshotState();
            Act memory a = act(i, NOW, "");
            bytes memory data = withSignature(i, NOW, signed(a.signer, digest(a)));
            vm.prank(address(uint160(i + 1000)));
            (bool ok,) = a.target.call(data);
            assertTrue(ok, a.name);
            refused(a.target, data, Nonces.InvalidAccountNonce.selector, a.name);
            vm.revertToState(before);
        }
    }

    function test_statement_revertsWhenAStrangerSigned() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            // A stranger's nonce is 0; where the signer's is not, that is found first.
            bytes memory data = withSignature(i, NOW, signed(0xBAD2, digest(a)));
            (bool ok, bytes memory answer) = a.target.call(data);
            assertTrue(!ok, a.name);
            assertTrue(bytes4(answer) == a.notTheSigner || bytes4(answer) == Nonces.InvalidAccountNonce.selector, a.name);
        }
    }

    function test_statement_revertsOnceItsDeadlineHasPassed() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW - 1, "");
            refused(a.target, withSignature(i, NOW - 1, signed(a.signer, digest(a))), IStatements.StatementExpired.selector, a.name);
        }
    }

    function test_statement_revertsWithALongerDeadlineThanSigned() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW - 1, "");
            (bool ok,) = a.target.call(withSignature(i, FAR, signed(a.signer, digest(a))));
            assertTrue(!ok, a.name);
        }
    }

    function test_statement_revertsWhenSignedForAnotherContract() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            bytes32 elsewhere = digestOf(address(this), a.contractName, a.statement);
            (bool ok,) = a.target.call(withSignature(i, NOW, signed(a.signer, elsewhere)));
            assertTrue(!ok, a.name);
            bytes32 renamed = digestOf(a.target, "healthpass", a.statement);
            (ok,) = a.target.call(withSignature(i, NOW, signed(a.signer, renamed)));
            assertTrue(!ok, a.name);
        }
    }

    function test_statement_revertsOnAnotherChain() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            bytes memory data = withSignature(i, NOW, signed(a.signer, digest(a)));
            uint256 here = block.chainid;
            vm.chainId(1);
            (bool ok,) = a.target.call(data);
            vm.chainId(here);
            assertTrue(!ok, a.name);
        }
    }

    function test_statement_revertsWithHighS() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            refused(a.target, withSignature(i, NOW, twisted(a.signer, digest(a))), ECDSA.ECDSAInvalidSignatureS.selector, a.name);
        }
    }

    function test_statement_revertsWithASignatureOfAnotherLength() public {
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            bytes memory longer = bytes.concat(signed(a.signer, digest(a)), hex"00");
            refused(a.target, withSignature(i, NOW, longer), ECDSA.ECDSAInvalidSignatureLength.selector, a.name);
        }
    }

    function test_statement_revertsWhenItsSignerIsSuspended() public {
        for (uint256 i = 6; i < ACTS; ++i) {
            if (i == 8) continue; // by a body
            Act memory a = act(i, NOW, "");
            suspend(GOVERNANCE, a.signer, true);
            bytes4 reason = i < 8
                ? IEmergencyAccess.NotHospital.selector
                : i == 9 ? IDispenseRegistry.NotPharmacy.selector : IDispenseRegistry.NotPrescriber.selector;
            refused(a.target, withSignature(i, NOW, signed(a.signer, digest(a))), reason, a.name);
        }
    }

    function test_statement_revertsWhenItsBodyIsDismissed() public {
        appoint(PHYSICIANS, 0);
        for (uint256 i = 0; i < ACTS; ++i) {
            Act memory a = act(i, NOW, "");
            if (a.signer != PHYSICIANS) continue;
            bytes4 reason = i < 3 ? IRoleRegistry.NotResponsible.selector : IEmergencyAccess.NotBody.selector;
            refused(a.target, withSignature(i, NOW, signed(a.signer, digest(a))), reason, a.name);
        }
    }
}
