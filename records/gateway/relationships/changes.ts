// The changes that a patient makes to relationships: each is one transaction in which consent, keys and the account of it change together; then it is carried to the chain.
import { HealthpassError, isHealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { GrantId } from '#records/model/consent/index.ts';
import type { Consented } from '#records/model/exchange/plan.ts';
import type { Category } from '#records/model/record.ts';
import type { z } from 'zod';
import type { changedConsentSchema, epochsChangeSchema, newRelationshipSchema, recordWrapsSchema, revocationSchema } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import type { Caller } from '../caller.ts';
import { applyKeys, conflict } from '../epochs/key-book.ts';
import type { PatientId } from '../patient-keys.ts';
import { recordUnknown } from '../unknown.ts';
import { assertAgreed, assertEpochSigned, assertOwned, assertRevoked } from './agree.ts';
import { consentedOf, type PatientConsents } from './consents.ts';
import type { Exchange } from '../exchange.ts';
import { isUnpaid } from './standing.ts';
import { nextNonce } from './views.ts';
import { isLive, ownerIndex, recipientIndex, relationshipContext, type Agreement, type Hex, type Relationship } from './relationship.ts';

export type Owner = Caller & { readonly patient: PatientId };
/** Relationships of one patient, ended ones with them. */
const MOST_RELATIONSHIPS = 500;

export function createChanges(exchange: Exchange) {
  const { database, blind, patientKeys, now, roles, consents, entries, standings, notices, audit, care, config } = exchange;

  const sealed = async (tx: Queryable, patient: PatientId, id: Hex, agreement: Agreement) => (await patientKeys.sealer(tx, patient)).seal(relationshipContext(id), agreement);
  const person = (address: Address) => ({ address, ...(roles.standing(address, now()).roles[0] && { role: roles.standing(address, now()).roles[0]! }) });

  /** Locks the patient's consents as the wallet saw them. @throws HealthpassError `consent-conflict` */
  async function locked(tx: Queryable, patient: PatientId, version: number | undefined): Promise<PatientConsents> {
    const all = await consents.lock(tx, patient, 'to change');
    if (version !== undefined && version !== all.version) throw conflict('version');
    return all;
  }
  const own = (all: PatientConsents, id: Hex): Relationship => {
    const one = all.find(id);
    if (!one) throw recordUnknown();
    return one;
  };

  type Change = { readonly before: readonly Consented[]; readonly after: readonly Consented[]; readonly changed?: Hex; readonly owners: ReadonlyMap<string, Address>; readonly mayOwe?: boolean };
  async function change(tx: Queryable, patient: PatientId, all: PatientConsents, keys: Parameters<typeof applyKeys>[1], { owners, mayOwe = false, ...rest }: Change, signedBy?: Address): Promise<Category[]> {
    const owed = await applyKeys(tx, keys, {
      ...rest, patient, due: all.bumpDue, records: await entries.filed(tx, patient), now: now(),
      assertSigned(id, epoch, signature) {
        const owner = owners.get(id)!; // needed, so one of these
        assertEpochSigned(config.chainId, owner, signedBy === undefined ? [owner] : [owner, signedBy], epoch, signature);
      },
    }, { mayOwe });
    await consents.changed(tx, patient, owed);
    return owed;
  }
  const ownersOf = (all: PatientConsents) => new Map<string, Address>(all.relationships.map(({ id, owner }) => [id, owner]));

  /** The nonce that the next statement of a relationship's address has; asked outside of the transaction. */
  async function nonceOf(patient: PatientId, id: Hex): Promise<number | undefined> {
    const one = (await consents.read(database, patient)).find(id);
    return one && nextNonce(exchange, one);
  }
  /** A statement that was used before is not taken again. @throws HealthpassError `consent-conflict` */
  const assertNonce = (expected: number | undefined, nonce: number): void => {
    if (nonce !== expected) throw conflict('statement.nonce');
  };

  /** Then, not before: a chain that is out of reach, and money that is not there yet, do not undo what was agreed. */
  async function carried(id: Hex): Promise<void> {
    try {
      await standings.carryOut(id);
    } catch (error) {
      if (!isUnpaid(error) && (!isHealthpassError(error) || !['chain-unavailable', 'chain-inconsistent'].includes(error.code))) throw error;
    }
  }

  return {
    /** @throws HealthpassError of what is wrong; `consent-conflict` when something changed meanwhile, or the id, number or address is taken */
    async create(caller: Owner, body: z.infer<typeof newRelationshipSchema>): Promise<void> {
      const { patient, account } = caller;
      const { id, number, owner, recipient, card, request } = body;
      const at = now();
      assertOwned(config.chainId, { owner, account, recipient, id }, body.proof);
      if (body.statement.nonce !== 0) throw conflict('statement.nonce'); // an address of its own has signed nothing before
      if (owner === account || recipient === account || recipient === owner) throw new HealthpassError('request-invalid', 'an address stands for two', { field: 'owner' });
      await database.transaction(async (tx) => {
        const all = await locked(tx, patient, body.version);
        if (all.relationships.length >= MOST_RELATIONSHIPS) throw new HealthpassError('service-unavailable', 'there are too many relationships', { field: 'relationships' });
        const agreement = assertAgreed(care, body, { owner, recipient, grant: body.grant as GrantId }, { gateway: config.gateway, now: at, others: all.relationships });
        const isPermit = agreement.policy.effect === 'permit';
        if (isPermit && !isMember(recipient)) throw new HealthpassError('request-invalid', 'the recipient is no member', { field: 'recipient' });
        if (isPermit === (card === undefined)) throw new HealthpassError('request-invalid', 'a permission comes with a card, a denial without', { field: 'card' });
        const statement = { name: 'Grant', value: { owner, id: agreement.grant, word: agreement.word, nonce: body.statement.nonce, deadline: body.statement.deadline }, signature: body.statement.signature } as const;
        const added = await tx.query(
          `INSERT INTO relationship (id, patient, number, recipient, owner, effect, state, sealed, card, request, created_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10, $10) ON CONFLICT DO NOTHING RETURNING 1`,
          [id, patient, number, blind(recipientIndex(recipient)), blind(ownerIndex(owner)), agreement.policy.effect, await sealed(tx, patient, id, agreement), card ?? null, request ?? null, at]);
        if (added.length === 0) throw conflict('id');
        await standings.keep(tx, { id, patient }, statement);
        const before = consentedOf(all.relationships, at);
        await change(tx, patient, all, body.keys, { before, after: [...before, { id, policy: agreement.policy }], changed: id, owners: ownersOf(all).set(id, owner) });
        if (request) await exchange.requests.answered(tx, request, id, recipient);
        await audit.append(tx, { patient, now: at, access: { kind: 'consent', change: 'granted', actor: { kind: 'patient' }, grant: agreement.grant, recipient: person(recipient), ...(agreement.policy.categories && { categories: agreement.policy.categories }) } });
      });
      await carried(id);
    },

    async amend(caller: Owner, id: Hex, body: z.infer<typeof changedConsentSchema>): Promise<void> {
      const { patient } = caller;
      const at = now();
      const nonce = await nonceOf(patient, id);
      await database.transaction(async (tx) => {
        const all = await locked(tx, patient, body.version);
        const one = own(all, id);
        if (!isLive(one, at)) throw new HealthpassError('consent-over', 'the relationship has ended', { field: 'id' });
        assertNonce(nonce, body.statement.nonce);
        const agreement = assertAgreed(care, body, one, { gateway: config.gateway, now: at, others: all.relationships });
        if (agreement.policy.effect !== one.policy.effect) throw new HealthpassError('request-invalid', 'a permission does not become a denial: revoke it, and deny', { field: 'consent' });
        const statement = { name: 'Grant', value: { owner: one.owner, id: one.grant, word: agreement.word, nonce: body.statement.nonce, deadline: body.statement.deadline }, signature: body.statement.signature } as const;
        await tx.query('UPDATE relationship SET sealed = $2, changed_at = $3, card = COALESCE($4, card), request = COALESCE($5, request) WHERE id = $1', [id, await sealed(tx, patient, id, agreement), at, body.card ?? null, body.request ?? null]);
        await standings.keep(tx, one, statement);
        const before = consentedOf(all.relationships, at);
        const after = before.map((other) => (other.id === id ? { id, policy: agreement.policy } : other));
        await change(tx, patient, all, body.keys, { before, after, changed: id, owners: ownersOf(all) });
        if (body.request) await exchange.requests.answered(tx, body.request, id, one.recipient);
        await notices.add(tx, { kind: 'relationship', patient, relationship: id, recipient: one.policy.effect === 'permit' ? one.recipient : undefined, quiet: true });
        await audit.append(tx, { patient, now: at, access: { kind: 'consent', change: 'changed', actor: { kind: 'patient' }, grant: one.grant, recipient: person(one.recipient), ...(agreement.policy.categories && { categories: agreement.policy.categories }) } });
      });
      await carried(id);
    },

    /** From the moment that this is signed nothing is released any more, whatever the chain has. */
    async revoke(caller: Owner, id: Hex, body: z.infer<typeof revocationSchema>): Promise<void> {
      const { patient } = caller;
      const at = now();
      const nonce = await nonceOf(patient, id);
      await database.transaction(async (tx) => {
        const all = await locked(tx, patient, body.version);
        const one = own(all, id);
        const isOwed = await standings.owesRevocation(tx, one);
        if ((one.state === 'revoked' && !isOwed) || one.state === 'failed') throw new HealthpassError('consent-over', 'the relationship has ended', { field: 'id' });
        assertNonce(nonce, body.statement.nonce);
        assertRevoked(care, one, body.statement, one.owner, at);
        const statement = { name: 'Revoke', value: { owner: one.owner, id: one.grant, nonce: body.statement.nonce, deadline: body.statement.deadline }, signature: body.statement.signature } as const;
        if (isOwed) return standings.keep(tx, one, statement); // everything else happened when it was revoked
        await tx.query("UPDATE relationship SET state = 'revoked', changed_at = $2, card = NULL WHERE id = $1", [id, at]);
        await standings.keep(tx, one, statement);
        const before = consentedOf(all.relationships, at);
        await change(tx, patient, all, body.keys, { before, after: before.filter((other) => other.id !== id), owners: ownersOf(all) });
        await notices.add(tx, { kind: 'relationship', patient, relationship: id, recipient: one.policy.effect === 'permit' ? one.recipient : undefined, quiet: true });
        await audit.append(tx, { patient, now: at, access: { kind: 'consent', change: 'withdrawn', actor: { kind: 'patient' }, grant: one.grant, recipient: person(one.recipient) } });
      });
      await carried(id);
    },

    /** New epochs without a change of consents: ahead of an end that is foreseen, for a category that has none, or after somebody else revoked. */
    publish: ({ patient }: Owner, body: z.infer<typeof epochsChangeSchema>): Promise<void> =>
      database.transaction(async (tx) => {
        await audit.assertWhole(tx); // an older copy has forgotten epochs, and who holds their keys
        const all = await locked(tx, patient, body.version);
        const consented = consentedOf(all.relationships, now());
        await change(tx, patient, all, body.keys, { before: consented, after: consented, owners: ownersOf(all), mayOwe: true });
      }),

    /** Wraps of records that came after a narrow consent. */
    wrap: ({ patient }: Owner, id: Hex, { records }: z.infer<typeof recordWrapsSchema>): Promise<void> =>
      database.transaction(async (tx) => {
        await audit.assertWhole(tx);
        const all = await locked(tx, patient, undefined);
        own(all, id);
        const consented = consentedOf(all.relationships, now());
        const keys = { epochs: [], signatures: [], wraps: [], records: records.map((one) => ({ relationship: id, ...one })) };
        await applyKeys(tx, keys, { patient, before: consented, after: consented, due: [], records: await entries.filed(tx, patient), now: now(), assertSigned: () => {} }, { mayOwe: true });
      }),
  };

  function isMember(address: Address): boolean {
    return roles.standing(address, now()).roles.length > 0;
  }
}
