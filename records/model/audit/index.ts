// The account of accesses: events, log, tree and proofs, and whether all of it holds.
export { createAuditEvent, type AuditEvent } from './event.ts';
export { readAuditEvent } from './read-event.ts';
export { CONSENT_CHANGES, EMERGENCY_STEPS, type Access, type AccessPlace, type AccessRead, type Asked, type AuditActor, type AuditPerson, type ConsentChange, type EmergencyStep, type Touched } from './access.ts';
export { bytes32Schema, createSalt, entryHash, entrySchema, eventDigest, FIRST_PREVIOUS, type EntryHead, type LogEntry } from './entry.ts';
export { createRequestNumber, parseAccessReceipt, receiptSchema, type AccessReceipt } from './receipt.ts';
export { createLogTree, type LogHead, type LogTree, type StoredNode } from './tree.ts';
export { decodeLogProof, encodeLogProof, proveLogs, rootOfProof, type LogProof } from './proof.ts';
export {
  ANCHOR_PATIENCE, FINDINGS, verifyLog, type AnchorProof, type ChainAnchor, type Finding, type FindingCode, type LogCheckpoint, type LogToVerify, type LogVerdict, type RoleSpan,
} from './verify.ts';
export { ACCESS_LOG_FORMAT, parseAccessLogFile, proofSchema, type AccessLogFile } from './export.ts';
export { toBytes, toHex, ZERO, type Hex } from './hex.ts';
