// Whether a patient's log is whole: every entry there, in order, unchanged, signed, and the same that the chain anchors. The gateway that keeps the log
// is not believed in anything; only what it anchored on the chain, and what it signed before, is held against what it shows now.
import type { UnixSeconds } from '#passport/time.ts';
import type { Address } from '../members.ts';
import { entryHash, entrySigner, eventDigest, FIRST_PREVIOUS, type LogEntry } from './entry.ts';
import type { Hex } from './hex.ts';
import { decodeLogProof, rootOfProof } from './proof.ts';
import { readAuditEvent } from './read-event.ts';
import { assertSigned, type AccessReceipt } from './receipt.ts';

/** As AccessLog has it: read from the chain, never from the gateway. */
export type ChainAnchor = { readonly sequence: number; readonly root: Hex; readonly time: UnixSeconds };
/** What the gateway says of one anchor: so many entries, the hash of the last, and the way to the root. */
export type AnchorProof = { readonly anchor: number; readonly entries: number; readonly head: Hex; readonly proof: Hex };
/** When the gateway's address had its role, as the chain tells. */
export type RoleSpan = { readonly from: UnixSeconds; readonly until?: UnixSeconds };
/** Up to where it was found whole before: `entries` were shown, of which `anchored` by the last anchor. What is verified next begins after the anchored ones. */
export type LogCheckpoint = { readonly entries: number; readonly head: Hex; readonly time: UnixSeconds; readonly anchor: number; readonly anchored: number };

export const FINDINGS = [
  'gap', 'reordered', 'event-changed', 'signature-wrong', 'fork', 'missing-from-anchor', 'rolled-back', 'anchor-not-on-chain', 'anchor-overdue', 'receipt-unknown', 'gateway-without-role', 'time-wrong',
] as const;
export type FindingCode = (typeof FINDINGS)[number];
/** `entry` and `anchor` by their sequences. */
export type Finding = { readonly code: FindingCode; readonly entry?: number; readonly anchor?: number };

export type LogVerdict =
  | {
    readonly outcome: 'complete';
    /** The last entry that the chain vouches for. */
    readonly upTo: number;
    /** Entries after it, which the next anchor has to cover. */
    readonly unanchored: number;
    readonly checkpoint: LogCheckpoint;
  }
  | { readonly outcome: 'broken'; readonly findings: readonly Finding[] };

export type LogToVerify = {
  readonly log: Hex;
  readonly chainId: number;
  readonly gateway: Address;
  readonly entries: readonly LogEntry[];
  readonly proofs: readonly AnchorProof[];
  /** All of this gateway after `from.anchor`, in their order; read before the proofs, and those before the entries. */
  readonly anchors: readonly ChainAnchor[];
  readonly roles: readonly RoleSpan[];
  /** Of readers who handed them over. */
  readonly receipts?: readonly AccessReceipt[];
  /** Entries that were shown before, by sequence and hash. */
  readonly seen?: readonly { readonly sequence: number; readonly hash: Hex }[];
  readonly from?: LogCheckpoint;
  /** When the log was fetched. */
  readonly now: UnixSeconds;
  /** Seconds after which an entry has to be anchored. */
  readonly patience?: number;
};

export const ANCHOR_PATIENCE = 3600;
/** Seconds that the gateway's clock may be ahead of the chain's or of ours. */
const CLOCKS = 300;
const NOTHING: LogCheckpoint = { entries: 0, head: FIRST_PREVIOUS, time: 0 as UnixSeconds, anchor: 0, anchored: 0 };

type Hashed = LogEntry & { readonly hash: Hex };

