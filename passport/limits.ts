// Sizes that circuit, contracts and TypeScript share.
export const WORD_BITS = 248;
export const LIST_WORDS = 4096;
/** Entries of a status list. */
export const LIST_SIZE = WORD_BITS * LIST_WORDS;
/** Levels of the 8-ary status tree. */
export const STATUS_DEPTH = 4;
/** Levels of the binary registry tree. */
export const REGISTRY_DEPTH = 12;
export const POLICY_CLAUSES = 32;
/** Product indices a policy mask can name. */
export const PRODUCT_LIMIT = 248;
export const TEST_LIMIT = 16;
