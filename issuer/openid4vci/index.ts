// Issuing by OpenID4VCI 1.0: docs/openid4vci.md.
import type { UnixSeconds } from '#passport';
import type { Database, Route, Sealer } from '#server';
import type { IssuerService } from '../service.ts';
import type { WalletAttesters } from './attestation.ts';
import type { VciDeps } from './deps.ts';
import { createOfferedEvents, type OfferedEvents } from './events.ts';
import { createMetadata } from './metadata.ts';
import { createNonces } from './nonces.ts';
import { createOfferBook } from './offer-book.ts';
import { offerRoutes } from './offer-routes.ts';
import { createOffers, type Offers } from './offers.ts';
import { pageRoutes } from './page-routes.ts';
import { sweep } from './sweep.ts';
import { createTokenBook } from './tokens.ts';
import { walletRoutes } from './wallet-routes.ts';

export { OPENID4VCI_MIGRATION } from './tables.ts';
export { readAttesters } from './attesters.ts';
export type { MadeOffer, OfferRequest, Offers } from './offers.ts';
export { eventsOfPatients, type OfferedEvents } from './events.ts';

export type Openid4vciOptions = {
  /** Credential issuer identifier: https, or http on loopback. */
  readonly url: string;
  /** Name that wallets show. */
  readonly name: string;
  readonly service: Pick<IssuerService, 'secure' | 'signingKeys'>;
  readonly database: Database;
  readonly sealer: Sealer;
  /** Keeps the events that are offered; by default sealed, beside the offers. */
  readonly events?: OfferedEvents | undefined;
  readonly people?: VciDeps['people'];
  readonly attesters?: WalletAttesters | undefined;
  /** Gives tokens only to wallets that use DPoP, as HAIP has it. */
  readonly requireDpop?: boolean | undefined;
  readonly now: () => UnixSeconds;
};

export type Openid4vci = {
  readonly offers: Offers;
  readonly routes: Route[];
  /** Forgets what has run out. */
  readonly sweep: () => Promise<number>;
};

/** @throws HealthpassError `configuration-invalid` for a URL that wallets cannot know the issuer by */
export function createOpenid4vci({ url, name, service, database, sealer, events, people, attesters = new Map(), requireDpop = false, now }: Openid4vciOptions): Openid4vci {
  const deps: VciDeps = {
    url, service, database, sealer, attesters, requireDpop, people, now,
    metadata: createMetadata({ url, name, attestation: attesters.size > 0 }),
    nonces: createNonces(sealer), offers: createOfferBook(database, sealer), tokens: createTokenBook(database), events: events ?? createOfferedEvents(database, sealer),
  };
  const offers = createOffers(deps);
  return { offers, routes: [...offerRoutes(deps, offers), ...walletRoutes(deps, offers), ...pageRoutes(deps)], sweep: () => sweep(deps) };
}
