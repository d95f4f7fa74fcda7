// The account of accesses: what entering one takes, anchoring many logs, and verifying a long one as its patient does.
import { randomBytes, randomUUID } from 'node:crypto';
import { createAuditLog } from '#records/gateway/audit/log.ts';
import { createCheckpoints } from '#records/gateway/audit/checkpoints.ts';
import { proofsOf } from '#records/gateway/audit/proofs.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { createPatientKeys, type PatientId } from '#records/gateway/patient-keys.ts';
import { createGatewaySigner } from '#records/gateway/signer.ts';
import { createLogTree, toHex, verifyLog, type Access } from '#records/model/audit/index.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordId } from '#records/model/record.ts';
import { createLocalKeyProvider, openDatabase } from '#server';
import type { UnixSeconds } from '#passport';
import { medians, timed, type Row } from './measure.ts';

const GROUP = 'account of accesses';
const ENTRIES = 1_000;
const LOGS = 10_000;
const CHANGED = 100;
const ROUNDS = 5;
const CHAIN = 31_337;
const NOW = 1_800_000_000 as UnixSeconds;

export async function auditRows(): Promise<Row[]> {
  return [...await logRows(), ...await treeRows()];
}

const reading: Access = {
  kind: 'read', purpose: 'TREAT', asked: { categories: ['results'] }, released: [{ id: '0123456789abcdef0123456789abcdef' as RecordId, category: 'results' }],
  actor: { kind: 'member', person: { address: `0x${'1'.repeat(40)}` as Address, name: 'Dr Sample', role: 'doctor' } },
};

async function logRows(): Promise<Row[]> {
  const database = await openDatabase(undefined, RECORDS_MIGRATIONS);
  try {
    const patientKeys = createPatientKeys(createLocalKeyProvider([new Uint8Array(randomBytes(32))]));
    const signer = createGatewaySigner(new Uint8Array(randomBytes(32)), CHAIN);
    const audit = createAuditLog({ patientKeys, signer, careIndex: { anchorsOf: () => [] }, config: { chainId: CHAIN } });
    const patient = randomUUID() as string as PatientId;
    await patientKeys.add(database, patient);
    const relationship = toHex(randomBytes(32));
    const append = () => database.transaction((tx) => audit.append(tx, { patient, access: reading, relationship, now: NOW }));
    await append();
    const appended = await timed(async () => { for (let i = 1; i < ENTRIES; i++) await append(); });
    const checkpoint = await createCheckpoints(database).take(NOW);
    const log = await audit.logOf(database, patient);
    const [entries, proofs] = [await audit.read(database, patient, { after: 0, limit: ENTRIES }), await proofsOf(database, log, { after: 0, limit: 1 })];
    const verify = () => {
      const verdict = verifyLog({ log, chainId: CHAIN, gateway: signer.address, entries, proofs, anchors: [{ sequence: 1, root: checkpoint!.root, time: NOW }], roles: [{ from: NOW }], now: NOW });
      if (verdict.outcome !== 'complete' || verdict.upTo !== ENTRIES) throw new Error('the log did not verify');
    };
    const { verified } = await medians({ verified: verify }, ROUNDS);
    return [
      { group: GROUP, name: 'entered, sealed and signed, with a receipt (PGlite, one after the other)', value: (1000 * (ENTRIES - 1)) / appended.wall, unit: 'a second' },
      { group: GROUP, name: `${ENTRIES.toLocaleString('en')} entries verified, every signature`, value: verified!.cpu, unit: 'ms CPU' },
    ];
  } finally {
    await database.close();
  }
}

async function treeRows(): Promise<Row[]> {
  const heads = Array.from({ length: LOGS }, () => ({ log: toHex(randomBytes(32)), entries: 1, head: toHex(randomBytes(32)) }));
  const { tree } = createLogTree().with(heads);
  const changed = heads.slice(0, CHANGED).map((head) => ({ ...head, entries: 2 }));
  const { root } = await medians({ root: () => tree.with(changed) }, ROUNDS);
  return [{ group: GROUP, name: `a new root over ${LOGS.toLocaleString('en')} logs of which ${CHANGED} changed`, value: root!.cpu, unit: 'ms CPU', target: { atMost: 100 } }];
}
