// The wallet: hold, present. Runs where WebCrypto does; reaches no network, no disk and no screen of its own.
export { createMemoryStorage, type VaultStorage } from '#vault/storage.ts';
export { DEFAULT_COST, PASSPHRASE_MIN, type Passkey, type PassphraseCost, type VaultKey } from '#vault/key-slot.ts';
export { keysOf, type KeyInfo } from '#vault/vault.ts';
export {
  createWallet, findWallet, heldCredential, heldCredentials, openWallet, readyPasses, removeCredential, WALLET_STATES,
  type Wallet, type WalletState,
} from './wallet.ts';
export { addPerson, FIRST_PERSON, PEOPLE_MAX, peopleOf, removePerson, renamePerson, walletOf, type Person } from './people.ts';
export type { HeldCredential, PassScope, ReadyPass, Showing } from './records.ts';
export { BINDINGS_MAX, createBindings } from './bindings.ts';
export { proveBindings, type ProofOptions } from './prove-bindings.ts';
export { receiveCredential, type ReceivingContext } from './receive.ts';
export { soonestExpiry, standingOfCredential, type Standing } from './standing.ts';
export type { Obstacle } from './obstacles.ts';
export { bestFit, BLOCKS, fitPolicy, NothingFitsError, type Block, type ClauseMiss, type Fit, type FitQuestion, type FitReport, type Miss } from './fit.ts';
export { makePass, type MakingDeps, type PassOptions } from './make-pass.ts';
export { preparePasses, type Preparation, type Prepared } from './prepare.ts';
export { encodePresentationRequest, isEventOfToday, parsePresentationRequest, ruleOfRequest, type PresentationRequest } from './request.ts';
export { PRESENTATION_SECONDS, presentPass, startPresentation, type Presentation, type PresentingDeps } from './present.ts';
export { claimsToDisclose, presentSdJwtVc, presentVcJwt, type OpenRequest } from './present-open.ts';
export { eraseHistory, history } from './history.ts';
export { refreshSignatures, type IssuerSource, type Refreshed } from './refresh.ts';
export { codeToSvg, codeToText, createCode, QUIET_ZONE, type Code } from './code.ts';
