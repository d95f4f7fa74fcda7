// Offers for the staff's programs and pages: make, watch, show, cancel.
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { toBuffer, toString as drawCode } from 'qrcode';
import { z } from 'zod';
import { parseFhir } from '#formats/fhir/index.ts';
import { HealthpassError, type Kind } from '#passport';
import { route, type Principal, type Route } from '#server';
import { FORMS } from '#formats/credential/index.ts';
import type { VciDeps } from './deps.ts';
import { FLOWS, OFFER_STATES, type Offer } from './offer-book.ts';
import { listOffers, reissue } from './offer-list.ts';
import { OFFER_LIFETIME_MAX, type MadeOffer, type Offers, type OfferView } from './offers.ts';

const FHIR_MAX_BYTES = 5_000_000;
/** Milliseconds between looks at an offer that is watched, and how long it is. */
const WATCH = { every: 1000, most: 15 * 60_000 };

const KINDS = Object.keys(FORMS) as [Kind, ...Kind[]]; // of the table of kinds
const fhir = z.unknown().meta({ description: 'A FHIR R4 Immunization, Observation, Condition or Bundle, as a value or as text' });
const patient = z.unknown().optional().meta({ description: 'A FHIR Patient, for a resource that comes without one' });
const common = {
  txCode: z.boolean().optional().meta({ description: 'Whether a transaction code is asked for; it is unless this is false' }),
  expiresIn: z.int().min(60).max(OFFER_LIFETIME_MAX).optional().meta({ description: 'Seconds' }),
  flows: z.array(z.enum(FLOWS)).min(1).max(2).optional(),
};
const offerBody = z.union([
  z.strictObject({ fhir, patient, deferred: z.literal(false).optional(), ...common }),
  z.strictObject({ deferred: z.literal(true), kind: z.enum(KINDS), ...common }),
]);
const resultBody = z.strictObject({ fhir, patient });
const idParams = z.object({ id: z.string().max(64) });
const made = z.object({
  id: z.string(), link: z.string().meta({ description: 'Opens a wallet' }), httpsLink: z.url(), uri: z.url().meta({ description: 'credential_offer_uri' }),
  offer: z.looseObject({}).meta({ description: 'The offer by value' }), txCode: z.string().optional().meta({ description: 'For the person alone, not with the offer' }), expiresAt: z.int(), issuances: z.array(z.string()),
  refused: z.array(z.looseObject({})).meta({ description: 'What of the record cannot be attested' }),
}).meta({ id: 'MadeOffer' });
const view = z.object({
  id: z.string(), state: z.enum(OFFER_STATES), createdAt: z.int(), expiresAt: z.int(), attempts: z.int(),
  items: z.array(z.object({ kind: z.enum(KINDS), ready: z.boolean() })), issuances: z.array(z.string()), credentials: z.array(z.object({ identifier: z.string(), copies: z.int(), told: z.string().nullable() })),
}).meta({ id: 'Offer' });

const listed = view.omit({ credentials: true }).extend({
  organisation: z.string(), patient: z.string().nullable(), replacedBy: z.string().optional(),
  person: z.object({ family: z.string(), given: z.array(z.string()), birthDate: z.string().optional() }).optional().meta({ description: 'For those who may read patients' }),
}).meta({ id: 'ListedOffer' });
const wholeNumber = (most: number) => z.string().regex(/^\d{1,15}$/).transform(Number).pipe(z.int().min(1).max(most));
const listQuery = z.strictObject({ state: z.enum(['open', 'all']).optional(), cursor: wholeNumber(Number.MAX_SAFE_INTEGER).optional(), limit: wholeNumber(200).optional() });

const OFFERS = { tag: 'offers', permission: 'offers:write' } as const;
const ENDED = ['accepted', 'failed', 'deleted', 'cancelled', 'locked', 'expired'];

