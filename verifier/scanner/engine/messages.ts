// What the page and the worker that decides tell each other. A picture is handed over, not copied; nothing that was presented comes back but
// what an accepted presentation lets a verifier know.
import type { ErrorCode, PolicyDocument, UnixSeconds, Verdict } from '#passport';
import type { DocumentProblem } from '../document/problems.ts';
import type { TypedDocument } from '../document/document.ts';
import type { ShownPerson } from './person.ts';
import type { TrustReport } from '../trust/report.ts';

/** What is asked of whoever presents, as staff set it. */
export type Asking = {
  /** Policy id, optionally `id@version`; without it any known policy is taken. */
  readonly policy?: string | undefined;
  /** Set where a code of this counter was shown to the wallet. */
  readonly audience?: string | undefined;
  /** In hex. */
  readonly challenge?: string | undefined;
  /** The service's name of this request, when it made the challenge. */
  readonly request?: string | undefined;
  readonly event?: string | undefined;
  readonly match: boolean;
  /** Takes no pass that rests on a root from before the newest change of any status. */
  readonly strict?: boolean | undefined;
};

export type ToEngine =
  | { readonly type: 'asking'; readonly asking: Asking }
  | { readonly type: 'policies'; readonly documents: readonly unknown[] }
  | { readonly type: 'frame'; readonly picture: ImageBitmap; readonly takenAt: number }
  | { readonly type: 'image'; readonly image: Blob }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'document'; readonly id: number; readonly document: { readonly zone: string } | { readonly typed: TypedDocument } }
  /** The comparison is not made. */
  | { readonly type: 'drop' }
  | { readonly type: 'refresh' };

/** How a judgement stands: a verdict, or a question that staff answer first. */
export type Judgement = {
  readonly id: number;
  /** By the page's clock (`performance.now()`): when the picture was taken. */
  readonly takenAt: number | undefined;
  readonly judgedAt: UnixSeconds;
  /** Whether a challenge of this counter was asked. */
  readonly asking: Asking;
} & (
  | { readonly name: 'verdict'; readonly verdict: Verdict; readonly persons: readonly ShownPerson[]; /** Compared with a document. */ readonly matched: boolean; readonly entry?: 'noted' | 'noted-here' | undefined }
  | { readonly name: 'document'; readonly problem?: DocumentProblem | undefined }
);

/** Why something in view is not judged. */
export type Obstacle = 'several-codes' | 'code-not-text' | 'image-empty' | ErrorCode;

export type FromEngine =
  | { readonly type: 'ready'; readonly reader: 'native' | 'zxing' }
  /** The next picture may come. */
  | { readonly type: 'free'; readonly inView: boolean }
  | { readonly type: 'judgement'; readonly judgement: Judgement }
  | { readonly type: 'obstacle'; readonly code: Obstacle }
  /** A rule that somebody passes on: to be looked at, not judged. */
  | { readonly type: 'rule'; readonly text: string }
  | { readonly type: 'trust'; readonly report: TrustReport; readonly policies?: readonly PolicyDocument[] | undefined };
