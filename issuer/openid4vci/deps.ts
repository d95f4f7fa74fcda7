// What the parts of the issuing protocol work with.
import type { IssuerMetadataResult } from '@openid4vc/openid4vci';
import type { Person, UnixSeconds } from '#passport';
import type { Database, Principal, Sealer } from '#server';
import type { IssuerService } from '../service.ts';
import type { WalletAttesters } from './attestation.ts';
import type { OfferedEvents } from './events.ts';
import type { Nonces } from './nonces.ts';
import type { OfferBook } from './offer-book.ts';
import type { TokenBook } from './tokens.ts';

export type VciDeps = {
  /** Credential issuer identifier: the URL under which wallets know it. */
  readonly url: string;
  readonly metadata: IssuerMetadataResult;
  readonly service: Pick<IssuerService, 'secure' | 'signingKeys'>;
  readonly database: Database;
  readonly sealer: Sealer;
  readonly nonces: Nonces;
  readonly offers: OfferBook;
  readonly tokens: TokenBook;
  readonly events: OfferedEvents;
  /** Whom offers are for, for those who may read patients. */
  readonly people?: ((principal: Principal, patients: readonly string[]) => Promise<ReadonlyMap<string, Person>>) | undefined;
  readonly attesters: WalletAttesters;
  /** Whether tokens are given to wallets without DPoP too. */
  readonly requireDpop: boolean;
  readonly now: () => UnixSeconds;
};

/** Who acts where a wallet does: nobody that we know. */
export const WALLET = { kind: 'nobody', id: 'wallet', organisation: '' } as const;
