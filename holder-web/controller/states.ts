// What pages see of the wallet: the states of each of its parts, by name. A page renders a state and calls a verb; it decides nothing.
import type { HealthEvent, Policy, UnixSeconds } from '#passport';
import type { VerifiedRule } from '#formats/rule/index.ts';
import type { Code } from '#wallet/code.ts';
import type { FitReport } from '#wallet/fit.ts';
import type { Asker, Choice } from '#wallet/openid4vp/index.ts';
import type { PresentationRequest } from '#wallet/request.ts';
import type { Standing } from '#wallet/standing.ts';
import type { Failure } from './failure.ts';

// --- the door: is there a wallet, and is it open?

export const WAYS = ['passphrase', 'passkey'] as const;
/** What opens the wallet. */
export type Way = (typeof WAYS)[number];

export type DoorState =
  /** Looking whether there is a wallet. */
  | { readonly name: 'starting' }
  /** The browser keeps nothing for this page, or lacks what a wallet needs. */
  | { readonly name: 'unusable'; readonly failure: Failure }
  /** There is a wallet, but it cannot be read: damaged, or made by a newer version. */
  | { readonly name: 'unreadable'; readonly failure: Failure }
  /** No wallet here yet. */
  | { readonly name: 'none'; readonly passkeys: boolean; readonly failure?: Failure | undefined }
  | { readonly name: 'creating'; readonly way: Way }
  | { readonly name: 'locked'; readonly ways: readonly Way[]; readonly because: 'start' | 'asked' | 'idle' | 'elsewhere'; readonly failure?: Failure | undefined }
  | { readonly name: 'unlocking'; readonly way: Way }
  | { readonly name: 'open'; /** When it locks by itself unless something is done. */ readonly idleAt: UnixSeconds; readonly idleSeconds: number };

// --- what it holds

export type Person = { readonly id: string; /** Empty until one is given. */ readonly name: string };

export const ALERTS = ['revoked', 'suspended', 'issuer-removed', 'issuer-suspended', 'expired', 'expiring'] as const;
export type Alert = { readonly kind: (typeof ALERTS)[number]; readonly person: string; readonly credential: string; /** When it ends or ended, for the last two. */ readonly at: UnixSeconds | undefined };

export type Card = {
  /** Id of the credential. */
  readonly id: string;
  readonly person: string;
  readonly event: HealthEvent;
  readonly standing: Standing;
  /** The most serious one. */
  readonly alert: Alert | undefined;
  readonly receivedAt: UnixSeconds;
  /** The provider has a new key, and the wallet has yet to fetch a signature by it. */
  readonly isBeingRenewed: boolean;
};

/** How old what is known of the chain is. `none`: never fetched. `old`: older than what verifiers commonly take. */
export type TrustAge = { readonly name: 'none' | 'fresh' | 'old'; readonly syncedAt: UnixSeconds | undefined; readonly isFetching: boolean; readonly failure: Failure | undefined };

/** A rule, with what the chosen person's credentials say to it. */
export type RuleView = {
  readonly policy: Policy;
  readonly report: FitReport;
  /** Passes made ahead that can be shown now. */
  readonly ready: number;
  /** Whether passes are kept ready. */
  readonly isFavourite: boolean;
};

/** Everything of an open wallet; `people` is never empty. */
export type Holdings = {
  readonly people: readonly Person[];
  readonly person: Person;
  /** Of the chosen person, the most recent event first. */
  readonly cards: readonly Card[];
  /** Of all people. */
  readonly alerts: readonly Alert[];
  readonly rules: readonly RuleView[];
  readonly trust: TrustAge;
};

// --- passes made ahead, in the background

export type MakingState =
  | { readonly name: 'idle' }
  /** What proving takes is fetched, once. Bytes. */
  | { readonly name: 'downloading'; readonly done: number; readonly total: number }
  | { readonly name: 'making'; readonly person: string; readonly policy: string; readonly made: number; readonly of: number }
  | { readonly name: 'failed'; readonly failure: Failure };

// --- receiving

