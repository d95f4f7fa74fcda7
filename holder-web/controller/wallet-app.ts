// The surface that pages use: parts that are watched, and the verbs of each.
import type { UnixSeconds } from '#passport';
import type { RecordsApp } from './records/records-app.ts';
import type { PresentationRequest } from '#wallet/request.ts';
import type { Showing } from '#wallet/records.ts';
import type { Observable } from './observable.ts';
import type {
  Answer, AnsweringState, DoorState, Holdings, MakingState, ReceivingState, RestoringState, ShowingState, Way,
} from './states.ts';

/** Verbs answer when their work is done, and put what went wrong into the state: they reject only for faults of the program. */
export type WalletApp = {
  readonly door: Observable<DoorState> & {
    /** none -> creating -> open, or back to none with a failure. The name is the first person's; one that cannot be kept is left out. */
    readonly create: (by: { readonly way: 'passphrase'; readonly passphrase: string } | { readonly way: 'passkey'; readonly label: string }, name?: string) => Promise<void>;
    /** locked -> unlocking -> open, or back to locked with a failure. */
    readonly unlock: (by: { readonly way: 'passphrase'; readonly passphrase: string } | { readonly way: 'passkey' }) => Promise<void>;
    readonly lock: () => void;
    /** Somebody uses the page: the time until it locks by itself begins anew. */
    readonly touch: () => void;
    /** The page went out of sight or came back. */
    readonly setHidden: (isHidden: boolean) => void;
    /** Seconds without use, 30 to 3,600. */
    readonly setIdle: (seconds: number) => Promise<void>;
    /** Deletes the wallet and all that is kept with it, in every tab. -> none */
    readonly wipe: () => Promise<void>;
  };
  /** Undefined while the wallet is not open. */
  readonly holdings: Observable<Holdings | undefined> & {
    readonly choosePerson: (id: string) => Promise<void>;
    readonly addPerson: (name: string) => Promise<string>;
    readonly renamePerson: (id: string, name: string) => Promise<void>;
    /** With all records and secrets. The last person stays. */
    readonly removePerson: (id: string) => Promise<void>;
    readonly removeCard: (person: string, credential: string) => Promise<void>;
    /** Whether passes for this rule are kept ready for the chosen person. */
    readonly setFavourite: (policy: string, isFavourite: boolean) => Promise<void>;
    /** Of the chosen person, newest first. */
    readonly history: () => Promise<readonly Showing[]>;
    readonly eraseHistory: (before?: UnixSeconds) => Promise<void>;
    /** Fetches trust data now. Done by itself at random times, and never because something is shown. */
    readonly refresh: () => Promise<void>;
  };
  readonly making: Observable<MakingState> & { /** Makes what is missing. */ readonly start: () => Promise<void>; readonly cancel: () => void };
  readonly receiving: Observable<ReceivingState> & {
    /** A link, pasted or scanned. */
    readonly read: (link: string) => Promise<void>;
    /** offered -> fetching -> preview, or back to offered where the number was wrong. */
    readonly fetch: (pin?: string) => Promise<void>;
    readonly accept: () => Promise<void>;
    /** Keeps nothing, and tells the provider so. */
    readonly decline: () => Promise<void>;
    readonly close: () => void;
  };
  readonly showing: Observable<ShowingState> & {
    /** A rule that was picked, or the text of a venue's code. */
    readonly ask: (request: PresentationRequest | string) => Promise<void>;
    /** asked -> shown, or by way of making. */
    readonly show: () => Promise<void>;
    /** Ends the making of a pass, or takes the code off the screen. */
    readonly close: () => void;
  };
  readonly answering: Observable<AnsweringState> & {
    readonly read: (link: string) => Promise<void>;
    /** Sends one of the alternatives of the state `asked`, and nothing else. */
    readonly send: (alternative: readonly Answer[]) => Promise<void>;
    readonly decline: () => Promise<void>;
    readonly close: () => void;
  };
  readonly keys: {
    /** These reject with coded errors: they have no state of their own. */
    readonly list: () => Promise<readonly { readonly id: string; readonly way: Way }[]>;
    readonly addPassphrase: (passphrase: string) => Promise<void>;
    readonly addPasskey: (label: string) => Promise<void>;
    readonly remove: (id: string) => Promise<void>;
  };
  /** The bytes of a file that this passphrase opens, whatever opens the wallet. Rejects with `request-invalid` for a passphrase that is too short. */
  readonly makeBackup: (passphrase: string) => Promise<Uint8Array>;
  readonly restoring: Observable<RestoringState> & {
    readonly read: (file: Uint8Array, passphrase: string) => Promise<void>;
    /** Into the open wallet, or into a new one that the backup's passphrase opens. */
    readonly restore: () => Promise<void>;
    readonly close: () => void;
  };
  readonly records: {
    /** Fetched when it is first needed: it brings the cryptography of records with it. */
    readonly load: () => Promise<RecordsApp>;
    /** Accesses that the chosen person has not looked at yet. */
    readonly unseen: Observable<number>;
  };
  /** Whether something is under way that a new version of the app, or leaving the page, would cut off. */
  readonly isBusy: () => boolean;
};

/** What a scanned or pasted text is for: `receiving.read`, `answering.read`, `showing.ask`; a pass is somebody's to show, not to scan here. */
export type Recognised = 'offer' | 'request' | 'venue' | 'pass' | 'unknown';
