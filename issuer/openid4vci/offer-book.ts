// Offers in the database, and the changes of their state. A change that decides who wins is one statement: of two at once one is first.
import type { Kind } from '#passport';
import type { Database, Queryable, Sealer } from '#server';
import { derivedSecret, digestOf } from './secrets.ts';

/** Wrong transaction codes after which an offer is dead. */
export const CODE_ATTEMPTS = 5;

/** `expired` stands in no row: it is a matter of time. */
export const OFFER_STATES = ['created', 'fetched', 'redeemed', 'accepted', 'failed', 'deleted', 'cancelled', 'locked', 'expired'] as const;
export type OfferState = (typeof OFFER_STATES)[number];
export const FLOWS = ['pre-authorized_code', 'authorization_code'] as const;
export type Flow = (typeof FLOWS)[number];

export type Offer = {
  readonly id: string;
  readonly state: OfferState;
  readonly flows: readonly Flow[];
  readonly organisation: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly attempts: number;
  /** Whether a transaction code is asked for. */
  readonly withCode: boolean;
  readonly deferred: boolean;
};
/** One event offered; `issuance` is null while it is waited for. */
export type OfferItem = { readonly position: number; readonly kind: Kind; readonly issuance: string | null };
/** What only wallet and patient know besides. */
export type OfferSecrets = { readonly handle: string; readonly txCode?: string | undefined };

/** What a wallet is given follows from the handle in the link, so that none of it need be stored. */
export const preAuthorizedCodeOf = (handle: string): string => derivedSecret('pre-authorized_code', handle);
export const issuerStateOf = (handle: string): string => derivedSecret('issuer_state', handle);

const COLUMNS = `id, state, flows, organisation, created_at::int8 AS "createdAt", expires_at::int8 AS "expiresAt", attempts, with_code AS "withCode", deferred`;
const OPEN = "state IN ('created', 'fetched') AND expires_at > $2";
type Row = Omit<Offer, 'flows'> & { readonly flows: string };
const fromRow = ({ flows, ...row }: Row): Offer => ({ ...row, flows: flows.split(' ') as Flow[] }); // written by add

const contextOf = (id: string) => `offer/${id}`;

export type NewOffer = Pick<Offer, 'id' | 'flows' | 'organisation' | 'createdAt' | 'expiresAt' | 'deferred'> & { readonly items: readonly Omit<OfferItem, 'position'>[]; readonly secrets: OfferSecrets };

