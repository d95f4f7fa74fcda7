// All consents of a patient, as decisions are made by them: opened once for each version, and prepared for each relationship.
import type { UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import { prepare, type AccessRequest, type Decider, type Decision, type DenyReason } from '#records/model/consent/index.ts';
import type { Consented } from '#records/model/exchange/plan.ts';
import { CATEGORIES, type Category } from '#records/model/record.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import { isLive, openRelationship, RELATIONSHIP_COLUMNS, standingPolicy, type Hex, type Relationship, type RelationshipRow } from './relationship.ts';

/** Patients whose consents are remembered. */
const MOST_KEPT = 2000;

export type PatientConsents = {
  readonly version: number;
  readonly relationships: readonly Relationship[];
  readonly bumpDue: readonly Category[];
  readonly find: (id: Hex) => Relationship | undefined;
  /** By the consent of this relationship and whatever the patient denies, also within another consent: a permission of another opens nothing here, nor does what a denial excepts. */
  readonly decider: (id: Hex) => Decider;
  /** Whether some consent of the patient denies it, or may by a word on chain that is not known here. */
  readonly isDenied: (request: AccessRequest) => boolean;
};

export type ConsentBook = {
  readonly read: (on: Queryable, patient: PatientId) => Promise<PatientConsents>;
  /** The same, and nobody changes them until the transaction ends. */
  readonly lock: (tx: Queryable, patient: PatientId, how: 'to decide' | 'to change') => Promise<PatientConsents>;
  /** The same to decide, of the patient of a relationship that permits something; undefined where there is none. */
  readonly lockOf: (tx: Queryable, id: Hex) => Promise<{ readonly patient: PatientId; readonly all: PatientConsents } | undefined>;
  /** Whoever decided by the version before decides anew. */
  readonly changed: (tx: Queryable, patient: PatientId, bumpDue?: readonly Category[]) => Promise<void>;
};

type StateRow = { readonly version: number; readonly bumpDue: string };
const STATE = 'SELECT version::int8 AS version, bump_due AS "bumpDue" FROM consent_state WHERE patient = $1';

export function createConsentBook(deps: Pick<GatewayDeps, 'patientKeys'>): ConsentBook {
  const kept = new Map<PatientId, PatientConsents>();

  async function load(on: Queryable, patient: PatientId, row: StateRow | undefined): Promise<PatientConsents> {
    const { version, bumpDue } = row ?? { version: 0, bumpDue: '' };
    const known = kept.get(patient);
    if (known?.version === version) return known;
    const rows = await on.query<RelationshipRow>(`SELECT ${RELATIONSHIP_COLUMNS} FROM relationship WHERE patient = $1 ORDER BY number`, [patient]);
    const consents = consentsOf(version, await Promise.all(rows.map((one) => openRelationship(deps, on, one))), bumpDue);
    kept.delete(patient);
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!); // the oldest; there are some
    kept.set(patient, consents);
    return consents;
  }

  return {
    read: async (on, patient) => load(on, patient, (await on.query<StateRow>(STATE, [patient]))[0]),
    async lock(tx, patient, how) {
      if (how === 'to change') await tx.query("INSERT INTO consent_state (patient, version, bump_due) VALUES ($1, 0, '') ON CONFLICT DO NOTHING", [patient]);
      return load(tx, patient, (await tx.query<StateRow>(`${STATE} FOR ${how === 'to change' ? 'UPDATE' : 'SHARE'}`, [patient]))[0]);
    },
    async lockOf(tx, id) {
      const [row] = await tx.query<StateRow & { readonly patient: PatientId }>(
        `SELECT r.patient, s.version::int8 AS version, s.bump_due AS "bumpDue" FROM relationship r JOIN patient p ON p.id = r.patient JOIN consent_state s ON s.patient = r.patient
          WHERE r.id = $1 AND r.effect = 'permit' FOR SHARE OF s`, [id]);
      return row && { patient: row.patient, all: await load(tx, row.patient, row) };
    },
    changed: async (tx, patient, bumpDue) => void (await tx.query('UPDATE consent_state SET version = version + 1, bump_due = COALESCE($2, bump_due) WHERE patient = $1', [patient, bumpDue?.join(' ') ?? null])),
  };
}

function consentsOf(version: number, relationships: readonly Relationship[], bumpDue: string): PatientConsents {
  const deciders = new Map<Hex, Decider>();
  const byId = new Map(relationships.map((one) => [one.id, one]));
  let every: Decider | undefined;
  const among = (): Decider => (every ??= prepare(relationships.map(standingPolicy)));
  const within = (own: Decider): Decider => ({
    decide(request) {
      const decision = among().decide(request);
      return isExplicit(decision) ? decision : own.decide(request);
    },
  });
  return {
    isDenied: (request) => isExplicit(among().decide(request)),
    version, relationships, bumpDue: CATEGORIES.filter((category) => bumpDue.split(' ').includes(category)), find: (id) => byId.get(id),
    decider(id) {
      const known = deciders.get(id) ?? within(prepare(relationships.filter((one) => one.id === id).map(standingPolicy)));
      deciders.set(id, known);
      return known;
    },
  };
}

const EXPLICIT: ReadonlySet<DenyReason> = new Set(['changed', 'exception', 'denied']);
const isExplicit = (decision: Decision): boolean => decision.outcome === 'deny' && EXPLICIT.has(decision.reason);

/** What keys are planned by. */
export const consentedOf = (relationships: readonly Relationship[], now: UnixSeconds): Consented[] => relationships.filter((one) => isLive(one, now)).map(({ id, policy }) => ({ id, policy }));
