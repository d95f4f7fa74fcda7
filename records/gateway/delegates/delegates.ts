// Delegates act for a patient in a relationship whose address names them on chain: within their scope, until their time. They hold no keys of the patient: what
// they change counts for every decision at once, what the recipient held keys of stays readable, and what it never had waits for the patient's wallet.
import { HealthpassError, type UnixSeconds } from '#passport';
import { signerOf } from '#contracts/care/statements.ts';
import type { Queryable } from '#server';
import { encodeScope, mayDelegate, parseScope, type Mandate, type MandateScope } from '#records/model/consent/index.ts';
import { type appointmentSchema, type delegatedConsentSchema, type Delegation, type MandateReceived } from '#records/model/exchange/delegates.ts';
import type { CarriedStatement } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import { z } from 'zod';
import type { Caller } from '../caller.ts';
import { applyKeys, conflict } from '../epochs/key-book.ts';
import type { Exchange } from '../exchange.ts';
import type { PatientId } from '../patient-keys.ts';
import { assertAgreed, assertRevoked } from '../relationships/agree.ts';
import type { Owner } from '../relationships/changes.ts';
import { consentedOf } from '../relationships/consents.ts';
import { isLive, relationshipContext, type Hex, type Relationship } from '../relationships/relationship.ts';
import { nextNonce } from '../relationships/views.ts';
import { address } from '../schemas.ts';
import { recordUnknown } from '../unknown.ts';

const NO_KEYS = { epochs: [], signatures: [], wraps: [], records: [] };

