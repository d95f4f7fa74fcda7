// Emergencies as they are kept: what was asked stands sealed under the patient's key, who may see it is found by keyed digests. How far one is, the
// chain says: what this table says can end an access, and begin none.
import { z } from 'zod';
import type { UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import type { EmergencyState } from '#records/model/emergency/codes.ts';
import { askedEmergencySchema, reviewSchema } from '#records/model/emergency/statement.ts';
import type { EmergencyAccessOf } from '#records/model/emergency/wire.ts';
import { addressText, bytes32Text } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { accountIndex } from '../account-index.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import type { EmergencyChain } from './chain.ts';

type Hex = `0x${string}`;
/** Any number, as long as all processes of the service take the same. */
const LOCK = 7_265_172;
const keptSchema = z.object({ asked: askedEmergencySchema, kept: z.string(), head: bytes32Text, custodians: z.array(addressText) });
type Kept = z.infer<typeof keptSchema>;
type Row = {
  readonly id: Hex; readonly patient: PatientId; readonly state: 'asked' | 'ended' | 'reviewed' | 'failed'; readonly sealed: Uint8Array; readonly askedAt: number; readonly until: number;
  readonly openedAt: number | null; readonly endedAt: number | null; readonly review: string | null; readonly reads: number;
};
const COLUMNS = 'id, patient, state, sealed, asked_at::int8 AS "askedAt", until::int8 AS until, opened_at::int8 AS "openedAt", ended_at::int8 AS "endedAt", review, reads::int8 AS reads';

export type Case = Omit<Row, 'sealed' | 'review'> & Kept & { readonly review: z.infer<typeof reviewSchema> | undefined };
type Where = { readonly column: 'patient' | 'institution' | 'custodian' | 'id'; readonly value: unknown };

export type CaseBook = ReturnType<typeof createCaseBook>;

export function createCaseBook({ patientKeys, blind, careIndex, now }: Pick<GatewayDeps, 'patientKeys' | 'blind' | 'careIndex' | 'now'>, chain: EmergencyChain) {
  const contextOf = (id: string) => `emergency/${id}`;
  const indexOf = (member: Address): Uint8Array => blind(accountIndex(member));

  async function opened(on: Queryable, { sealed, review, ...row }: Row): Promise<Case> {
    const kept = keptSchema.parse(await (await patientKeys.sealer(on, row.patient)).open(contextOf(row.id), sealed));
    return { ...row, ...kept, review: review === null ? undefined : reviewSchema.parse(JSON.parse(review)) };
  }
  async function list(on: Queryable, { column, value }: Where, { limit = 200, lock = false, more = '' } = {}): Promise<Case[]> {
    const where = column === 'custodian' ? 'id IN (SELECT emergency FROM emergency_custodian WHERE custodian = $1)' : `${column} = $1`;
    const rows = await on.query<Row>(`SELECT ${COLUMNS} FROM emergency WHERE ${where} ${more} AND patient IN (SELECT id FROM patient) ORDER BY asked_at DESC, id LIMIT ${limit}${lock ? ' FOR UPDATE' : ''}`, [value]);
    return Promise.all(rows.map((row) => opened(on, row)));
  }
  type Custody = { readonly approvedAt: number | null; readonly passed: string | null };
  const approvalsOf = async (on: Queryable, one: Case): Promise<Address[]> => {
    const rows = await on.query<{ custodian: Uint8Array }>('SELECT custodian FROM emergency_custodian WHERE emergency = $1 AND approved_at IS NOT NULL', [one.id]);
    const approved = new Set(rows.map(({ custodian }) => Buffer.from(custodian).toString('hex')));
    return one.custodians.filter((custodian) => approved.has(Buffer.from(indexOf(custodian)).toString('hex')));
  };
  /** Those that count: of hospitals that are hospitals still. */
  const standingOf = async (on: Queryable, one: Case): Promise<Address[]> => (await approvalsOf(on, one)).filter((institution) => careIndex.hasRole(institution, 'hospital', now()));
  const isRunning = ({ state, until }: Pick<Case, 'state' | 'until'>): boolean => state === 'asked' && now() < until;

  return {
    indexOf, list, isRunning, standingOf,
    /** The newest of all, for bodies. */
    async all(on: Queryable): Promise<Case[]> {
      const rows = await on.query<Row>(`SELECT ${COLUMNS} FROM emergency WHERE state <> 'failed' AND patient IN (SELECT id FROM patient) ORDER BY asked_at DESC, id LIMIT 500`);
      return Promise.all(rows.map((row) => opened(on, row)));
    },
    /** Those whose time is over and that nobody ended. */
    async overdue(on: Queryable): Promise<Case[]> {
      const rows = await on.query<Row>(`SELECT ${COLUMNS} FROM emergency WHERE state = 'asked' AND until <= $1 AND patient IN (SELECT id FROM patient) LIMIT 100`, [now()]);
      return Promise.all(rows.map((row) => opened(on, row)));
    },
    find: async (on: Queryable, id: Hex, options?: { lock: boolean }): Promise<Case | undefined> => (await list(on, { column: 'id', value: id }, options))[0],
    /** False where the id is taken. */
    async add(tx: Queryable, patient: PatientId, { asked, kept, head, custodians }: Kept): Promise<boolean> {
      const sealed = await (await patientKeys.sealer(tx, patient)).seal(contextOf(asked.id), { asked, kept, head, custodians });
      const added = await tx.query("INSERT INTO emergency (id, patient, institution, state, sealed, asked_at, until) VALUES ($1, $2, $3, 'asked', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1",
        [asked.id, patient, indexOf(asked.institution), sealed, now(), asked.until]);
      if (added.length === 0) return false;
      // Whoever asks holds no part in it, whatever the patient chose: nobody approves a question of their own.
      for (const custodian of custodians) if (custodian !== asked.institution) await tx.query('INSERT INTO emergency_custodian (emergency, custodian) VALUES ($1, $2)', [asked.id, indexOf(custodian)]);
      return true;
    },
    custodyOf: async (on: Queryable, id: Hex, custodian: Address): Promise<Custody | undefined> =>
      (await on.query<Custody>('SELECT approved_at::int8 AS "approvedAt", passed FROM emergency_custodian WHERE emergency = $1 AND custodian = $2', [id, indexOf(custodian)]))[0],
    /** True the first time. */
    approved: async (tx: Queryable, id: Hex, custodian: Address): Promise<boolean> =>
      (await tx.query('UPDATE emergency_custodian SET approved_at = $3 WHERE emergency = $1 AND custodian = $2 AND approved_at IS NULL RETURNING 1', [id, indexOf(custodian), now()])).length > 0,
    pass: (tx: Queryable, id: Hex, custodian: Address, passed: string) => tx.query('UPDATE emergency_custodian SET passed = $3 WHERE emergency = $1 AND custodian = $2', [id, indexOf(custodian), passed]),
    async passedOf(on: Queryable, one: Case): Promise<{ readonly custodian: Address; readonly passed: string }[]> {
      const rows = await on.query<{ custodian: Uint8Array; passed: string }>('SELECT custodian, passed FROM emergency_custodian WHERE emergency = $1 AND passed IS NOT NULL', [one.id]);
      const byIndex = new Map(rows.map(({ custodian, passed }) => [Buffer.from(custodian).toString('hex'), passed]));
      return one.custodians.flatMap((custodian) => {
        const passed = byIndex.get(Buffer.from(indexOf(custodian)).toString('hex'));
        return passed === undefined ? [] : [{ custodian, passed }];
      });
    },
    /** True the first time. */
    opened: async (tx: Queryable, id: Hex): Promise<boolean> => (await tx.query('UPDATE emergency SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL RETURNING 1', [id, now()])).length > 0,
    countRead: (tx: Queryable, id: Hex) => tx.query('UPDATE emergency SET reads = reads + 1 WHERE id = $1', [id]),
    /** True where it was not ended before. */
    end: async (tx: Queryable, id: Hex, state: 'ended' | 'failed' = 'ended'): Promise<boolean> =>
      (await tx.query("UPDATE emergency SET state = $2, ended_at = $3 WHERE id = $1 AND state = 'asked' RETURNING 1", [id, state, now()])).length > 0,
    reviewed: async (tx: Queryable, id: Hex, review: z.infer<typeof reviewSchema>): Promise<boolean> =>
      (await tx.query("UPDATE emergency SET state = 'reviewed', ended_at = COALESCE(ended_at, $3), review = $2 WHERE id = $1 AND state IN ('asked', 'ended') RETURNING 1", [id, JSON.stringify(review), now()])).length > 0,
    /** @returns how far it is, by the chain where it is under way */
    async view(on: Queryable, one: Case): Promise<EmergencyAccessOf> {
      const state: EmergencyState = one.state !== 'asked' ? one.state : !isRunning(one) ? 'ended' : (await chain.isReleased(one.id)) ? 'released' : 'asked';
      const { asked: { institution, reason }, review, openedAt, endedAt } = one;
      return {
        id: one.id, institution, reason, state, askedAt: one.askedAt as UnixSeconds, until: one.until as UnixSeconds, approvals: await (state === 'asked' ? standingOf : approvalsOf)(on, one),
        ...(openedAt !== null && { openedAt }), ...(endedAt !== null && { endedAt }), ...(review && { finding: review.finding }),
      };
    },
    /** Asking for patients who are not there, of one institution in an hour. Nobody else asks until the transaction ends: of many at once each would find room for one more. */
    async lockMisses(tx: Queryable, institution: Address): Promise<number> {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      return (await tx.query<{ count: number }>('SELECT count(*)::int8 AS count FROM emergency_miss WHERE institution = $1 AND at > $2', [indexOf(institution), now() - 3600]))[0]!.count;
    },
    missed: async (on: Queryable, institution: Address): Promise<void> => {
      await on.query('DELETE FROM emergency_miss WHERE at <= $1', [now() - 3600]);
      await on.query('INSERT INTO emergency_miss (institution, at) VALUES ($1, $2)', [indexOf(institution), now()]);
    },
  };
}
