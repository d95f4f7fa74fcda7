// The checks themselves, the same in the service, on the command line and in a scanner's browser: nothing here needs Node or a page.
export { candidateSignals, examinePass, isVerdict, type Ask, type Limits, type NullifierBook, type ProofCheck, type VerifierContext } from './check-pass.ts';
export { createAnchorBook, type AnchorBook, type AnchorSource } from './anchors.ts';
export { loadEngine, type Engine } from './engine.ts';
export { verifyPass, verifyPasses } from './verify-pass.ts';
export { CLOCK_SKEW, TEXT_MAX_LENGTH, TRUST_AGE } from './limits.ts';
export { verifyText, type TextContext } from './verify-text.ts';