export function createDelegates(exchange: Exchange) {
  const { database, blind, patientKeys, consents, entries, standings, notices, audit, chain, care, config, now } = exchange;
  const indexOf = (delegate: Address) => blind(`delegate/${delegate}`);
  const contextOf = (relationship: Hex) => `delegation/${relationship}`;
  type Row = { readonly relationship: Hex; readonly patient: PatientId; readonly sealed: Uint8Array; readonly scope: number; readonly until: number };
  const SELECT = 'SELECT d.relationship, r.patient, d.sealed, d.scope, d.until::int8 AS until FROM delegation d JOIN relationship r ON r.id = d.relationship JOIN patient p ON p.id = r.patient';
  const opened = async ({ relationship, patient, sealed, scope, until }: Row): Promise<Delegation> =>
    ({ relationship, delegate: address.parse(await (await patientKeys.sealer(database, patient)).open(contextOf(relationship), sealed)), scope: parseScope(scope), until });

  /** What the caller may do there, as the chain has it now. @throws HealthpassError `record-unknown` for whoever is no delegate there, `forbidden` outside of the scope or the time */
  async function mandateOf({ account }: Caller, id: Hex, act: MandateScope): Promise<{ readonly one: Relationship; readonly mandate: Mandate; readonly nonce: number }> {
    const [row] = await database.query<Row>(`${SELECT} WHERE d.relationship = $1 AND d.delegate = $2`, [id, indexOf(account)]);
    const one = row && (await consents.read(database, row.patient)).find(id);
    if (!row || !one) throw recordUnknown();
    const { scope, until } = await chain.delegateOf(one.owner, account);
    const mandate: Mandate = { delegate: account, scope: parseScope(scope & row.scope), until: Math.min(until, row.until) as UnixSeconds };
    if (!mayDelegate(mandate, act, { by: account, now: now() })) throw new HealthpassError('forbidden', 'the mandate does not reach that far, or is over', { field: 'scope' });
    return { one, mandate, nonce: await chain.nonceOf(account) };
  }

  async function acted(tx: Queryable, one: Relationship, { account }: Caller, statement: Parameters<typeof standings.keep>[2], change: 'changed' | 'withdrawn', after: (before: ReturnType<typeof consentedOf>) => ReturnType<typeof consentedOf>): Promise<void> {
    const { patient } = one;
    const at = now();
    const all = await consents.read(tx, patient);
    const before = consentedOf(all.relationships, at);
    const become = after(before);
    const categories = become.find(({ id }) => id === one.id)?.policy.categories;
    await standings.keep(tx, one, statement, 'delegate');
    const owed = await applyKeys(tx, NO_KEYS, { patient, before, after: become, changed: one.id, ...(change === 'changed' && { wrappedFor: one.word }), due: all.bumpDue, records: await entries.filed(tx, patient), now: at, assertSigned: () => {} }, { mayOwe: true });
    await consents.changed(tx, patient, owed);
    await notices.add(tx, { kind: 'relationship', patient, relationship: one.id, recipient: one.policy.effect === 'permit' ? one.recipient : undefined });
    await audit.append(tx, { patient, now: at, access: { kind: 'consent', change, actor: { kind: 'delegate', person: { address: account } }, grant: one.grant, recipient: { address: one.recipient }, ...(categories && { categories }) } });
  }
  const assertNonce = (statement: CarriedStatement, nonce: number) => { if (statement.nonce !== nonce) throw conflict('statement.nonce'); };

  return {
    /** The patient names a delegate, or dismisses it. */
    async appoint({ patient, account }: Owner, id: Hex, { delegate, scope, until, statement }: z.infer<typeof appointmentSchema>): Promise<void> {
      const known = (await consents.read(database, patient)).find(id);
      const nonce = known && (await nextNonce(exchange, known));
      await database.transaction(async (tx) => {
        const one = (await consents.lock(tx, patient, 'to change')).find(id);
        if (!one || !known) throw recordUnknown();
        if (statement.nonce !== nonce) throw conflict('statement.nonce');
        const value = { owner: one.owner, delegate, scope: encodeScope(scope), until: scope.length === 0 ? 0 : until, nonce: statement.nonce, deadline: statement.deadline };
        if (signerOf(care, 'SetDelegate', value, statement.signature) !== one.owner) throw new HealthpassError('not-authorised', 'it is signed by somebody else, or something else was signed', { field: 'statement' });
        if (delegate === one.owner || delegate === account) throw new HealthpassError('request-invalid', 'nobody is a delegate of himself', { field: 'delegate' });
        await tx.query('DELETE FROM delegation WHERE relationship = $1 AND delegate = $2', [id, indexOf(delegate)]);
        if (scope.length > 0) {
          const sealed = await (await patientKeys.sealer(tx, patient)).seal(contextOf(id), delegate);
          await tx.query('INSERT INTO delegation (relationship, delegate, sealed, scope, until) VALUES ($1, $2, $3, $4, $5)', [id, indexOf(delegate), sealed, encodeScope(scope), until]);
          await audit.append(tx, { patient, now: now(), access: { kind: 'disclosed', actor: { kind: 'patient' }, to: 'delegate', recipient: { address: delegate }, categories: one.policy.categories ?? [] } });
        }
        await standings.keep(tx, one, { name: 'SetDelegate', value, signature: statement.signature });
        await consents.changed(tx, patient);
      });
      await standings.carryOut(id);
    },

    given: async ({ patient }: Owner): Promise<Delegation[]> => Promise.all((await database.query<Row>(`${SELECT} WHERE r.patient = $1 AND d.until > $2`, [patient, now()])).map(opened)),

    async received({ account }: Caller): Promise<MandateReceived[]> {
      const rows = await database.query<Row>(`${SELECT} WHERE d.delegate = $1 AND d.until > $2 AND r.state IN ('pending', 'active') LIMIT 200`, [indexOf(account), now()]);
      const nonce = rows.length === 0 ? 0 : await chain.nonceOf(account);
      return Promise.all(rows.map(async ({ relationship, patient, scope, until }) => {
        const { owner, recipient, grant, policy } = (await consents.read(database, patient)).find(relationship)!; // joined above
        return { relationship, owner, recipient, grant, policy: { ...policy }, scope: parseScope(scope), until, nonce, now: now() };
      }));
    },

    async revoke(caller: Caller, id: Hex, statement: CarriedStatement): Promise<void> {
      const { one: seen, nonce } = await mandateOf(caller, id, 'revoke');
      await database.transaction(async (tx) => {
        const one = (await consents.lock(tx, seen.patient, 'to change')).find(id);
        if (!one || one.state === 'revoked' || one.state === 'failed') throw new HealthpassError('consent-over', 'the relationship has ended', { field: 'id' });
        assertNonce(statement, nonce);
        assertRevoked(care, one, statement, caller.account, now());
        await tx.query("UPDATE relationship SET state = 'revoked', changed_at = $2, card = NULL WHERE id = $1", [id, now()]);
        await acted(tx, one, caller, { name: 'Revoke', value: { owner: one.owner, id: one.grant, nonce: statement.nonce, deadline: statement.deadline }, signature: statement.signature }, 'withdrawn', (before) => before.filter((other) => other.id !== id));
      });
      await standings.carryOut(id);
    },

    async amend(caller: Caller, id: Hex, body: z.infer<typeof delegatedConsentSchema>): Promise<void> {
      const { one: seen, mandate, nonce } = await mandateOf(caller, id, 'grant');
      await database.transaction(async (tx) => {
        const all = await consents.lock(tx, seen.patient, 'to change');
        const one = all.find(id);
        if (!one || !isLive(one, now())) throw new HealthpassError('consent-over', 'the relationship has ended', { field: 'id' });
        assertNonce(body.statement, nonce);
        const agreement = assertAgreed(care, body, one, { gateway: config.gateway, now: now(), others: all.relationships, mandate });
        if (agreement.policy.effect !== one.policy.effect) throw new HealthpassError('request-invalid', 'a permission does not become a denial: revoke it, and deny', { field: 'consent' });
        await tx.query('UPDATE relationship SET sealed = $2, changed_at = $3 WHERE id = $1', [id, await (await patientKeys.sealer(tx, one.patient)).seal(relationshipContext(id), agreement), now()]);
        await acted(tx, one, caller, { name: 'Grant', value: { owner: one.owner, id: one.grant, word: agreement.word, nonce: body.statement.nonce, deadline: body.statement.deadline }, signature: body.statement.signature }, 'changed',
          (before) => before.map((other) => (other.id === id ? { id, policy: agreement.policy } : other)));
      });
      await standings.carryOut(id);
    },
  };
}
