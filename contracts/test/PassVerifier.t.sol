// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../src/generated/Constants.sol";
import {Groth16Verifier} from "../src/generated/Groth16Verifier.sol";
import {Signals} from "../src/generated/Signals.sol";
import {IGroth16Verifier, IPassVerifier} from "../src/interfaces/IPassVerifier.sol";
import {Civil} from "../src/libraries/Civil.sol";
import {PassVerifier} from "../src/PassVerifier.sol";
import {Base} from "./Base.sol";
import {Keys} from "./Keys.sol";

/// @notice Stands for a circuit whose every statement holds: what is tested here are the checks around the proof. Real proofs meet the
/// real verifier in the tests on a real chain.
contract EverythingHolds is IGroth16Verifier {
    function verifyProof(uint256[2] calldata, uint256[2][2] calldata, uint256[2] calldata, uint256[9] calldata) external pure returns (bool) {
        return true;
    }
}

contract PassVerifierTest is Base {
    uint256 private constant R = Constants.FIELD_ORDER;
    uint256 private constant HOUR = 3600;
    /// @dev 2026-11-22T00:00:00Z
    uint256 private constant NOW = 1795305600;
    address private constant TRAVELLER = address(0x7A);

    PassVerifier private passes;
    PassVerifier private strict;

    function setUp() public {
        vm.warp(NOW - 1000);
        deployWithIssuer(1);
        vm.warp(NOW + 2 * HOUR);
        passes = new PassVerifier(tree, new EverythingHolds());
        strict = new PassVerifier(tree, IGroth16Verifier(address(new Groth16Verifier())));
    }

    function goodTerms() private pure returns (IPassVerifier.Terms memory) {
        return IPassVerifier.Terms(TRAVELLER, 77, uint64(6 * HOUR), uint64(HOUR), 3600, 5, 0);
    }

    function goodPass() private view returns (IPassVerifier.Pass memory pass) {
        uint256 start = NOW + Constants.SECONDS_1900_TO_1970;
        pass.signals = [42, 0, currentRoot(), 77, start, start + 6 * HOUR, 20261122, 5, uint256(uint160(TRAVELLER))];
    }

    function refused(IPassVerifier.Pass memory pass, IPassVerifier.Terms memory terms, bytes memory reason) private {
        vm.expectRevert(reason);
        passes.check(pass, terms, address(this));
        vm.expectRevert(reason);
        passes.consume(pass, terms);
    }

    function refusedSignal(uint256 position, uint256 value, bytes4 reason) private {
        IPassVerifier.Pass memory pass = goodPass();
        pass.signals[position] = value;
        refused(pass, goodTerms(), abi.encodePacked(reason));
    }

    function test_goodPass_isAccepted() public {
        passes.check(goodPass(), goodTerms(), address(this));
        passes.consume(goodPass(), goodTerms());
        assertTrue(passes.isUsed(address(this), 5, 42), "the nullifier is not used up");
    }

    function test_inventedProof_isRefusedByTheRealVerifier() public {
        IPassVerifier.Pass memory pass = goodPass();
        vm.expectRevert(IPassVerifier.ProofInvalid.selector);
        strict.check(pass, goodTerms(), address(this));
    }

    function test_replayedNullifier_isRefused() public {
        passes.consume(goodPass(), goodTerms());
        refused(goodPass(), goodTerms(), abi.encodePacked(IPassVerifier.NullifierUsed.selector));
    }

    function test_anotherConsumer_cannotUseUpOurNullifier() public {
        IPassVerifier.Pass memory pass = goodPass();
        vm.prank(STRANGER);
        passes.consume(pass, goodTerms());
        passes.consume(pass, goodTerms());
        assertTrue(!passes.isUsed(STRANGER, 6, 42) && passes.isUsed(STRANGER, 5, 42), "uses are kept apart");
    }

    function test_check_asksForTheNamedConsumer() public {
        passes.consume(goodPass(), goodTerms());
        passes.check(goodPass(), goodTerms(), STRANGER);
    }

    function test_withoutScope_nothingIsUsedUp() public {
        IPassVerifier.Terms memory terms = goodTerms();
        terms.scope = 0;
        IPassVerifier.Pass memory pass = goodPass();
        (pass.signals[Signals.SCOPE], pass.signals[Signals.NULLIFIER]) = (0, 0);
        passes.consume(pass, terms);
        passes.consume(pass, terms);
        pass.signals[Signals.NULLIFIER] = 42;
        refused(pass, terms, abi.encodePacked(IPassVerifier.NullifierInvalid.selector));
    }

    function test_zeroNullifierWithScope_isRefused() public {
        refusedSignal(Signals.NULLIFIER, 0, IPassVerifier.NullifierInvalid.selector);
    }

    function test_otherScope_isRefused() public {
        refusedSignal(Signals.SCOPE, 6, IPassVerifier.ScopeMismatch.selector);
        refusedSignal(Signals.SCOPE, 0, IPassVerifier.ScopeMismatch.selector);
    }

    function test_otherPolicy_isRefused() public {
        refusedSignal(Signals.POLICY_ROOT, 78, IPassVerifier.PolicyMismatch.selector);
    }

    function test_passOfAnotherAccount_isRefused() public {
        refusedSignal(Signals.DEVICE_KEY, uint160(STRANGER), IPassVerifier.DeviceKeyMismatch.selector);
        refusedSignal(Signals.DEVICE_KEY, uint256(uint160(TRAVELLER)) + 2 ** 160, IPassVerifier.DeviceKeyMismatch.selector);
    }

    function test_identityTagThatNobodyAskedFor_isRefused() public {
        refusedSignal(Signals.IDENTITY_TAG, 9, IPassVerifier.IdentityTagMismatch.selector);
    }

    function test_missingIdentityTag_isRefused() public {
        IPassVerifier.Terms memory terms = goodTerms();
        terms.identityTag = 9;
        refused(goodPass(), terms, abi.encodePacked(IPassVerifier.IdentityTagMismatch.selector));
    }

    function testFuzz_aliasedSignals_areRefused(uint256 position, uint256 factor) public {
        position %= Signals.COUNT;
        IPassVerifier.Pass memory pass = goodPass();
        uint256 value = pass.signals[position];
        factor = 1 + factor % ((type(uint256).max - value) / R);
        pass.signals[position] = value + factor * R;
        refused(pass, goodTerms(), abi.encodeWithSelector(IPassVerifier.SignalNotCanonical.selector, position));
    }

    function test_windowEdges() public {
        vm.warp(NOW - 1);
        refused(goodPass(), goodTerms(), abi.encodePacked(IPassVerifier.WindowNotBegun.selector));
        vm.warp(NOW);
        passes.check(goodPass(), goodTerms(), address(this));
        vm.warp(NOW + 6 * HOUR - 1);
        passes.check(goodPass(), goodTerms(), address(this));
        vm.warp(NOW + 6 * HOUR);
        refused(goodPass(), goodTerms(), abi.encodePacked(IPassVerifier.WindowOver.selector));
    }

    function test_windowOfAnotherLength_isRefused() public {
        uint256 start = goodPass().signals[Signals.WINDOW_START];
        refusedSignal(Signals.WINDOW_END, start + 6 * HOUR + 1, IPassVerifier.WindowInvalid.selector);
        refusedSignal(Signals.WINDOW_END, start, IPassVerifier.WindowInvalid.selector);
        refusedSignal(Signals.WINDOW_END, start + 1000 * HOUR, IPassVerifier.WindowInvalid.selector);
    }

    function test_windowOffTheGrid_isRefused() public {
        IPassVerifier.Pass memory pass = goodPass();
        ++pass.signals[Signals.WINDOW_START];
        ++pass.signals[Signals.WINDOW_END];
        refused(pass, goodTerms(), abi.encodePacked(IPassVerifier.WindowInvalid.selector));
    }

    function test_windowBeyondTheCircuitsTime_isRefused() public {
        IPassVerifier.Terms memory terms = goodTerms();
        terms.windowLength = type(uint64).max;
        refusedSignal(Signals.WINDOW_START, 2 ** 34, IPassVerifier.WindowInvalid.selector);
        refused(goodPass(), terms, abi.encodePacked(IPassVerifier.WindowInvalid.selector));
    }

    function test_zeroGrid_isRefused() public {
        IPassVerifier.Terms memory terms = goodTerms();
        terms.windowGrid = 0;
        refused(goodPass(), terms, abi.encodePacked(IPassVerifier.WindowInvalid.selector));
    }

    function test_otherDay_isRefused() public {
        refusedSignal(Signals.TODAY, 20261121, IPassVerifier.TodayMismatch.selector);
        refusedSignal(Signals.TODAY, 20361122, IPassVerifier.TodayMismatch.selector);
    }

    function test_unknownRoot_isRefused() public {
        refusedSignal(Signals.REGISTRY_ROOT, currentRoot() + 1, IPassVerifier.RootUnknown.selector);
        refusedSignal(Signals.REGISTRY_ROOT, 0, IPassVerifier.RootUnknown.selector);
    }

    function test_supersededRoot_isAcceptedForMaxRootAgeOnly() public {
        IPassVerifier.Pass memory pass = goodPass();
        uint64 time = uint64(block.timestamp);
        vm.prank(CLINIC);
        issuers.rotateKey(ONE, Keys.key(1));
        vm.warp(time + 3600);
        passes.check(pass, goodTerms(), address(this));
        vm.warp(time + 3601);
        refused(pass, goodTerms(), abi.encodeWithSelector(IPassVerifier.RootSuperseded.selector, time));
        IPassVerifier.Terms memory none = goodTerms();
        none.maxRootAge = 0;
        refused(pass, none, abi.encodeWithSelector(IPassVerifier.RootSuperseded.selector, time));
    }

    function test_lowGas_isNotAnInvalidProof() public {
        bytes memory call = abi.encodeCall(strict.check, (goodPass(), goodTerms(), address(this)));
        for (uint256 gas_ = 60_000; gas_ < 340_000; gas_ += 10_000) {
            (bool ok, bytes memory data) = address(strict).call{gas: gas_}(call);
            assertTrue(!ok, "an invented proof was accepted");
            if (gas_ < 320_000) assertTrue(data.length == 0 || bytes4(data) == IPassVerifier.NotEnoughGas.selector, "read as an invalid proof");
        }
    }

    function test_consume_emitsNothing() public {
        vm.recordLogs();
        passes.consume(goodPass(), goodTerms());
        assertEq(vm.getRecordedLogs().length, 0, "logs");
    }

    function test_dayOf_knownDays() public pure {
        assertEq(Civil.dayOf(0), 19000101, "first day");
        assertEq(Civil.dayOf(58 * 86400), 19000228, "1900 is no leap year");
        assertEq(Civil.dayOf(59 * 86400), 19000301, "1900 is no leap year");
        assertEq(Civil.dayOf(2208988800 - 1), 19691231, "eve of the epoch");
        assertEq(Civil.dayOf(2208988800), 19700101, "epoch");
        assertEq(Civil.dayOf(2208988800 + 951782400), 20000229, "2000 is a leap year");
        assertEq(Civil.dayOf(2208988800 + 4107542400), 21000301, "2100 is no leap year");
        assertEq(Civil.dayOf(2 ** 34 - 1), 24440529, "last day");
    }

    /// @dev The next day follows by the rules that children learn.
    function testFuzz_dayOf_followsTheCalendar(uint256 day) public pure {
        day %= 198_841; // days in 2^34 seconds
        uint256 today = Civil.dayOf(day * 86400);
        assertEq(Civil.dayOf(day * 86400 + 86399), today, "one day, two dates");
        (uint256 y, uint256 m, uint256 d) = (today / 10000, (today / 100) % 100, today % 100);
        bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        uint256 length = m == 2 ? (leap ? 29 : 28) : (m == 4 || m == 6 || m == 9 || m == 11) ? 30 : 31;
        uint256 tomorrow = d < length ? today + 1 : m < 12 ? y * 10000 + (m + 1) * 100 + 1 : (y + 1) * 10000 + 101;
        assertEq(Civil.dayOf((day + 1) * 86400), tomorrow, "tomorrow");
    }
}
