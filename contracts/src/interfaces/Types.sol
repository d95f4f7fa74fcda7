// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @notice Number of an accredited issuer, counted from 1; 0 is nobody.
type IssuerId is uint32;

/// @notice Number of a status list, counted from 1; its slot in the registry tree is the number less one.
type ListId is uint32;

/// @notice Whether an issuer may issue. Removed is final.
enum Standing {
    None,
    Active,
    Suspended,
    Removed
}

/// @notice A public key on BabyJubJub, affine coordinates.
struct ClaimsKey {
    uint256 x;
    uint256 y;
}