export function offerRoutes(deps: VciDeps, offers: Offers): Route[] {
  const own = async (id: string, principal: Principal): Promise<Offer | undefined> => {
    const offer = await offers.byId(id);
    // The operator of a machine acts for all organisations on it.
    return offer && (principal.kind === 'operator' || offer.organisation === principal.organisation) ? offer : undefined;
  };
  return [
    route({
      ...OFFERS, method: 'post', path: '/offers', summary: 'Offer the credentials of a record to a wallet', body: { schema: offerBody, maxBytes: FHIR_MAX_BYTES },
      answers: { 201: { description: 'What is handed out', schema: made } },
      async run({ body, principal, context }) {
        context.header('cache-control', 'no-store');
        const { deferred, txCode, expiresIn, flows } = body;
        const parsed = deferred ? undefined : parseFhir(body.fhir, { now: deps.now(), patient: body.patient });
        const offer = await deps.database.transaction(async (tx) => {
          const events = parsed?.events.map(({ event }) => event) ?? [];
          const issuances = await deps.events.record(tx, events, principal);
          const items = deferred ? [{ kind: body.kind, issuance: null }] : events.map(({ kind }, i) => ({ kind, issuance: issuances[i]! }));
          return offers.create(tx, { principal, issuances: items, txCode, expiresIn, flows });
        });
        return { ...(await shown(offers, offer)), refused: parsed?.refused ?? [] };
      },
    }),
    route({
      ...OFFERS, method: 'get', path: '/offers', summary: 'Give the offers, newest first', query: listQuery,
      answers: { 200: { description: 'A page of them, and how many are open in all', schema: z.object({ offers: z.array(listed), cursor: z.string().optional(), open: z.int() }) } },
      async run({ query, principal }) {
        const { cursor, ...list } = await listOffers(deps, principal, query);
        return { ...list, ...(cursor !== undefined && { cursor: String(cursor) }) };
      },
    }),
    route({
      ...OFFERS, method: 'post', path: '/offers/:id/reissue', summary: 'Offer the same anew, with another link and another number', params: idParams,
      body: { schema: z.strictObject({ expiresIn: common.expiresIn }) }, answers: { 201: { description: 'What is handed out', schema: made } }, problems: ['status-conflict', 'patient-erased', 'credential-unknown'],
      async run({ params, body, principal, context }) {
        const offer = await own(params.id, principal);
        return offer ? { ...(await shown(offers, await reissue(deps, offers, offer, principal, body.expiresIn))), refused: [] } : context.notFound();
      },
    }),
    route({
      ...OFFERS, method: 'get', path: '/offers/:id', summary: 'Give the state of an offer', params: idParams, answers: { 200: { description: 'Its state', schema: view } },
      async run({ params, principal, context }) {
        const offer = await own(params.id, principal);
        return offer ? offers.view(offer) : context.notFound();
      },
    }),
    route({
      ...OFFERS, method: 'get', path: '/offers/:id/events', summary: 'Tell the state of an offer as it changes', params: idParams,
      answers: { 200: { description: 'Server-sent events named offer', mediaType: 'text/event-stream' } },
      async run({ params, principal, context }) {
        const offer = await own(params.id, principal);
        return offer ? watch(context, offers, params.id) : context.notFound();
      },
    }),
    route({
      ...OFFERS, method: 'get', path: '/offers/:id/qr', summary: 'Draw the link of an offer as a QR code', params: idParams, query: z.object({ format: z.enum(['svg', 'png']).optional() }),
      answers: { 200: { description: 'The code', mediaType: 'image/svg+xml' } },
      async run({ params, query, principal, context }) {
        const offer = await own(params.id, principal);
        const handout = offer && await offers.handout(offer);
        if (!handout) return context.notFound();
        const options = { errorCorrectionLevel: 'M', margin: 4 } as const;
        const headers = (type: string) => ({ 'content-type': type, 'cache-control': 'no-store' });
        if (query.format === 'png') return context.body(new Uint8Array(await toBuffer(handout.qrText, { ...options, scale: 6 })), 200, headers('image/png'));
        return context.body(await drawCode(handout.qrText, { ...options, type: 'svg' }), 200, headers('image/svg+xml'));
      },
    }),
    route({
      ...OFFERS, method: 'post', path: '/offers/:id/result', summary: 'Give the result that an offer waits for', params: idParams, body: { schema: resultBody, maxBytes: FHIR_MAX_BYTES },
      answers: { 204: { description: 'It can be fetched now' } },
      async run({ params, body, principal, context }) {
        const offer = await own(params.id, principal);
        if (!offer) return context.notFound();
        const { events } = parseFhir(body.fhir, { now: deps.now(), patient: body.patient });
        if (events.length !== 1) throw new HealthpassError('request-invalid', 'a result is one health event', { field: 'fhir' });
        return offers.giveResult(offer, events[0]!.event, principal);
      },
    }),
    route({
      ...OFFERS, method: 'delete', path: '/offers/:id', summary: 'Cancel an offer that was not redeemed', params: idParams, answers: { 204: { description: 'It is cancelled' } }, problems: ['status-conflict'],
      async run({ params, principal, context }) {
        const offer = await own(params.id, principal);
        return offer ? offers.cancel(offer, principal) : context.notFound();
      },
    }),
  ];
}

async function shown(offers: Offers, { id, qrText, httpsLink, uri, txCode, expiresAt }: MadeOffer): Promise<Omit<z.infer<typeof made>, 'refused'>> {
  const offer = (await offers.byId(id))!; // just made
  const [handout, { issuances }] = [await offers.handout(offer), await offers.view(offer)];
  return { id, issuances: [...issuances], link: qrText, httpsLink, uri, offer: { ...handout!.object }, expiresAt, ...(txCode !== undefined && { txCode }) };
}

/** Events by looking again: the change may be made by another process over the same database. */
function watch(context: Context, offers: Offers, id: string): Response {
  return streamSSE(context, async (stream) => {
    const until = Date.now() + WATCH.most;
    for (let last = ''; Date.now() < until && !stream.aborted;) {
      const offer = await offers.byId(id);
      const seen: OfferView | undefined = offer && await offers.view(offer);
      if (!seen) return;
      const data = JSON.stringify(seen);
      if (data !== last) await stream.writeSSE({ event: 'offer', data });
      last = data;
      if (ENDED.includes(seen.state)) return;
      await stream.sleep(WATCH.every);
    }
  });
}
