// The part of the scanner that decides, without a page: pictures and texts come in, judgements go out, one at a time and in order.
import { RULE_PREFIX } from '#formats/rule/index.ts';
import { isHealthpassError, parsePolicy, type Policy, type PolicyDocument, type UnixSeconds } from '#passport';
import { holderOfZone, holderTyped, type DocumentHolder } from '../document/document.ts';
import { DocumentError } from '../document/problems.ts';
import { joinPolicies, type TrustKeeper } from '../trust/keeper.ts';
import { sightingOf } from './codes.ts';
import type { Judge } from './judge.ts';
import type { Asking, FromEngine, Judgement, ToEngine } from './messages.ts';
import type { CodeReader } from '#faces/camera/reader.ts';
import { createSeen } from './seen.ts';

export type EngineDeps = {
  readonly reader: CodeReader;
  readonly judge: Judge;
  readonly own: OwnPolicies;
  readonly trust: Pick<TrustKeeper, 'refresh'>;
  readonly tell: (message: FromEngine) => void;
  readonly now: () => UnixSeconds;
  /** Milliseconds. */
  readonly steady: () => number;
};

/** Rules that stand on this device besides those of the bundle. */
export type OwnPolicies = { readonly get: () => readonly Policy[]; readonly set: (documents: readonly unknown[]) => void };

export function createOwnPolicies(): OwnPolicies {
  let policies: readonly Policy[] = [];
  return {
    get: () => policies,
    set: (documents) => void (policies = documents.flatMap((document) => tryParse(document) ?? [])),
  };
}

const tryParse = (document: unknown): Policy | undefined => {
  try {
    return parsePolicy(document);
  } catch {
    return undefined; // written by another version; it can be asked for no more
  }
};

export const knownPolicies = (bundle: readonly Policy[], own: OwnPolicies): readonly PolicyDocument[] => joinPolicies(bundle, own.get()).map(({ document }) => document);

export function createEngine({ reader, judge, own, trust, tell, now, steady }: EngineDeps): { readonly take: (message: ToEngine) => Promise<void> } {
  const seen = createSeen();
  let asking: Asking = { match: false };
  /** A document is read meanwhile: what the camera sees is not judged. */
  let waits: Judgement | undefined;

  /** Whether the pass with that text was accepted. */
  function told(judgement: Judgement): void {
    waits = judgement.name === 'document' ? judgement : undefined;
    tell({ type: 'judgement', judgement });
  }

  async function judged(text: string, takenAt?: number): Promise<void> {
    if (text.trim().startsWith(RULE_PREFIX)) {
      seen.note(text, true, steady());
      return tell({ type: 'rule', text: text.trim() });
    }
    try {
      const judgement = await judge.judge(text, asking, takenAt);
      seen.note(text, judgement.name === 'document' || judgement.verdict.outcome === 'accepted', steady());
      told(judgement);
    } catch (error) {
      seen.note(text, false, steady());
      tell({ type: 'obstacle', code: isHealthpassError(error) ? error.code : 'text-malformed' });
    }
  }

  async function look(picture: ImageBitmap, takenAt: number | undefined): Promise<boolean> {
    const sighting = sightingOf(await reader.read(picture).finally(() => picture.close()));
    if (sighting.name === 'several') tell({ type: 'obstacle', code: 'several-codes' });
    else if (sighting.name === 'not-text') tell({ type: 'obstacle', code: 'code-not-text' });
    else if (sighting.name === 'one' && (takenAt === undefined || seen.isNew(sighting.text, steady()))) await judged(sighting.text, takenAt);
    return sighting.name !== 'nothing';
  }

  async function compare({ id, document }: Extract<ToEngine, { type: 'document' }>): Promise<void> {
    let holder: DocumentHolder;
    try {
      holder = 'zone' in document ? holderOfZone(document.zone, now()) : holderTyped(document.typed, now());
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      if (waits?.id === id) tell({ type: 'judgement', judgement: { ...waits, name: 'document', problem: error.code } });
      return;
    }
    const judgement = await judge.compare(id, holder);
    if (judgement) told(judgement);
  }

  function forget(): void {
    waits = undefined;
    judge.drop();
  }

  async function take(message: ToEngine): Promise<void> {
    switch (message.type) {
      case 'asking':
        asking = message.asking;
        seen.forget();
        return forget();
      case 'policies': return own.set(message.documents);
      case 'text': return judged(message.text);
      case 'document': return compare(message);
      case 'drop': return forget();
      case 'refresh': return void trust.refresh();
      case 'frame': {
        if (waits) {
          message.picture.close();
          return tell({ type: 'free', inView: false });
        }
        return tell({ type: 'free', inView: await look(message.picture, message.takenAt) });
      }
      case 'image': {
        const picture = await createImageBitmap(message.image).catch(() => undefined);
        if (!picture) return tell({ type: 'obstacle', code: 'image-unreadable' });
        if (!(await look(picture, undefined))) tell({ type: 'obstacle', code: 'image-empty' });
        return;
      }
    }
  }

  let last: Promise<void> = Promise.resolve();
  return {
    /** Whatever fails in one message, the next is taken. */
    take: (message) => (last = last.then(() => take(message)).catch(() => tell({ type: 'free', inView: false }))),
  };
}
