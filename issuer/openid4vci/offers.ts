// Offers: what staff and campaigns make of health events, and wallets redeem. docs/openid4vci.md
import { randomInt, randomUUID } from 'node:crypto';
import { Openid4vciIssuer, type CredentialOfferObject } from '@openid4vc/openid4vci';
import { HealthpassError, type HealthEvent, type Kind } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import { configurationId, FORMATS } from './configurations.ts';
import { WALLET, type VciDeps } from './deps.ts';
import { FLOWS, isOpen, issuerStateOf, preAuthorizedCodeOf, stateAt, type Flow, type Offer, type OfferItem, type OfferSecrets, type OfferState } from './offer-book.ts';
import { CALLBACKS, newSecret } from './secrets.ts';

/** Seconds that an offer stands: at a counter, and at most. */
export const OFFER_LIFETIME = 900;
export const OFFER_LIFETIME_MAX = 30 * 86_400;
export const TX_CODE_LENGTH = 6;
const TX_CODE_DESCRIPTION = 'The number that you were given with this offer';

export type OfferRequest = {
  readonly principal: Principal;
  /** Events that were recorded; one whose issuance is null is waited for. */
  readonly issuances: readonly { readonly issuance: string | null; readonly kind: Kind }[];
  /** Whether a transaction code is asked for; it is, unless told otherwise. */
  readonly txCode?: boolean | undefined;
  /** Seconds. */
  readonly expiresIn?: number | undefined;
  readonly flows?: readonly Flow[] | undefined;
};
export type MadeOffer = {
  readonly id: string;
  /** Where wallets fetch it (`credential_offer_uri`). */
  readonly uri: string;
  /** Opens a wallet; what a QR code holds. */
  readonly qrText: string;
  /** The same for wallets that are web pages or claim https links. */
  readonly httpsLink: string;
  /** For the person alone, by another way than the offer. */
  readonly txCode?: string;
  readonly expiresAt: number;
};

export type OfferView = {
  readonly id: string;
  readonly state: OfferState;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly attempts: number;
  readonly items: readonly { readonly kind: Kind; readonly ready: boolean }[];
  /** What was recorded of it. */
  readonly issuances: readonly string[];
  readonly credentials: readonly { readonly identifier: string; readonly copies: number; readonly told: string | null }[];
};

const library = new Openid4vciIssuer({ callbacks: CALLBACKS });

