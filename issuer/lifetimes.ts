// How long credentials are valid after issuance, by kind, unless the request says less. What one proves when is the policies' affair.
import type { Kind } from '#passport';

const DAY = 86_400;
/** Seconds. */
export const LIFETIMES: Readonly<Record<Kind, number>> = { vaccination: 3653 * DAY, recovery: 3653 * DAY, test: 365 * DAY };
