// The verdict, over everything: colour, shape and word say the same. Whoever listens hears it; any key goes on.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { reasonInWords, titleOf, type Sentences } from '#faces/words/sentences/index.ts';
import type { Shown, Verdict } from '#passport';
import type { Judgement } from '../engine/messages.ts';
import { useNow, usePolicies, useSentences } from '../parts/hooks.ts';
import { VerdictMark } from '../parts/verdict-mark.tsx';
import { useScanner } from '../scanner-context.tsx';
import { outcomeOf } from '../state/outcome.ts';
import type { Words } from '../words/index.ts';

type Judged = Extract<Judgement, { name: 'verdict' }>;
const ON = ['Enter', ' ', 'Escape'];

export function VerdictView({ judgement }: { readonly judgement: Judged }) {
  const { w, say, dates } = useSpeech<Words>();
  const { next } = useScanner();
  const sentences = useSentences();
  const now = useNow();
  const { verdict } = judgement;
  const outcome = outcomeOf(judgement);
  const heading = useRef<HTMLHeadingElement>(null);
  // Before it is painted: a key that is pressed as soon as the verdict is seen counts.
  useLayoutEffect(() => {
    heading.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (!ON.includes(event.key) || event.repeat) return;
      event.preventDefault();
      next();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <div class="verdict" role="alertdialog" aria-modal="true" aria-labelledby="verdict-word" aria-describedby="verdict-says" data-outcome={outcome} data-reason={verdict.outcome === 'accepted' ? undefined : verdict.reason} data-form={verdict.outcome === 'accepted' ? verdict.shown.form : undefined}>
      <VerdictMark outcome={outcome} />
      <h1 id="verdict-word" class="verdict-word" ref={heading} tabIndex={-1}>{w.verdict[outcome]}</h1>
      <div id="verdict-says" class="verdict-says">
        {verdict.outcome === 'accepted' ? <Accepted judgement={judgement} shown={verdict.shown} sentences={sentences} /> : sentences && <Reason verdict={verdict} sentences={sentences} />}
      </div>
      <Button wide kind="secondary" onClick={next}>{w.verdict.next}</Button>
      {verdict.freshness && <p class="verdict-data">{say(w.verdict.data, { age: dates.relative(verdict.freshness.finalizedAt, now) })}</p>}
    </div>
  );
}

function Reason({ verdict, sentences }: { readonly verdict: Exclude<Verdict, { outcome: 'accepted' }>; readonly sentences: Sentences }) {
  const { w } = useSpeech<Words>();
  const { says, next, who } = reasonInWords(verdict.reason, sentences);
  return (
    <>
      {verdict.outcome === 'undecided' && <p>{w.verdict.undecidedNote}</p>}
      <p class="strong">{says}</p>
      <p>{next}</p>
      <p>{who}</p>
    </>
  );
}

function Accepted({ judgement, shown, sentences }: { readonly judgement: Judged; readonly shown: Shown; readonly sentences: Sentences | undefined }) {
  const { w, say, dates } = useSpeech<Words>();
  const { asking, persons, matched, entry } = judgement;
  const policies = usePolicies();
  const asked = shown.form === 'pass' ? shown.policy : asking.policy?.split('@')[0];
  const rule = policies.find(({ id, version }) => id === asked && (shown.form !== 'pass' || version === shown.version));
  const issuers = [...new Set(issuersOf(shown))];
  return (
    <>
      {asked === undefined ? <p class="strong">{w.verdict.genuine}</p> : <p class="strong">{say(w.verdict.meets, { rule: rule && sentences ? titleOf(rule, sentences) : asked })}</p>}
      {matched && <p>{w.verdict.matched}</p>}
      {!matched && persons.length > 0 && (
        <div class="verdict-person">
          <p>{w.verdict.compare}</p>
          {persons.map(({ name, birthDate }) => <p key={name}><bdi class="verdict-name">{name}</bdi>{birthDate !== undefined && <span> · {say(w.verdict.born, { date: dates.day(birthDate) })}</span>}</p>)}
        </div>
      )}
      {issuers.map((issuer) => <p key={issuer}>{say(w.verdict.issuedBy, { issuer })}</p>)}
      {shown.form === 'pass' && <p>{say(w.verdict.until, { time: dates.dateTime(shown.windowEnd) })}</p>}
      {entry !== undefined && <p class="strong">{entry === 'noted' ? w.verdict.entry : w.verdict.entryHere}</p>}
    </>
  );
}

const issuersOf = (shown: Shown): readonly string[] =>
  shown.form === 'pass' ? [] : shown.form === 'vp-jwt' ? shown.credentials.flatMap(issuersOf) : [shown.issuerName];
