// The code is good; whose is it? Staff read the document with a reader, or type what it says. Nothing of it is kept: the fields go with this page.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field, TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import type { DocumentProblem } from '../document/problems.ts';
import type { Judgement } from '../engine/messages.ts';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';

const WORDS = {
  'mrz-malformed': 'malformed', 'mrz-unsupported': 'unsupported', 'mrz-check-digit': 'checkDigit', 'name-missing': 'nameMissing', 'name-unreadable': 'nameUnreadable', 'birth-date-invalid': 'birthDate',
} as const satisfies Record<DocumentProblem, keyof Words['document']['problems']>;

export function DocumentView({ judgement: { problem } }: { readonly judgement: Extract<Judgement, { name: 'document' }> }) {
  const { w } = useSpeech<Words>();
  const { typed, zone, next } = useScanner();
  const [family, setFamily] = useState('');
  const [given, setGiven] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [lines, setLines] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  const words = w.document;
  useEffect(() => {
    heading.current?.focus();
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && next();
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (lines.trim() !== '') zone(lines);
    else typed({ family, given, birthDate });
  };
  return (
    <div class="over" role="dialog" aria-modal="true" aria-labelledby="document-title">
      <div class="screen column">
        <h1 id="document-title" ref={heading} tabIndex={-1}>{words.title}</h1>
        <p>{words.text}</p>
        {problem !== undefined && <div data-problem={problem}><Notice kind="bad" alert>{words.problems[WORDS[problem]]}</Notice></div>}
        <form class="stack" onSubmit={submit} autocomplete="off">
          <Field id="family" label={words.family} value={family} maxLength={200} spellcheck={false} onInput={({ currentTarget }) => setFamily(currentTarget.value)} />
          <Field id="given" label={words.given} value={given} maxLength={200} spellcheck={false} onInput={({ currentTarget }) => setGiven(currentTarget.value)} />
          <Field id="birth" label={words.birth} hint={words.birthHint} value={birthDate} size="m" maxLength={10} inputMode="numeric" onInput={({ currentTarget }) => setBirthDate(currentTarget.value)} />
          <p class="soft">{words.or}</p>
          <TextArea id="zone" label={words.zone} hint={words.zoneHint} value={lines} rows={3} maxLength={140} spellcheck={false} class="textarea mono" onInput={({ currentTarget }) => setLines(currentTarget.value)} />
          <div class="row"><Button type="submit">{words.compare}</Button><Button kind="quiet" onClick={next}>{words.skip}</Button></div>
        </form>
        <p class="soft small">{words.forgotten}</p>
      </div>
    </div>
  );
}