export function createOffers(deps: VciDeps) {
  const { database, offers, url, now, metadata } = deps;

  /** Makes an offer within `tx`. @throws HealthpassError `request-invalid` */
  async function create(tx: Queryable, { principal, issuances, txCode = true, expiresIn = OFFER_LIFETIME, flows = txCode ? FLOWS : ['pre-authorized_code'] }: OfferRequest): Promise<MadeOffer> {
    if (issuances.length === 0) throw invalid('issuances', 'an offer needs an event');
    if (expiresIn < 60 || expiresIn > OFFER_LIFETIME_MAX) throw invalid('expiresIn', `an offer stands for 60 to ${OFFER_LIFETIME_MAX} seconds`);
    // Who authorises in a browser is known by the code alone.
    if (!txCode && flows.includes('authorization_code')) throw invalid('txCode', 'the authorization code flow needs a transaction code');
    const secrets: OfferSecrets = { handle: newSecret(), ...(txCode && { txCode: newTxCode() }) };
    const id = randomUUID();
    const createdAt = now();
    const expiresAt = createdAt + expiresIn;
    await offers.add(tx, { id, flows, organisation: principal.organisation, createdAt, expiresAt, deferred: issuances.some(({ issuance }) => issuance === null), items: issuances, secrets });
    await recordAudit(tx, principal, { action: 'offer.create', target: id, detail: { events: issuances.length, txCode, expiresIn } }, createdAt);
    return { ...links(secrets), id, expiresAt, ...(secrets.txCode !== undefined && { txCode: secrets.txCode }) };
  }

  function links({ handle }: OfferSecrets): Pick<MadeOffer, 'uri' | 'qrText' | 'httpsLink'> {
    const uri = `${url}/offer/${handle}`;
    const query = new URLSearchParams({ credential_offer_uri: uri }).toString();
    return { uri, qrText: `openid-credential-offer://?${query}`, httpsLink: `${url}/accept?${query}` };
  }

  /** What a wallet reads of an offer. */
  async function offerObject(offer: Offer, handle: string): Promise<CredentialOfferObject> {
    const kinds = new Set((await offers.items(offer.id)).map(({ kind }) => kind));
    const { credentialOfferObject } = await library.createCredentialOffer({
      issuerMetadata: metadata,
      credentialConfigurationIds: [...kinds].flatMap((kind) => FORMATS.map((format) => configurationId(kind, format))),
      grants: {
        ...(offer.flows.includes('authorization_code') && { authorization_code: { issuer_state: issuerStateOf(handle) } }),
        ...(offer.flows.includes('pre-authorized_code') && {
          'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
            'pre-authorized_code': preAuthorizedCodeOf(handle),
            ...(offer.withCode && { tx_code: { input_mode: 'numeric', length: TX_CODE_LENGTH, description: TX_CODE_DESCRIPTION } }),
          },
        }),
      },
    });
    return credentialOfferObject;
  }

  /** The offer behind a link, as often as it is asked for until it is redeemed or has ended: a wallet may be closed and opened again. */
  async function fetchByHandle(handle: string): Promise<CredentialOfferObject | undefined> {
    const offer = await offers.byHandle(handle);
    const at = now();
    if (!offer || !isOpen(offer, at)) return undefined;
    await database.transaction(async (tx) => {
      if (await offers.markFetched(tx, offer.id, at)) await recordAudit(tx, WALLET, { action: 'offer.fetch', target: offer.id }, at);
    });
    return offerObject(offer, handle);
  }

  /** What is handed out of an offer that is open still. */
  async function handout(offer: Offer): Promise<(Pick<MadeOffer, 'uri' | 'qrText' | 'httpsLink'> & { readonly object: CredentialOfferObject }) | undefined> {
    const secrets = isOpen(offer, now()) ? await offers.secrets(offer.id) : undefined;
    return secrets && { ...links(secrets), object: await offerObject(offer, secrets.handle) };
  }

  async function view(offer: Offer): Promise<OfferView> {
    const { id, createdAt, expiresAt, attempts } = offer;
    const items = await offers.items(id);
    const credentials = await database.query<OfferView['credentials'][number]>(
      `SELECT identifier, copies, (SELECT event FROM credential_notification n WHERE n.offer = c.offer AND n.identifier = c.identifier AND event IS NOT NULL ORDER BY told_at DESC LIMIT 1) AS told
        FROM offer_credential c WHERE offer = $1 ORDER BY identifier`, [id]);
    return { id, state: stateAt(offer, now()), createdAt, expiresAt, attempts, items: items.map(({ kind, issuance }) => ({ kind, ready: issuance !== null })), issuances: items.flatMap(({ issuance }) => issuance ?? []), credentials };
  }

  /** @throws HealthpassError `status-conflict` for an offer that was redeemed or has ended: then credentials are revoked instead */
  async function cancel(offer: Offer, principal: Principal): Promise<void> {
    await database.transaction(async (tx) => {
      if (!(await offers.end(tx, offer.id, 'cancelled', now()))) throw new HealthpassError('status-conflict', 'the offer was redeemed already, or has ended', { field: 'id' });
      await forgetEvents(tx, await offers.items(offer.id, tx));
      await recordAudit(tx, principal, { action: 'offer.cancel', target: offer.id }, now());
    });
  }

  const forgetEvents = (tx: Queryable, items: readonly OfferItem[]) => deps.events.forget(tx, items.flatMap(({ issuance }) => issuance ?? []));

  /** Gives the event that an offer waited for. @throws HealthpassError `status-conflict`, `request-invalid` for an event of another kind */
  async function giveResult(offer: Offer, event: HealthEvent, principal: Principal): Promise<void> {
    await database.transaction(async (tx) => {
      const waiting = (await offers.items(offer.id, tx)).find(({ issuance }) => issuance === null);
      if (!waiting || ['cancelled', 'locked', 'expired'].includes(stateAt(offer, now()))) throw new HealthpassError('status-conflict', 'the offer waits for no result', { field: 'id' });
      if (waiting.kind !== event.kind) throw invalid('fhir', 'the result is of another kind than was offered');
      const [issuance] = await deps.events.record(tx, [event], principal);
      if (!(await offers.setIssuance(tx, offer.id, waiting.position, issuance!))) throw new HealthpassError('status-conflict', 'the offer has its result already', { field: 'id' });
      await recordAudit(tx, principal, { action: 'offer.result', target: offer.id }, now());
    });
  }

  /** Ends what is left of the offers of issuances whose person is erased, and forgets what wallets were answered, which says all of that person. */
  async function forget(tx: Queryable, issuances: readonly string[]): Promise<void> {
    for (const { offer } of await offers.offersOf(tx, issuances)) {
      await offers.end(tx, offer, 'cancelled', now());
      // In this order: whoever is being answered holds his token until the answer is written.
      await deps.tokens.revokeAll(tx, offer);
      await tx.query('DELETE FROM credential_answer WHERE offer = $1', [offer]);
      await tx.query('UPDATE deferred_credential SET holders = NULL WHERE offer = $1', [offer]);
    }
  }

  return { create, fetchByHandle, handout, view, cancel, giveResult, forget, byId: offers.byId };
}
export type Offers = ReturnType<typeof createOffers>;

const newTxCode = (): string => String(randomInt(10 ** TX_CODE_LENGTH)).padStart(TX_CODE_LENGTH, '0');
const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
