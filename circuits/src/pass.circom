pragma circom 2.2.0;

include "statement.circom";

// Public signals: the two outputs, then these, in the order of passport/signals.ts.
component main {public [registryRoot, policyRoot, windowStart, windowEnd, today, scope, deviceKey]} = Statement();
