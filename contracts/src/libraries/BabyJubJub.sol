// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Constants} from "../generated/Constants.sol";

/// @title Checks of public keys on BabyJubJub (EIP-2494): a·x² + y² = 1 + d·x²·y²
library BabyJubJub {
    uint256 private constant A = 168700;
    uint256 private constant D = 168696;
    uint256 private constant R = Constants.FIELD_ORDER;

    /// @notice Whether (x, y) is canonical, on the curve and of an order that does not divide 8.
    /// @dev Every key with a part of small order acts in the signature equation as its part of large order does, for the circuit
    /// multiplies the key by 8. So it is the points without a large part that must be kept out: any signature would hold for them.
    function isUsable(uint256 x, uint256 y) internal pure returns (bool) {
        return x < R && y < R && _isOnCurve(x, y) && !_isOfSmallOrder(x, y);
    }

    function _isOnCurve(uint256 x, uint256 y) private pure returns (bool) {
        uint256 xx = mulmod(x, x, R);
        uint256 yy = mulmod(y, y, R);
        return addmod(mulmod(A, xx, R), yy, R) == addmod(1, mulmod(D, mulmod(xx, yy, R), R), R);
    }

    /// @dev Four times a point whose order divides 8 is of order 1 or 2: (0, 1) or (0, -1), the only points with x = 0. z is never 0,
    /// for the doubling formula is complete on this curve.
    function _isOfSmallOrder(uint256 x, uint256 y) private pure returns (bool) {
        (uint256 x2, uint256 y2, uint256 z2) = _double(x, y, 1);
        (uint256 x4,,) = _double(x2, y2, z2);
        return x4 == 0;
    }

    /// @dev Projective doubling on a twisted Edwards curve (Bernstein, Birkner, Joye, Lange, Peters 2008).
    function _double(uint256 x, uint256 y, uint256 z) private pure returns (uint256, uint256, uint256) {
        uint256 xx = mulmod(x, x, R);
        uint256 yy = mulmod(y, y, R);
        uint256 axx = mulmod(A, xx, R);
        uint256 f = addmod(axx, yy, R);
        uint256 j = addmod(f, R - mulmod(2, mulmod(z, z, R), R), R);
        uint256 xy2 = mulmod(2, mulmod(x, y, R), R);
        return (mulmod(xy2, j, R), mulmod(f, addmod(axx, R - yy, R), R), mulmod(f, j, R));
    }
}
