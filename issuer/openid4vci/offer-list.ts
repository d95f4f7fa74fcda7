// The offers of an organisation, newest first, and an offer made anew for somebody who came too late or lost the number.
import { HealthpassError, type Person } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import type { VciDeps } from './deps.ts';
import { stateAt, type Offer, type OfferItem, type OfferState } from './offer-book.ts';
import type { MadeOffer, Offers } from './offers.ts';

export type ListedOffer = Pick<Offer, 'id' | 'organisation' | 'createdAt' | 'expiresAt' | 'attempts'> & {
  readonly state: OfferState;
  readonly items: readonly { readonly kind: OfferItem['kind']; readonly ready: boolean }[];
  readonly issuances: readonly string[];
  /** Whom it is for; null where that is not known yet, or not any more. */
  readonly patient: string | null;
  readonly person?: Person | undefined;
  readonly replacedBy?: string;
};
export type OfferFilter = { readonly state?: 'open' | 'all' | undefined; readonly cursor?: number | undefined; readonly limit?: number | undefined };
export type OfferList = { readonly offers: readonly ListedOffer[]; readonly cursor?: number; /** How many are open, in all. */ readonly open: number };

type Row = Pick<Offer, 'id' | 'organisation' | 'createdAt' | 'expiresAt' | 'attempts' | 'state'> & { readonly number: number; readonly replacedBy: string | null };
type ItemRow = OfferItem & { readonly offer: string; readonly patient: string | null };

const PAGE = 50;
const IS_OPEN = "state IN ('created', 'fetched') AND expires_at > $2";

export async function listOffers({ database, now, people }: Pick<VciDeps, 'database' | 'now' | 'people'>, principal: Principal, { state = 'all', cursor, limit = PAGE }: OfferFilter): Promise<OfferList> {
  const [organisation, at] = [principal.kind === 'operator' ? null : principal.organisation, now()];
  const rows = await database.query<Row>(
    `SELECT id, organisation, state, attempts, number::int8 AS number, created_at::int8 AS "createdAt", expires_at::int8 AS "expiresAt", replaced_by AS "replacedBy" FROM offer
      WHERE ($1::text IS NULL OR organisation = $1) AND ($3::boolean OR (${IS_OPEN})) AND ($4::bigint IS NULL OR number < $4) ORDER BY number DESC LIMIT $5`,
    [organisation, at, state === 'all', cursor ?? null, limit]);
  const [{ open }] = await database.query<{ open: number }>(`SELECT count(*)::int8 AS open FROM offer WHERE ($1::text IS NULL OR organisation = $1) AND ${IS_OPEN}`, [organisation, at]) as [{ open: number }]; // an aggregate
  const items = Map.groupBy(await itemsOf(database, rows.map(({ id }) => id)), ({ offer }) => offer);
  const persons = principal.permissions.has('patients:read') ? await people?.(principal, [...new Set([...items.values()].flat().flatMap(({ patient }) => patient ?? []))]) : undefined;
  return {
    open,
    ...(rows.length === limit && { cursor: rows.at(-1)!.number }),
    offers: rows.map(({ number: _number, state: written, replacedBy, ...row }) => {
      const own = items.get(row.id) ?? [];
      const patient = own.find((item) => item.patient !== null)?.patient ?? null;
      const person = patient === null ? undefined : persons?.get(patient);
      return {
        ...row, state: stateAt({ state: written, expiresAt: row.expiresAt }, at), patient, ...(person && { person }), ...(replacedBy !== null && { replacedBy }),
        items: own.map(({ kind, issuance }) => ({ kind, ready: issuance !== null })), issuances: own.flatMap(({ issuance }) => issuance ?? []),
      };
    }),
  };
}

const itemsOf = (on: Queryable, offers: readonly string[]) => on.query<ItemRow>(
  'SELECT o.offer, o.position, o.kind, o.issuance, i.patient FROM offer_item o LEFT JOIN issuance i ON i.id = o.issuance WHERE o.offer = ANY($1::text[]) ORDER BY o.position', [offers]);

/**
 * Makes an offer of the same events anew, with another link and another number; the one before is dead from then on.
 * @throws HealthpassError `status-conflict` when its credentials were handed out or it was made anew already, `patient-erased`, `credential-unknown`
 */
export async function reissue({ database, offers: book, tokens, events, now }: VciDeps, offers: Pick<Offers, 'create'>, offer: Offer, principal: Principal, expiresIn?: number): Promise<MadeOffer> {
  const items = await book.items(offer.id);
  for (const { issuance } of items) if (issuance !== null) await events.eventOf(issuance);
  return database.transaction(async (tx) => {
    const made = await offers.create(tx, { principal: { ...principal, organisation: offer.organisation }, issuances: items, txCode: offer.withCode, flows: offer.flows, expiresIn });
    if (!(await book.replace(tx, offer.id, made.id, now()))) throw new HealthpassError('status-conflict', 'what was offered has been handed out, or is offered anew already', { field: 'id' });
    await tokens.revokeAll(tx, offer.id);
    await recordAudit(tx, principal, { action: 'offer.reissue', target: offer.id, detail: { by: made.id } }, now());
    return made;
  });
}
