// Why records are opened in an emergency, and what a professional body finds afterwards. Closed lists: no free text about a person goes anywhere.
export const EMERGENCY_REASONS = ['unconscious', 'life-threatening', 'cannot-consent', 'poisoning', 'mass-casualty'] as const;
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number];

export const EMERGENCY_FINDINGS = ['justified', 'remarks', 'unjustified', 'misuse'] as const;
export type EmergencyFinding = (typeof EMERGENCY_FINDINGS)[number];

/** `asked`: too few have approved. `released`: records can be read. */
export const EMERGENCY_STATES = ['asked', 'released', 'ended', 'reviewed', 'failed'] as const;
export type EmergencyState = (typeof EMERGENCY_STATES)[number];

/** Seconds that an access may last, as the contract has it. */
export const LONGEST_EMERGENCY = 72 * 3600;
