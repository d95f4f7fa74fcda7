// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

/// @title Days of the Gregorian calendar
library Civil {
    uint256 private constant DAY = 86400;
    /// @dev Days from 1600-03-01, where a cycle of 400 years begins, to 1900-01-01.
    uint256 private constant DAYS_1600_TO_1900 = 109513;
    uint256 private constant CYCLE = 146097;

    /// @notice The integer YYYYMMDD of the UTC day of a time.
    /// @param time Seconds since 1900-01-01T00:00:00Z
    /// @dev Counts years from March, so that the leap day is the last of its year.
    function dayOf(uint256 time) internal pure returns (uint256) {
        uint256 day = time / DAY + DAYS_1600_TO_1900;
        uint256 cycle = day / CYCLE;
        day %= CYCLE;
        uint256 year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
        uint256 dayOfYear = day - (365 * year + year / 4 - year / 100);
        uint256 marchMonth = (5 * dayOfYear + 2) / 153;
        uint256 dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        uint256 month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        year += 1600 + 400 * cycle + (month <= 2 ? 1 : 0);
        return year * 10000 + month * 100 + dayOfMonth;
    }
}
