// What patients see of their relationships, and what members are told of those that they are in: of these only what permits, never what is excepted.
import type { UnixSeconds } from '#passport';
import { CLEARED_WORD, type Policy } from '#records/model/consent/index.ts';
import { neededKeys } from '#records/model/exchange/plan.ts';
import type { Consents, KeptRelationship, Received } from '#records/model/exchange/wire.ts';
import { ORDINARY_CATEGORIES } from '#records/model/record.ts';
import type { Caller } from '../caller.ts';
import { readEpochs, readHeld } from '../epochs/key-book.ts';
import type { Exchange } from '../exchange.ts';
import { consentedOf } from './consents.ts';
import type { Owner } from './changes.ts';
import { isLive, openRelationship, recipientIndex, RELATIONSHIP_COLUMNS, type Hex, type Relationship, type RelationshipRow } from './relationship.ts';

/** What the recipient may count on. */
export const termsOf = ({ actions, purposes, categories, from, until }: Policy): Received['terms'] =>
  ({ actions: [...actions], ...(purposes && { purposes: [...purposes] }), categories: [...(categories ?? ORDINARY_CATEGORIES)], from, until });

export async function viewConsents(exchange: Exchange, { patient }: Owner): Promise<Consents> {
  const { database, consents, entries, standings, now } = exchange;
  const at = now();
  const all = await consents.read(database, patient);
  const epochs = await readEpochs(database, patient);
  const [held, records] = [await readHeld(database, patient), await entries.filed(database, patient)];
  const consented = consentedOf(all.relationships, at);
  const lacking = (one: Relationship) => {
    const consent = consented.find(({ id }) => id === one.id);
    if (!consent) return { missing: [], lacksKeys: false };
    const [needed, has] = [neededKeys(consent, { consents: consented, epochs, records, now: at }), held(one.id)];
    const lacks = (kept: ReadonlySet<string>) => ({ category, epoch }: { category: string; epoch: number }) => !kept.has(`${category}/${epoch}`);
    return { missing: needed.records.filter((record) => !has.records.has(record)), lacksKeys: needed.epochs.some(lacks(has.wraps)) || needed.signatures.some(lacks(has.signatures)) };
  };
  const view = async (one: Relationship, owesRevocation: boolean): Promise<KeptRelationship> => ({
    id: one.id, number: one.number, owner: one.owner, recipient: one.recipient, grant: one.grant, word: one.word, salt: one.salt, policy: { ...one.policy }, consent: { ...one.consent }, state: one.state,
    nonce: owesRevocation || isLive(one, at) ? await nextNonce(exchange, one) : 0, createdAt: one.createdAt, changedAt: one.changedAt, ...(one.request && { request: one.request }), ...lacking(one), owesRevocation,
  });
  const relationships = await Promise.all(all.relationships.map(async (one) => view(one, await standings.owesRevocation(database, one))));
  return { version: all.version, now: at, relationships, epochs, bumpDue: [...all.bumpDue] };
}

export type ReceivedQuery = { readonly id?: Hex | undefined; /** The last one of the page before. */ readonly after?: Hex | undefined; readonly limit?: number | undefined };
/** Of a page. */
export const MOST_RECEIVED = 500;

/** Permissions that stand or wait for the chain, the newest first. Ended ones and denials are not there. `next`: there may be more after it. */
export async function viewReceived({ database, blind, patientKeys, now }: Exchange, { account, organisation }: Caller, { id, after, limit = MOST_RECEIVED }: ReceivedQuery): Promise<{ relationships: Received[]; next?: Hex }> {
  const recipients = [account, ...(organisation ? [organisation] : [])].map((recipient) => blind(recipientIndex(recipient)));
  const rows = await database.query<RelationshipRow & { card: string | null }>(
    `SELECT ${RELATIONSHIP_COLUMNS}, card FROM relationship WHERE recipient = ANY($1::bytea[]) AND effect = 'permit' AND state IN ('pending', 'active') AND patient IN (SELECT id FROM patient)
        AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR (created_at, id) < (SELECT created_at, id FROM relationship WHERE id = $3 AND recipient = ANY($1::bytea[])))
      ORDER BY created_at DESC, id DESC LIMIT $4`, [recipients, id ?? null, after ?? null, limit]);
  const all = await Promise.all(rows.map(async ({ card, ...row }) => ({ card, one: await openRelationship({ patientKeys }, database, row) })));
  const relationships = all.filter(({ one }) => isLive(one, now())).map(({ card, one }): Received => ({
    id: one.id, owner: one.owner, grant: one.grant, word: one.word, recipient: one.recipient, state: isConfirmed(one, now()) ? 'active' : 'pending', terms: termsOf(one.policy), ...(card !== null && { card }),
    createdAt: one.createdAt, ...(one.request && { request: one.request }),
  }));
  return { relationships, ...(rows.length === limit && { next: rows.at(-1)!.id }) };
}

const isConfirmed = ({ standing, word, policy, state }: Relationship, now: UnixSeconds): boolean => state === 'active' && standing === word && standing !== CLEARED_WORD && policy.from <= now;

/** Of the next statement that a relationship's address signs: as the chain says, with what is on its way there; of a chain that is away, as statements went through here. */
export async function nextNonce({ database, chain }: Pick<Exchange, 'database' | 'chain'>, { id, owner }: Relationship): Promise<number> {
  const [row] = await database.query<{ nonce: number; carrying: number }>(
    'SELECT nonce::int8 AS nonce, (SELECT count(*) FROM consent_statement s WHERE s.relationship = r.id AND s.by_owner)::int AS carrying FROM relationship r WHERE id = $1', [id]);
  const { nonce, carrying } = row!; // the relationship is there
  return chain.nonceOf(owner).then((used) => used + carrying, () => nonce);
}