/** @throws HealthpassError `receipt-invalid` for a receipt that the gateway never signed (it accuses nobody) */
export function verifyLog(given: LogToVerify): LogVerdict {
  const { log, chainId, from = NOTHING, receipts = [], seen = [] } = given;
  for (const receipt of receipts) assertSigned(receipt, given);
  const entries = given.entries.map((entry): Hashed => ({ ...entry, hash: entryHash({ log, ...entry }, chainId) }));
  const chain = chainOf(entries);
  const start = startOf(from, chain);
  const byNumber = new Map(chain.map((entry) => [entry.sequence, entry]));
  const { upTo, anchor, findings: anchorFindings } = verifyAnchors(given, chain, byNumber, { ...from, ...start });
  const findings = [
    ...outOfOrder(entries), ...entries.flatMap((entry) => wrongIn(entry, given)), ...breaksOf(chain, start), ...forksOf(entries),
    ...[...seen, { sequence: from.entries, hash: from.head }].filter(({ sequence }) => sequence > start.entries).flatMap(({ sequence, hash }): Finding[] => {
      const shown = byNumber.get(sequence);
      return shown?.hash === hash ? [] : [{ code: shown ? 'fork' : 'gap', entry: sequence }];
    }),
    ...anchorFindings,
    ...receipts.filter((receipt) => receipt.time > from.time && receipt.time <= given.now && !chain.some((entry) => isOf(receipt, entry))).map((): Finding => ({ code: 'receipt-unknown' })),
  ];
  const last = chain.at(-1);
  const entryCount = last?.sequence ?? from.entries;
  if (findings.length > 0) return { outcome: 'broken', findings: withoutRepeats(findings) };
  return { outcome: 'complete', upTo, unanchored: entryCount - upTo, checkpoint: { entries: entryCount, head: last?.hash ?? from.head, time: last?.time ?? from.time, anchor, anchored: upTo } };
}

/** The last anchored entry. Its hash stands in the one after it, and the hashes lead from there to the last that was shown before. */
function startOf({ entries, anchored, head, time }: LogCheckpoint, [first]: readonly Hashed[]): Pick<LogCheckpoint, 'entries' | 'head' | 'time'> {
  if (anchored === entries) return { entries, head, time };
  return { entries: anchored, head: first?.sequence === anchored + 1 ? first.previous : FIRST_PREVIOUS, time: 0 as UnixSeconds };
}

/** An entry for this receipt tells of the relationship and the request that the receipt was given for: one that tells of somebody else's access, or of another, is none. */
function isOf({ event, time, relationship, request }: AccessReceipt, entry: LogEntry): boolean {
  if (entry.event !== event || entry.time !== time) return false;
  try {
    const { access, place } = readAuditEvent(entry.document);
    return place.patient === relationship && access.kind === 'read' && access.request === request;
  } catch {
    return false;
  }
}

/** What its words say of the time has to be what was signed: people read the words. What cannot be read tells nothing. */
function isDatedOtherwise({ document, time }: LogEntry): boolean {
  try {
    return readAuditEvent(document).place.time !== time;
  } catch {
    return false;
  }
}

/** Of one entry alone. */
function wrongIn(entry: Hashed, { log, chainId, gateway, roles, now }: LogToVerify): Finding[] {
  const found: Finding[] = [];
  if (eventDigest(entry.salt, entry.document) !== entry.event) found.push({ code: 'event-changed', entry: entry.sequence });
  if (signerOf(entry, log, { chainId, gateway }) !== gateway) found.push({ code: 'signature-wrong', entry: entry.sequence });
  if (!roles.some(({ from, until = Infinity }) => entry.time >= from - CLOCKS && entry.time < until + CLOCKS)) found.push({ code: 'gateway-without-role', entry: entry.sequence });
  if (entry.time > now + CLOCKS || isDatedOtherwise(entry)) found.push({ code: 'time-wrong', entry: entry.sequence });
  return found;
}

function signerOf(entry: LogEntry, log: Hex, { chainId, gateway }: Pick<LogToVerify, 'chainId' | 'gateway'>): Address | undefined {
  try {
    return entrySigner({ log, ...entry }, entry.signature, chainId, gateway);
  } catch {
    return undefined;
  }
}

/** Also what is shown twice. */
const outOfOrder = (entries: readonly Hashed[]): Finding[] =>
  entries.filter((entry, i) => i > 0 && (entry.sequence < entries[i - 1]!.sequence || entry.hash === entries[i - 1]!.hash)).map(({ sequence }) => ({ code: 'reordered', entry: sequence }));

/** One entry a number, in their order. */
const chainOf = (entries: readonly Hashed[]): Hashed[] => [...new Map(entries.toReversed().map((entry) => [entry.sequence, entry])).values()].sort((a, b) => a.sequence - b.sequence);

