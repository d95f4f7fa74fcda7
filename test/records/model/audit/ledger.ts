// A gateway's logs kept in memory, as an honest gateway would, and a chain to anchor them on: what the attacks of these tests start from.
import { randomBytes } from 'node:crypto';
import type { UnixSeconds } from '#passport';
import {
  createAuditEvent, createLogTree, createSalt, encodeLogProof, entryHash, eventDigest, FIRST_PREVIOUS, proveLogs, toHex,
  type Access, type AnchorProof, type ChainAnchor, type EntryHead, type Hex, type LogEntry, type LogHead, type LogToVerify, type LogTree, type StoredNode,
} from '#records/model/audit/index.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId } from '#records/model/record.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';

export const CHAIN = 31337;
export const START = 1_800_000_000 as UnixSeconds;
export const at = (seconds: number) => (START + seconds) as UnixSeconds;
export const newLog = (): Hex => toHex(randomBytes(32));
export const newSigner = (): Signer => createSigner(new Uint8Array(randomBytes(32)));
export const doctor = '0x1111111111111111111111111111111111111111' as Address;
export const hospital = '0x2222222222222222222222222222222222222222' as Address;
export const recordId = (digit: string) => digit.repeat(32) as RecordId;

export const RELATIONSHIP: Hex = `0x${'7e'.repeat(32)}`;

/** Of one read. */
export const REQUEST: Hex = `0x${'9a'.repeat(32)}`;
export const reading = {
  kind: 'read', purpose: 'TREAT', request: REQUEST, asked: { categories: ['allergies'] }, released: [{ id: recordId('a'), category: 'allergies' }],
  actor: { kind: 'member', person: { address: doctor, name: 'Dr Ada Ahmadi', role: 'doctor' }, organisation: { address: hospital, name: 'Harbour Hospital' } },
} as const satisfies Access;

export const documentOf = (gateway: Address, time: UnixSeconds, access: Access = reading): string =>
  JSON.stringify(createAuditEvent(access, { gateway: { address: gateway, url: 'https://records.example' }, chainId: CHAIN, patient: RELATIONSHIP, time }));

export function signEntry(signer: Signer, head: EntryHead, salt: Hex, document: string): LogEntry {
  const { log: _, ...rest } = head;
  return { ...rest, salt, document, signature: signer.sign(offChain(CHAIN), 'Receipt', head) };
}

/** Log, entries and anchors of one gateway. */
export function createLedger(signer = newSigner()) {
  const logs = new Map<Hex, LogEntry[]>();
  const nodes = new Map<Hex, StoredNode>();
  const anchors: ChainAnchor[] = [];
  const counts: Map<Hex, LogHead>[] = [];
  let tree: LogTree = createLogTree();
  const headOf = (log: Hex): LogHead => {
    const last = logs.get(log)?.at(-1);
    return { log, entries: last?.sequence ?? 0, head: last ? entryHash({ log, ...last }, CHAIN) : FIRST_PREVIOUS };
  };
  return {
    signer, anchors,
    append(log: Hex, time: UnixSeconds, access?: Access): LogEntry {
      const [{ entries, head }, salt, document] = [headOf(log), createSalt(), documentOf(signer.address, time, access)];
      const entry = signEntry(signer, { log, sequence: entries + 1, previous: head, event: eventDigest(salt, document), time }, salt, document);
      logs.set(log, [...(logs.get(log) ?? []), entry]);
      return entry;
    },
    /** Puts another history in the place of a log. */
    rewrite: (log: Hex, entries: readonly LogEntry[]) => void logs.set(log, [...entries]),
    anchor(time: UnixSeconds): void {
      const heads = [...logs.keys()].map(headOf);
      const { tree: next, added } = tree.with(heads);
      tree = next;
      for (const node of added) nodes.set(node.hash, node);
      anchors.push({ sequence: anchors.length + 1, root: tree.root, time });
      counts.push(new Map(heads.map((head) => [head.log, head])));
    },
    async given(log: Hex, now: UnixSeconds): Promise<LogToVerify> {
      const proofs = await proveLogs(log, anchors.map(({ root }) => root), async () => nodes);
      return {
        log, chainId: CHAIN, gateway: signer.address, now, entries: logs.get(log) ?? [], anchors: [...anchors], roles: [{ from: START }],
        proofs: proofs.map((proof, i): AnchorProof => {
          const { entries, head } = counts[i]!.get(log) ?? { entries: 0, head: FIRST_PREVIOUS };
          return { anchor: i + 1, entries, head, proof: encodeLogProof(proof) };
        }),
      };
    },
  };
}
