// The surface of the outbox.
export { createOutbox, ITSELF, type Actor, type Lag, type Outbox, type OutboxDeps, type OutboxState, type StatusOutcome } from './outbox.ts';
export { OUTBOX_MIGRATION, STATUS_REASONS, WRITE_KINDS, type StatusReason } from './schema.ts';
export { createAdvisoryLock, createFileLock, type WriterLock } from './writer-lock.ts';
export { anchorName, claimsKeyName, STEPS, type Step } from './worker.ts';