export function createOfferBook(database: Database, sealer: Sealer) {
  const find = async (column: 'id' | 'handle' | 'code' | 'issuer_state', value: unknown, on: Queryable = database): Promise<Offer | undefined> => {
    const [row] = await on.query<Row>(`SELECT ${COLUMNS} FROM offer WHERE ${column} = $1`, [value]);
    return row && fromRow(row);
  };
  return {
    async add(tx: Queryable, { id, flows, organisation, createdAt, expiresAt, deferred, items, secrets }: NewOffer): Promise<void> {
      const { handle, txCode } = secrets;
      await tx.query(
        `INSERT INTO offer (id, state, flows, organisation, created_at, expires_at, with_code, deferred, handle, code, issuer_state, secrets)
          VALUES ($1, 'created', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [id, flows.join(' '), organisation, createdAt, expiresAt, txCode !== undefined, deferred, digestOf(handle), digestOf(preAuthorizedCodeOf(handle)),
          digestOf(issuerStateOf(handle)), await sealer.seal(contextOf(id), secrets)],
      );
      for (const [position, { kind, issuance }] of items.entries()) await tx.query('INSERT INTO offer_item VALUES ($1, $2, $3, $4)', [id, position, kind, issuance]);
    },
    byId: (id: string, on?: Queryable) => find('id', id, on),
    byHandle: (handle: string) => find('handle', digestOf(handle)),
    byCode: (code: string) => find('code', digestOf(code)),
    byIssuerState: (state: string) => find('issuer_state', digestOf(state)),
    items: (offer: string, on: Queryable = database) => on.query<OfferItem>('SELECT position, kind, issuance FROM offer_item WHERE offer = $1 ORDER BY position', [offer]),
    /** Undefined once the offer has ended. */
    async secrets(offer: string): Promise<OfferSecrets | undefined> {
      const [row] = await database.query<{ secrets: Uint8Array | null }>('SELECT secrets FROM offer WHERE id = $1', [offer]);
      return row?.secrets ? await sealer.open(contextOf(offer), row.secrets) as OfferSecrets : undefined; // written by add
    },
    /** @returns whether it was not fetched before */
    async markFetched(tx: Queryable, id: string, now: number): Promise<boolean> {
      return (await tx.query(`UPDATE offer SET state = 'fetched' WHERE id = $1 AND state = 'created' AND expires_at > $2 RETURNING id`, [id, now])).length === 1;
    },
    /** Counts an attempt before its code is looked at, so that no two at once share one. @returns how many were made; undefined when none is left */
    async countAttempt(tx: Queryable, id: string, now: number): Promise<number | undefined> {
      const [row] = await tx.query<{ attempts: number }>(`UPDATE offer SET attempts = attempts + 1 WHERE id = $1 AND ${OPEN} AND attempts < ${CODE_ATTEMPTS} RETURNING attempts`, [id, now]);
      return row?.attempts;
    },
    /** Ends an offer that is open still. Its secrets go with that. @returns whether it was */
    async end(tx: Queryable, id: string, state: Extract<OfferState, 'redeemed' | 'cancelled' | 'locked'>, now: number): Promise<boolean> {
      return (await tx.query(`UPDATE offer SET state = $3, secrets = NULL, ended_at = $2 WHERE id = $1 AND ${OPEN} RETURNING id`, [id, now, state])).length === 1;
    },
    /** What a wallet tells. `now` counts for the first time that it says it has accepted. */
    setState: (tx: Queryable, id: string, state: OfferState, now: number) =>
      tx.query("UPDATE offer SET state = $2, accepted_at = CASE WHEN $2 = 'accepted' THEN coalesce(accepted_at, $3) ELSE accepted_at END WHERE id = $1", [id, state, now]),
    /** Ends an offer in favour of another. @returns whether it could be: once, and not after its credentials were handed out for good */
    async replace(tx: Queryable, id: string, by: string, now: number): Promise<boolean> {
      const rows = await tx.query(
        `UPDATE offer SET state = CASE WHEN ${OPEN} THEN 'cancelled' ELSE state END, secrets = NULL, ended_at = coalesce(ended_at, $2), replaced_by = $3
          WHERE id = $1 AND replaced_by IS NULL AND state <> 'accepted' AND (state <> 'redeemed' OR NOT EXISTS (SELECT 1 FROM offer_credential c WHERE c.offer = offer.id)) RETURNING id`, [id, now, by]);
      return rows.length === 1;
    },
    /** @returns whether the event was waited for */
    async setIssuance(tx: Queryable, offer: string, position: number, issuance: string): Promise<boolean> {
      return (await tx.query('UPDATE offer_item SET issuance = $3 WHERE offer = $1 AND position = $2 AND issuance IS NULL RETURNING offer', [offer, position, issuance])).length === 1;
    },
    offersOf: (tx: Queryable, issuances: readonly string[]) => tx.query<{ offer: string }>('SELECT DISTINCT offer FROM offer_item WHERE issuance = ANY($1::text[])', [issuances]),
  };
}
export type OfferBook = ReturnType<typeof createOfferBook>;

export const stateAt = ({ state, expiresAt }: Pick<Offer, 'state' | 'expiresAt'>, now: number): OfferState => ((state === 'created' || state === 'fetched') && now >= expiresAt ? 'expired' : state);
export const isOpen = (offer: Offer, now: number): boolean => ['created', 'fetched'].includes(stateAt(offer, now));
