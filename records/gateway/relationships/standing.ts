// Keeps what the chain says of each relationship: statements are carried there until they are, and whatever changes there by another way is noticed.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isHealthpassError } from '#passport';
import type { CareDeployment } from '#contracts/care/deployment.ts';
import { carry, type SignedStatement } from '#contracts/care/statements.ts';
import type { Queryable } from '#server';
import { CLEARED_WORD, type GrantWord } from '#records/model/consent/index.ts';
import { lostCategories } from '#records/model/exchange/plan.ts';
import type { GatewayDeps } from '../deps.ts';
import { dropKeys } from '../epochs/key-book.ts';
import type { Notices } from '../notifications/notices.ts';
import { consentedOf, type ConsentBook } from './consents.ts';
import type { ConsentChain } from './consent-chain.ts';
import { GAS_OF, payingFor, takesBack } from './paying.ts';
import { openRelationship, ownerIndex, RELATIONSHIP_COLUMNS, type Hex, type Relationship, type RelationshipRow } from './relationship.ts';

type Carried = SignedStatement<'Grant'> | SignedStatement<'Revoke'> | SignedStatement<'SetDelegate'>;
const carriedSchema = z.object({ name: z.enum(['Grant', 'Revoke', 'SetDelegate']), value: z.record(z.string(), z.unknown()), signature: z.string() });

export type StandingDeps = Pick<GatewayDeps, 'database' | 'patientKeys' | 'blind' | 'careIndex' | 'relay' | 'budget' | 'now'> & {
  readonly care: CareDeployment; readonly chain: ConsentChain; readonly consents: ConsentBook; readonly notices: Notices;
};
export type Standings = ReturnType<typeof createStandings>;

/** Relationships that are compared together. */
const BATCH = 500;
/** Seconds for which a change is compared with the chain again. */
const RECENT = 3600;

