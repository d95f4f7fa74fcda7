// Seconds and lengths that the checks allow where nothing stricter is asked.

/** Clocks may differ by this many seconds. */
export const CLOCK_SKEW = 60;
/** Seconds that trust data may be old where no policy says less. */
export const TRUST_AGE = 86_400;
export const TEXT_MAX_LENGTH = 200_000;
