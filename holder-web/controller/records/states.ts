// What pages see of records: whether there are any here, what the person holds, who may see it, who looked, and sharing step by step.
import type { UnixSeconds } from '#passport';
import type { Member } from '#records/client/members.ts';
import type { OpenedRecord } from '#records/client/open-record.ts';
import type { Relationship } from '#records/client/patient-consents.ts';
import type { AccessRead, LogVerdict } from '#records/model/audit/index.ts';
import type { Author, PolicyDescription } from '#records/model/consent/index.ts';
import type { Guardians } from '#records/model/exchange/guardians.ts';
import type { AskedTerms } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import type { Purpose } from '#records/model/purposes.ts';
import type { Category, FhirDay, RecordId } from '#records/model/record.ts';
import type { Care } from '#wallet/care.ts';
import type { Failure } from '../failure.ts';

export type RecordsState =
  | { readonly name: 'closed' }
  /** The site of this wallet names no gateway. */
  | { readonly name: 'unavailable' }
  /** The chosen person has none yet. */
  | { readonly name: 'absent'; readonly host: string; readonly failure?: Failure | undefined }
  | { readonly name: 'beginning' }
  | { readonly name: 'opening' }
  | { readonly name: 'open'; readonly person: string; readonly card: Care['card']; readonly account: Address; readonly host: string; /** What was done quietly when it opened, for those who may read. */ readonly caughtUp: { readonly epochs: number; readonly wraps: number } | undefined; /** Somebody recovers these records on another device: the person, or not. */ readonly recovery: Guardians['recovery'] }
  | { readonly name: 'failed'; readonly failure: Failure };

/** What is fetched: the last that is known stays while the next is on its way. */
export type Loaded<T> = { readonly value: T | undefined; readonly isLoading: boolean; readonly failure: Failure | undefined };

/** What the chain says of a member's roles, asked by this wallet: `unknown` when it cannot be asked. */
export type ChainSays = 'agrees' | 'differs' | 'unknown';
export type KnownMember = Member & { readonly chain: ChainSays };

export type Shelf = { readonly records: readonly OpenedRecord[]; /** Those who wrote them, by address. */ readonly authors: ReadonlyMap<Address, Member> };

export const ACCESS_STANDINGS = ['active', 'ending', 'pending', 'never', 'ended', 'failed'] as const;
export type AccessStanding = (typeof ACCESS_STANDINGS)[number];
export type AccessView = { readonly relationship: Relationship; readonly member: Member | undefined; readonly standing: AccessStanding; readonly says: PolicyDescription };

export type AccountEntry = { readonly sequence: number; readonly time: UnixSeconds; /** Undefined where it cannot be read. */ readonly told: AccessRead | undefined; readonly isNew: boolean };
export type AccountView = { readonly entries: readonly AccountEntry[]; readonly log: string; readonly checked: CheckState };
export type CheckState = { readonly name: 'unchecked' } | { readonly name: 'checking' } | { readonly name: 'checked'; readonly verdict: LogVerdict; readonly at: UnixSeconds; readonly anchors: number; readonly endpoints: readonly string[] } | { readonly name: 'failed'; readonly failure: Failure };

/** What is to be shared, as a person chooses it. */
export type ShareDraft = {
  readonly effect: 'permit' | 'deny';
  readonly actions: readonly ('read' | 'write')[];
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly until: UnixSeconds;
  /** First and last day of what is told. */
  readonly dates: { readonly from?: FhirDay | undefined; readonly until?: FhirDay | undefined };
  /** Only what these wrote; nobody named: whoever wrote it. */
  readonly authors: readonly Author[];
  /** Only these; undefined: all that fits the rest. */
  readonly only: readonly RecordId[] | undefined;
  /** Not these, and nothing that these wrote. */
  readonly except: { readonly records: readonly RecordId[]; readonly authors: readonly Author[] };
};
/** What somebody who asks may see already, and what the request adds to that. `until`: a later end, where one is asked for. */
export type AlreadyShared = { readonly says: PolicyDescription; readonly more: { readonly actions: ShareDraft['actions']; readonly categories: readonly Category[]; readonly purposes: readonly Purpose[]; readonly until: UnixSeconds | undefined } };
/** What a draft comes to, by the engine that decides about every access. */
export type SharePreview = { readonly says: PolicyDescription; readonly shared: readonly OpenedRecord[]; readonly kept: readonly OpenedRecord[] };

export const SHARE_FAULTS = ['nothing-allowed', 'no-categories', 'no-purposes', 'ended', 'dates-turned', 'only-none'] as const;
export type ShareFault = (typeof SHARE_FAULTS)[number];

export type SharingState =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  | {
    readonly name: 'choosing'; readonly recipient: KnownMember;
    /** Who asks, where it is somebody of the recipient's staff. */ readonly asker: KnownMember | undefined;
    readonly terms: AskedTerms | undefined; readonly expires: UnixSeconds | undefined;
    /** The relationship that is changed. */ readonly changes: string | undefined;
    /** Whoever asks has access already. */ readonly already: AlreadyShared | undefined;
    readonly draft: ShareDraft; readonly preview: SharePreview | undefined; readonly faults: readonly ShareFault[];
  }
  | { readonly name: 'sending'; readonly recipient: KnownMember }
  /** The gateway has taken it; the chain has not confirmed it yet. */
  | { readonly name: 'waiting'; readonly recipient: KnownMember; readonly since: UnixSeconds; readonly relationship: string }
  | { readonly name: 'granted'; readonly recipient: KnownMember; readonly relationship: string; readonly says: PolicyDescription }
  | { readonly name: 'failed'; readonly failure: Failure };