export function createStandings({ database, patientKeys, blind, careIndex, relay, budget, now, care, chain, consents, notices }: StandingDeps) {
  const find = async (on: Queryable, where: string, values: readonly unknown[], page = ''): Promise<Relationship[]> => {
    const rows = await on.query<RelationshipRow>(`SELECT ${RELATIONSHIP_COLUMNS} FROM relationship WHERE ${where} AND patient IN (SELECT id FROM patient) ${page}`, values);
    return Promise.all(rows.map((row) => openRelationship({ patientKeys }, on, row)));
  };

  /** Takes over what the chain says of a relationship now. */
  async function refresh(relationship: Relationship): Promise<void> {
    await chain.wordOf(relationship.owner, relationship.grant); // reads the chain as far as it is
    await database.transaction(async (tx) => {
      const all = await consents.lock(tx, relationship.patient, 'to change');
      const one = all.find(relationship.id);
      // What the index has once nobody else notes anything: a word of before would take back one that was noted meanwhile.
      if (one) await note(tx, one, (careIndex.grantOf(one.owner, one.grant) ?? CLEARED_WORD) as GrantWord); // bytes32, as the event reader has it
    });
  }

  async function note(tx: Queryable, one: Relationship, word: GrantWord): Promise<void> {
    const isConfirmed = word === one.word && one.state === 'pending';
    const isGone = word === CLEARED_WORD && one.standing !== undefined && one.standing !== CLEARED_WORD && one.state === 'active';
    if (word === (one.standing ?? CLEARED_WORD) && !isConfirmed) return;
    const state = isConfirmed ? 'active' : isGone ? 'revoked' : one.state;
    await tx.query('UPDATE relationship SET standing = $2, state = $3, changed_at = $4 WHERE id = $1', [one.id, word, state, now()]);
    if (isGone) await drop(tx, one);
    else await consents.changed(tx, one.patient);
    if (one.state === 'revoked' || one.state === 'failed') return; // told when it was signed
    await notices.add(tx, { kind: 'relationship', patient: one.patient, relationship: one.id, recipient: one.policy.effect === 'permit' ? one.recipient : undefined });
  }

  /** Revoked past the gateway: its wraps go now, and new keys are due as soon as a wallet of the patient opens. */
  async function drop(tx: Queryable, one: Relationship): Promise<void> {
    await dropKeys(tx, one.id);
    const { relationships, bumpDue } = await consents.read(tx, one.patient);
    const before = consentedOf(relationships, now());
    const lost = lostCategories(before, before.filter(({ id }) => id !== one.id), now());
    await consents.changed(tx, one.patient, [...new Set([...bumpDue, ...lost])]);
  }

  /** Carries what was signed for a relationship, in its order. A chain out of reach is tried again later. @throws HealthpassError `transaction-failed`, `chain-unavailable`, `service-unavailable` (what is left of the money is kept for revocations) */
  async function carryOut(id: Hex): Promise<void> {
    const [relationship] = await find(database, 'id = $1', [id]);
    if (!relationship) return;
    const sealer = await patientKeys.sealer(database, relationship.patient);
    const rows = await database.query<{ id: string; sealed: Uint8Array }>('SELECT id, sealed FROM consent_statement WHERE relationship = $1 ORDER BY at, nonce', [id]);
    const statements = await Promise.all(rows.map(async (row) => carriedSchema.parse(await sealer.open(contextOf(row.id), row.sealed)) as unknown as Carried)); // sealed by us as such
    // What stands before one that takes back has the nonces before it: it is as urgent.
    const urgent = statements.findLastIndex((statement) => takesBack(statement, careIndex));
    for (const [i, row] of rows.entries()) await carryOne(relationship, row.id, statements[i]!, i <= urgent ? 'safety' : 'patients');
  }

  async function carryOne(relationship: Relationship, statement: string, { name, value, signature }: Carried, pot: 'safety' | 'patients'): Promise<void> {
    const done = async () => {
      await refresh(relationship);
      await database.query('DELETE FROM consent_statement WHERE id = $1', [statement]);
    };
    try {
      await relay(carry(care, name, value as never, signature), paymentOf(statement), { pot }); // name and value belong together
    } catch (error) {
      if (!isHealthpassError(error) || error.code !== 'transaction-failed' || isUnpaid(error)) throw error;
      await done();
      if (name === 'Grant') await fail(relationship.id, relationship.patient);
      throw error;
    }
    await done();
  }

  const fail = (id: Hex, patient: Relationship['patient']) => database.transaction(async (tx) => {
    await consents.lock(tx, patient, 'to change');
    const failed = await tx.query("UPDATE relationship SET state = 'failed', changed_at = $2 WHERE id = $1 AND state = 'pending' RETURNING 1", [id, now()]);
    if (failed.length === 0) return;
    await dropKeys(tx, id);
    await consents.changed(tx, patient);
  });

  let isCompared = false;
  async function compareAll(): Promise<void> {
    for (let after = ''; ;) {
      const batch = await find(database, "id > $1 AND (state IN ('pending', 'active') OR standing <> $2)", [after, CLEARED_WORD], `ORDER BY id LIMIT ${BATCH}`);
      for (const one of batch) if ((careIndex.grantOf(one.owner, one.grant) ?? CLEARED_WORD) !== (one.standing ?? CLEARED_WORD)) await refresh(one);
      if (batch.length < BATCH) return;
      after = batch.at(-1)!.id; // as many as asked for
    }
  }

  return {
    /** Keeps a statement until it is carried, and the money for it. A delegate's counts by another nonce. @throws HealthpassError `rate-limited`: then nothing is kept, and nothing changes */
    async keep(tx: Queryable, { id, patient }: Pick<Relationship, 'id' | 'patient'>, statement: Carried, by: 'owner' | 'delegate' = 'owner'): Promise<void> {
      const name = createHash('sha256').update(statement.signature).digest('hex').slice(0, 40);
      const sealed = await (await patientKeys.sealer(tx, patient)).seal(contextOf(name), statement);
      await tx.query('INSERT INTO consent_statement (id, relationship, nonce, by_owner, sealed, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [name, id, statement.value.nonce, by === 'owner', sealed, now()]);
      await budget.reserve(tx, paymentOf(name), GAS_OF[statement.name], await payingFor(tx, { id, patient }, statement, now(), careIndex));
      if (by === 'owner') await tx.query('UPDATE relationship SET nonce = $2 WHERE id = $1', [id, Number(statement.value.nonce) + 1]);
    },
    carryOut,
    /** Revoked here, while the chain has it still and nothing is on its way there: what was signed came too late, or out of turn. The wallet signs again. */
    async owesRevocation(on: Queryable, { id, state, standing }: Relationship): Promise<boolean> {
      if (state !== 'revoked' || standing === undefined || standing === CLEARED_WORD) return false;
      return (await on.query('SELECT 1 FROM consent_statement WHERE relationship = $1 LIMIT 1', [id])).length === 0;
    },
    /** Whatever was signed and is not on chain yet, revocations first. */
    async carryAll(): Promise<void> {
      let unpaid: unknown;
      const rows = await database.query<{ id: Hex }>("SELECT s.relationship AS id FROM consent_statement s JOIN relationship r ON r.id = s.relationship JOIN patient p ON p.id = r.patient GROUP BY s.relationship, r.state ORDER BY r.state = 'revoked' DESC, min(s.at) LIMIT 100");
      for (const { id } of rows) {
        try {
          await carryOut(id);
        } catch (error) {
          if (isUnpaid(error)) unpaid = error; // revocations of others may be paid still
          else if (!isHealthpassError(error) || error.code !== 'transaction-failed') throw error; // noted with the relationship; the others go on
        }
      }
      if (unpaid) throw unpaid;
    },
    /** Takes over what changed on chain. The first time everything is compared: of what happened while there was no gateway nobody told it. */
    async follow(): Promise<void> {
      if (!isCompared) await compareAll();
      isCompared = true;
      const owners = await chain.changes();
      try {
        const changed = owners.length === 0 ? [] : await find(database, 'owner = ANY($1::bytea[])', [owners.map((owner) => blind(ownerIndex(owner)))]);
        for (const relationship of changed) await refresh(relationship);
      } catch (error) {
        owners.forEach(chain.again);
        throw error;
      }
    },
    /** Compares what changed lately with the chain again: blocks may have been replaced since. */
    async compare(): Promise<void> {
      for (const relationship of await find(database, "changed_at > $1 AND state IN ('pending', 'active')", [now() - RECENT])) await refresh(relationship);
    },
  };
}

/** Whether what was signed waits for money. */
export const isUnpaid = (error: unknown): boolean =>
  isHealthpassError(error) && (error.code === 'service-unavailable' || error.code === 'rate-limited' || (error.code === 'transaction-failed' && error.field === 'balance'));

const contextOf = (statement: string) => `statement/${statement}`;
const paymentOf = (statement: string) => `consent/${statement}`;
