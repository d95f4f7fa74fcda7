// The surface of records that pages use: parts that are watched, and the verbs of each.
import type { Member } from '#records/client/members.ts';
import type { FhirResource } from '#records/model/fhir/index.ts';
import type { Address, Role } from '#records/model/members.ts';
import type { Care } from '#wallet/care.ts';
import type { Observable } from '../observable.ts';
import type { EmergencyApp } from './emergency.ts';
import type { PrescriptionsApp } from './prescriptions.ts';
import type { RecoveringApp } from './recovering.ts';
import type { ImportPreview } from './shelf.ts';
import type { TrustedApp } from './trusted.ts';
import type { AccessView, AccountView, Loaded, RecordsState, ShareDraft, SharingState, Shelf } from './states.ts';

type Fetched<T> = Observable<Loaded<T>> & { readonly reload: () => Promise<void> };

/** Verbs of `state` and `sharing` put what went wrong into the state; the others reject with coded errors. */
export type RecordsApp = {
  readonly state: Observable<RecordsState> & {
    /** absent -> beginning -> open, or back with a failure. */
    readonly begin: (card: Care['card']) => Promise<void>;
    /** failed -> opening. */
    readonly retry: () => Promise<void>;
    readonly setCard: (card: Care['card']) => Promise<void>;
    /** open -> absent: all that was allowed ends, and what the gateway keeps opens no more. Nothing is left behind where it fails half way: it may be tried again. @throws HealthpassError */
    readonly leave: () => Promise<void>;
  };
  readonly shelf: Fetched<Shelf> & {
    /** Own records, one after the other; what cannot be written is told before anything is. */
    readonly add: (resources: readonly (FhirResource | string)[], onAdded?: (count: number) => void) => Promise<void>;
    /** The wallet stays open meanwhile: half a file is worse than none. */
    readonly isAdding: () => boolean;
    /** What a file holds, before anything of it is kept. */
    readonly readFile: (text: string) => ImportPreview;
    /** An International Patient Summary of everything that can be read, as JSON. */
    readonly summary: () => string;
  };
  readonly access: Fetched<readonly AccessView[]> & {
    readonly revoke: (id: string) => Promise<void>;
  };
  readonly sharing: Observable<SharingState> & {
    /** A member's link or code. */
    readonly read: (link: string) => Promise<void>;
    /** A member of the directory, without being asked; `deny`: never. */
    readonly offer: (member: Address, effect?: 'permit' | 'deny') => Promise<void>;
    readonly change: (relationship: string) => Promise<void>;
    readonly set: (change: Partial<ShareDraft>) => void;
    /** Whoever asks has access already: gives another beside it, instead of changing that one. */
    readonly apart: () => void;
    /** choosing -> sending -> waiting -> granted. */
    readonly confirm: () => Promise<void>;
    readonly close: () => void;
  };
  readonly account: Fetched<AccountView> & {
    /** Against the chain, as this wallet reads it. */
    readonly check: () => Promise<void>;
    /** Everything that is there has been looked at. */
    readonly markSeen: () => Promise<void>;
    /** For `healthpass audit verify`. */
    readonly file: () => string;
  };
  readonly emergency: EmergencyApp;
  readonly prescriptions: PrescriptionsApp;
  readonly trusted: TrustedApp;
  /** For a person who has no records here, and had some. */
  readonly recovering: RecoveringApp;
  /** Accesses that were not looked at yet. */
  readonly unseen: Observable<number>;
  readonly searchMembers: (by: { readonly q?: string; readonly role?: Role }) => Promise<readonly Member[]>;
};
