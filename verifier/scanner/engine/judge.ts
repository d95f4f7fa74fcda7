// From a text to a judgement. Where a comparison with a document is asked, the text waits here, and nowhere else, until staff have read the
// document: it is judged as of the moment when it was shown.
import { decodePass, PASS_PREFIX, scopeOf, verdictFor, type FieldElement, type Policy, type UnixSeconds, type Verdict } from '#passport';
import { hexToBytes } from '@noble/hashes/utils.js';
import { verifyText, type Ask, type Engine, type TextContext } from '#verifier/checks/index.ts';
import type { DocumentHolder } from '../document/document.ts';
import type { TrustKeeper } from '../trust/keeper.ts';
import type { Asking, Judgement } from './messages.ts';
import { personsOf } from './person.ts';

/** Who entered which event, as far as this lane can know. */
export type EntryBook = {
  /** `first`: not there before; `sure`: the other lanes were asked. */
  readonly claim: (scope: FieldElement, nullifier: FieldElement, event: string) => Promise<{ readonly first: boolean; readonly sure: boolean }>;
};

/** Answers a request of the service there too, so that it is answered once, on whichever lane. Undefined where the service is out of reach. */
export type Confirm = (request: string, text: string) => Promise<Verdict | undefined>;

export type JudgeDeps = {
  readonly engine: Engine;
  readonly trust: Pick<TrustKeeper, 'bundle' | 'report'>;
  /** Of the bundle and of this device. */
  readonly policies: () => readonly Policy[];
  readonly entries: EntryBook;
  readonly confirm: Confirm;
  readonly now: () => UnixSeconds;
};
export type Judge = {
  /** @throws HealthpassError as `verifyText`, for a text that is no presentation */
  readonly judge: (text: string, asking: Asking, takenAt?: number) => Promise<Judgement>;
  /** What waits for a document, compared with it. Undefined when nothing of that name waits. */
  readonly compare: (id: number, holder: DocumentHolder) => Promise<Judgement | undefined>;
  readonly drop: () => void;
};

/** A rule that somebody else signed and staff took over on this device counts where it was chosen by name, never where any rule will do. */
export const countingRules = ({ policy }: Asking, ofService: readonly Policy[], known: readonly Policy[]): readonly Policy[] => (policy === undefined ? ofService : known);

type Accepted = Extract<Verdict, { outcome: 'accepted' }>;
type Waiting = { readonly text: string; readonly judgement: Omit<Judgement, 'name'>; readonly context: TextContext };

export function createJudge({ engine, trust, policies, entries, confirm, now }: JudgeDeps): Judge {
  let next = 1;
  let waiting: Waiting | undefined;
  /** The last challenge that was answered: each is, once. */
  let spent: string | undefined;

  const contextOf = (judgedAt: UnixSeconds, asking: Asking): TextContext => {
    const bundle = trust.bundle();
    return { ...engine, trust: bundle?.trust, policies: countingRules(asking, bundle?.policies ?? [], policies()), now: judgedAt, limits: asking.strict ? { root: 0 } : undefined };
  };

  /** `alone`: the verdict before anything is noted. Who is not let in is not noted. */
  async function conclude(text: string, ask: Ask, alone: Verdict, judgement: Waiting['judgement']): Promise<Judgement> {
    const { challenge, request } = judgement.asking;
    if (challenge !== undefined && challenge === spent) return { ...judgement, name: 'verdict', verdict: verdictFor('challenge-wrong', alone.freshness), persons: [], matched: false };
    if (alone.outcome !== 'accepted') return { ...judgement, name: 'verdict', verdict: alone, persons: [], matched: false };
    const { verdict, entry } = await entered(text, ask, alone, request);
    if (verdict.outcome === 'accepted') spent = challenge;
    return { ...judgement, name: 'verdict', verdict, persons: verdict.outcome === 'accepted' ? personsOf(verdict.shown) : [], matched: ask.match !== undefined, entry };
  }

  /** An answer to a request of the service is told to it; an entry is noted in the book of this lane, which tells the others. */
  async function entered(text: string, ask: Ask, accepted: Accepted, request: string | undefined): Promise<{ verdict: Verdict; entry?: 'noted' | 'noted-here' | undefined }> {
    const confirmed = request === undefined ? undefined : await confirm(request, text);
    if (confirmed && confirmed.outcome !== 'accepted') return { verdict: confirmed };
    if (!ask.scope || accepted.shown.form !== 'pass') return { verdict: accepted };
    const nullifier = BigInt(`0x${accepted.shown.nullifier}`) as FieldElement;
    const { first, sure } = await entries.claim(scopeOf(ask.scope.verifier, ask.scope.event), nullifier, ask.scope.event);
    return first ? { verdict: accepted, entry: sure ? 'noted' : 'noted-here' } : { verdict: verdictFor('scope-used', accepted.freshness) };
  }

  /** Every answer hangs on the time: with a clock that is known to be wrong there is none. Without trust data no rule is known either: the lack of data is what to mend. */
  function decided(verdict: Verdict): Verdict {
    if (trust.report().clock.name === 'wrong') return verdictFor('clock-wrong', verdict.freshness);
    return verdict.outcome === 'undecided' && !trust.bundle() ? verdictFor('trust-missing') : verdict;
  }

  return {
    async judge(text, asking, takenAt) {
      const context = contextOf(now(), asking);
      const judgement = { id: next++, takenAt, judgedAt: context.now, asking };
      const ask = askOf(asking);
      const before = decided(await verifyText(text, ask, context));
      waiting = undefined;
      const isGood = before.outcome === 'accepted';
      // A certificate on paper counts beside a document alone, whatever is set.
      const needsDocument = isGood ? asking.match : before.reason === 'document-needed';
      if (!needsDocument) return isGood ? conclude(text, ask, before, judgement) : { ...judgement, name: 'verdict', verdict: before, persons: [], matched: false };
      if (lacksTag(text)) return { ...judgement, name: 'verdict', verdict: verdictFor('match-missing', before.freshness), persons: [], matched: false };
      waiting = { text, judgement, context };
      return { ...judgement, name: 'document' };
    },
    async compare(id, { nameDigest, birthDates }) {
      if (waiting?.judgement.id !== id) return undefined;
      const { text, judgement, context } = waiting;
      waiting = undefined;
      let compared: Judgement | undefined;
      for (const birthDate of birthDates) {
        const ask = { ...askOf(judgement.asking), match: { nameDigest, birthDate } };
        compared = await conclude(text, ask, decided(await verifyText(text, ask, context)), judgement);
        if (compared.name !== 'verdict' || compared.verdict.outcome !== 'refused' || compared.verdict.reason !== 'match-wrong') break;
      }
      return compared;
    },
    drop: () => void (waiting = undefined),
  };
}

const askOf = ({ policy, audience, challenge, event }: Asking): Ask => ({
  policy, audience, challenge: challenge === undefined ? undefined : hexToBytes(challenge),
  ...(event !== undefined && audience !== undefined && { scope: { verifier: audience, event } }),
});

const lacksTag = (text: string): boolean => text.trim().startsWith(PASS_PREFIX) && decodePass(text.trim()).identityTag === undefined;