/** Two entries with one number. */
function forksOf(entries: readonly Hashed[]): Finding[] {
  const hashes = new Map<number, Hex>();
  return entries.flatMap(({ sequence, hash }): Finding[] => {
    const other = hashes.get(sequence);
    hashes.set(sequence, hash);
    return other === undefined || other === hash ? [] : [{ code: 'fork', entry: sequence }];
  });
}

/** Where one entry does not follow the one before. */
function breaksOf(chain: readonly Hashed[], from: Pick<LogCheckpoint, 'entries' | 'head' | 'time'>): Finding[] {
  const hashes = new Set(chain.map(({ hash }) => hash));
  let before: Pick<Hashed, 'sequence' | 'hash' | 'time'> = { sequence: from.entries, hash: from.head, time: from.time };
  return chain.flatMap((entry): Finding[] => {
    const last = before;
    before = entry;
    if (entry.sequence > last.sequence + 1) return [{ code: 'gap', entry: last.sequence + 1 }];
    if (entry.sequence <= last.sequence) return [{ code: 'fork', entry: entry.sequence }];
    const found: Finding[] = entry.previous === last.hash ? [] : [{ code: hashes.has(entry.previous) ? 'reordered' : 'fork', entry: entry.sequence }];
    return entry.time < last.time ? [...found, { code: 'time-wrong', entry: entry.sequence }] : found;
  });
}

type Covered = { readonly upTo: number; readonly anchor: number; readonly findings: readonly Finding[] };

function verifyAnchors({ log, anchors, proofs, now, patience = ANCHOR_PATIENCE }: LogToVerify, chain: readonly Hashed[], byNumber: ReadonlyMap<number, Hashed>, from: LogCheckpoint): Covered {
  const findings: Finding[] = [];
  const proofOf = new Map(proofs.map((proof) => [proof.anchor, proof]));
  const newest = anchors.at(-1)?.sequence ?? from.anchor;
  // The next one may be on its way to the chain.
  for (const { anchor } of proofs) if (anchor > newest + 1) findings.push({ code: 'anchor-not-on-chain', anchor });
  let upTo = from.anchored;
  const shown = chain.at(-1)?.sequence ?? from.entries;
  for (const { sequence: anchor, root, time } of anchors) {
    if (anchor <= from.anchor) continue;
    const proof = proofOf.get(anchor);
    if (!proof) findings.push({ code: 'missing-from-anchor', anchor });
    else if (rootOf(log, proof) !== root) findings.push({ code: 'anchor-not-on-chain', anchor });
    else {
      const known = proof.entries === from.entries ? from.head : byNumber.get(proof.entries)?.hash;
      if (proof.entries < upTo) findings.push({ code: 'rolled-back', anchor });
      if (proof.entries > shown) findings.push({ code: 'gap', entry: shown + 1, anchor });
      else if (proof.entries > 0 && proof.entries >= from.entries && known !== undefined && known !== proof.head) findings.push({ code: 'fork', entry: proof.entries, anchor });
      findings.push(...lateAt(byNumber, proof.entries, time - patience, anchor));
      const last = byNumber.get(Math.min(proof.entries, shown)); // of entries in order, the youngest
      if (last && last.time > time + CLOCKS) findings.push({ code: 'time-wrong', entry: last.sequence, anchor });
      upTo = Math.max(upTo, proof.entries);
    }
  }
  return { upTo, anchor: newest, findings: [...findings, ...lateAt(byNumber, upTo, now - patience)] };
}

/** What cannot be read leads nowhere: no gateway hides behind it. */
function rootOf(log: Hex, proof: AnchorProof): Hex | undefined {
  try {
    return rootOfProof(decodeLogProof(proof.proof), { log, ...proof });
  } catch {
    return undefined;
  }
}

/** The entry after the first `covered`, the oldest that is not among them, is of before `limit`: written down late, or dated back. */
function lateAt(byNumber: ReadonlyMap<number, Hashed>, covered: number, limit: number, anchor?: number): Finding[] {
  const next = byNumber.get(covered + 1);
  return next && next.time < limit ? [{ code: 'anchor-overdue', entry: next.sequence, ...(anchor === undefined ? {} : { anchor }) }] : [];
}

const withoutRepeats = (findings: readonly Finding[]): Finding[] => [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
