// Receiving what an issuer offers: read the link, say from whom, fetch, show what it says, and keep it only when it is accepted.
import { HealthpassError, toUnixSeconds } from '#passport';
import type { Offer, Parcel, ReceiveDeps } from '#wallet/openid4vci/index.ts';
import { originOf } from '#wallet/openid4vp/platform.ts';
import { walletOf } from '#wallet/people.ts';
import { issuerOfList } from '#wallet/standing.ts';
import { recordedEvent } from './cards.ts';
import type { Door, Session } from './door.ts';
import { failureOf } from './failure.ts';
import { createCell } from './observable.ts';
import type { WalletPlatform } from './platform.ts';
import { changeSettings } from './settings.ts';
import type { ReceivingState } from './states.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import { TRUST, type KeptTrust } from './trust-record.ts';
import type { WalletApp } from './wallet-app.ts';

const work = () => import('./receiving-work.ts');

/** Seconds: what was just given has to be on chain, so older trust data will not do where newer can be had. */
const YOUNG = 2;
const MAX_TRUST_AGE = 86_400;

export type ReceivingDeps = { readonly door: Pick<Door, 'session'>; readonly keeper: TrustKeeper; readonly person: () => string; readonly onWritten: () => Promise<void> };

export function createReceiving(platform: WalletPlatform, { door, keeper, person, onWritten }: ReceivingDeps): WalletApp['receiving'] {
  const cell = createCell<ReceivingState>({ name: 'idle' });
  let offer: Offer | undefined;
  let parcel: { readonly content: Parcel; readonly session: Session } | undefined;

  function fail(error: unknown): void {
    cell.set({ name: 'failed', failure: failureOf(error, () => cell.set({ name: 'idle' })) });
  }

  const depsOf = async (session: Session): Promise<ReceiveDeps> => ({
    fetch: platform.fetch, development: (await platform.config()).development,
    context: async () => ({ trust: (await trustOf(session)).bundle.trust, now: platform.now(), maxTrustAge: MAX_TRUST_AGE }),
  });

  async function trustOf(session: Session): Promise<KeptTrust> {
    const kept = (await keeper.refresh(session, YOUNG)) ?? (await session.wallet.read(TRUST));
    if (!kept) throw new HealthpassError('no-trust-data', 'what was given cannot be checked without trust data', { field: 'trust' });
    return kept;
  }

  function offered({ issuer, needsTxCode, txCode }: Offer, failure?: Extract<ReceivingState, { name: 'offered' }>['failure'], isTaken = false): void {
    cell.set({ name: 'offered', host: hostOf(issuer), pin: needsTxCode && !isTaken ? txCode : undefined, failure });
  }

  async function preview({ records }: Parcel, session: Session, who: string): Promise<void> {
    const { bundle: { trust } } = await trustOf(session);
    cell.set({
      name: 'preview', person: who, issuerName: records.map(({ issued }) => issuerOfList(trust, issued.claims.list)?.name).find(Boolean) ?? '',
      records: records.map(({ issued, isKnown }) => ({ event: recordedEvent(issued), validUntil: toUnixSeconds(issued.claims.validUntil), isKnown })),
    });
  }

  door.session.subscribe(() => {
    [offer, parcel] = [undefined, undefined];
    cell.set({ name: 'idle' });
  });

  return {
    ...cell,
    async read(link) {
      if (!door.session.get() || ['fetching', 'preview', 'storing'].includes(cell.get().name)) return;
      cell.set({ name: 'reading' });
      try {
        const { readOffer } = await work();
        offer = await readOffer(link.trim(), { fetch: platform.fetch, development: (await platform.config()).development });
        if (door.session.get()) offered(offer);
      } catch (error) {
        fail(error);
      }
    },
    async fetch(pin) {
      const session = door.session.get();
      const asked = offer;
      if (!session || !asked || cell.get().name !== 'offered') return;
      cell.set({ name: 'fetching' });
      try {
        const { openOffer } = await work();
        const who = person();
        const content = await openOffer(walletOf(session.wallet, who), asked, { txCode: pin }, await depsOf(session));
        if (session.ended.aborted) return await content.decline(); // locked meanwhile: nobody can accept it any more
        parcel = { content, session };
        await preview(content, session, who);
      } catch (error) {
        if (session.ended.aborted) return;
        const failure = failureOf(error, () => cell.set({ name: 'idle' }));
        if (failure.code === 'pin-wrong' || (failure.code === 'request-invalid' && failure.field === 'tx_code')) offered(asked, failure);
        // What the network lost on its way is fetched again; the number has served already.
        else if ((await work()).isTaken(asked)) offered(asked, failure, true);
        else cell.set({ name: 'failed', failure });
      }
    },
    async accept() {
      if (!parcel || cell.get().name !== 'preview') return;
      cell.set({ name: 'storing' });
      const { content, session } = parcel;
      try {
        const held = await content.accept();
        const url = offer?.issuer;
        if (url !== undefined) await changeSettings(session.wallet, (settings) => ({ ...settings, issuers: { ...settings.issuers, ...Object.fromEntries(held.map(({ issued }) => [issued.issuer, url])) } }));
        await onWritten();
        cell.set({ name: 'added', credentials: held.map(({ issued }) => issued.id) });
      } catch (error) {
        await onWritten(); // some of several may have been kept
        fail(error);
      } finally {
        parcel = undefined;
      }
    },
    async decline() {
      const { name } = cell.get();
      if (name === 'storing') return;
      const declined = parcel;
      [offer, parcel] = [undefined, undefined];
      cell.set({ name: name === 'preview' || name === 'offered' ? 'declined' : 'idle' });
      await declined?.content.decline();
    },
    close() {
      if (cell.get().name === 'storing') return;
      const left = parcel;
      [offer, parcel] = [undefined, undefined];
      cell.set({ name: 'idle' });
      void left?.content.decline();
    },
  };
}

/** Without `https://`, which says nothing to a person. */
const hostOf = (issuer: string): string => originOf(issuer, 'credential_issuer', true).replace(/^https?:\/\//, '');