export type ReceivingState =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  /** What the link says: from whom, and whether a number (PIN) is needed. Nothing has been fetched of the record. */
  | { readonly name: 'offered'; readonly host: string; readonly pin: { readonly length: number | undefined; readonly isNumeric: boolean } | undefined; readonly failure?: Failure | undefined }
  | { readonly name: 'fetching' }
  /** What it says, checked, in memory only. */
  | { readonly name: 'preview'; /** Whose it becomes: it was made for their keys. */ readonly person: string; readonly issuerName: string; readonly records: readonly { readonly event: HealthEvent; readonly validUntil: UnixSeconds; /** Held already. */ readonly isKnown: boolean }[] }
  | { readonly name: 'storing' }
  | { readonly name: 'added'; readonly credentials: readonly string[] }
  | { readonly name: 'declined' }
  | { readonly name: 'failed'; readonly failure: Failure };

// --- showing a pass

export type ShowingState =
  | { readonly name: 'idle' }
  /** A rule was chosen or scanned: to be shown as one sentence of what is proven and what stays secret. `isReady`: the code appears at once. */
  | { readonly name: 'asked'; readonly request: PresentationRequest; readonly policy: Policy; readonly report: FitReport; readonly isReady: boolean; /** Who signed the rule that came along; undefined for one that the wallet has. */ readonly rule: Pick<VerifiedRule, 'signer' | 'known'> | undefined }
  /** None was ready: one is made now. */
  | { readonly name: 'making'; readonly step: 'downloading' | 'prepare' | 'witness' | 'proof'; readonly policy: Policy }
  /** `text` and `code` change every few seconds. */
  | { readonly name: 'shown'; readonly text: string; readonly code: Code; readonly policy: Policy; readonly request: PresentationRequest; readonly until: UnixSeconds; readonly windowEnd: UnixSeconds }
  | { readonly name: 'over'; readonly policy: Policy }
  /** The report says why, and what would. */
  | { readonly name: 'nothing-fits'; readonly report: FitReport }
  | { readonly name: 'failed'; readonly failure: Failure };

// --- answering a verifier that asks by OpenID4VP

/** What a careful person would want to be told before saying yes. */
export const FLAGS = ['unknown-asker', 'whole-record', 'identity', 'more-than-needed'] as const;
export type Flag = (typeof FLAGS)[number];

/** One thing that could be sent. */
export type Answer = {
  readonly choice: Choice;
  /** The rule of a pass. */
  readonly policy: Policy | undefined;
  /** The record it comes from; undefined for a pass, which does not show it. */
  readonly card: Card | undefined;
  /** Exactly what would be shown, by name; empty for a pass. */
  readonly shows: Readonly<Record<string, unknown>>;
  readonly flags: readonly Flag[];
};

export type AnsweringState =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  /**
   * Each alternative is a whole answer; the one that shows least stands first. None: nothing fits, and `missing` says for which rules.
   * Nothing is chosen before the person does.
   */
  | { readonly name: 'asked'; readonly asker: Asker; readonly purpose: string | undefined; readonly alternatives: readonly (readonly Answer[])[]; readonly missing: readonly FitReport[]; readonly expiresAt: UnixSeconds; readonly flags: readonly Flag[] }
  | { readonly name: 'sending'; readonly step: 'downloading' | 'prepare' | 'witness' | 'proof' | 'sending' }
  /** `redirectUri`: where the verifier wants the person to go on, an https address. */
  | { readonly name: 'sent'; readonly redirectUri: string | undefined }
  | { readonly name: 'declined' }
  | { readonly name: 'failed'; readonly failure: Failure };

// --- backup

export type RestoringState =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  /** What a backup holds, before anything is taken over. `added`: records that are not here. What came since it was made is not in it, and stays where it is. */
  | { readonly name: 'read'; readonly madeAt: UnixSeconds; readonly people: readonly { readonly name: string; readonly records: number; readonly added: number; readonly isHere: boolean }[] }
  | { readonly name: 'storing' }
  | { readonly name: 'restored'; readonly people: number; readonly records: number }
  | { readonly name: 'failed'; readonly failure: Failure };
