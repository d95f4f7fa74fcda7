// FHIR of another system: checked whole before anything is signed; a refusal names the element, the rule and the line.
import { useEffect, useRef, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { checkBeside } from '../../checker.ts';
import type { Checked, Located } from '../../desk/check.ts';
import type { Patient } from '../../desk/patients.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { FileField, Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { Written } from './written.tsx';

const SHOWN_MOST = 50;

export function FhirForm({ patient }: { readonly patient: Patient }) {
  const { w, say, failure } = useWords();
  const desk = useDesk();
  const [checking, writing] = [useDoing(), useDoing()];
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<Checked>();
  const [done, setDone] = useState(0);
  const [isWritten, setWritten] = useState(false);
  if (isWritten) return <Written patient={patient} />;
  const put = (next: string) => {
    setText(next);
    setChecked(undefined);
  };
  const check = async (event: Event) => {
    event.preventDefault();
    await checking.run(async () => setChecked(await checkBeside(text)));
  };
  const write = (texts: readonly string[]) => async () => {
    const isDone = await writing.run(async () => {
      const member = await desk.patients.member();
      for (const [at, each] of texts.entries()) {
        if (at < done) continue; // written before something went wrong
        await member.write(patient.id, each);
        setDone(at + 1);
      }
    });
    if (isDone) setWritten(true);
  };
  return (
    <section class="stack write">
      <a class="screen-back" href={to('patients', patient.id, 'write')}>{w.tabs.write}</a>
      <h2>{w.kinds.fhir.name}</h2>
      <form class="stack" onSubmit={(event) => void check(event)} noValidate>
        <FileField id="fhir-file" label={w.writing.file} accept=".json,application/json,application/fhir+json" onChoose={(file) => void file?.text().then(put)} />
        <TextArea id="fhir" class="textarea mono fhir-text" label={w.writing.paste} hint={w.writing.resource} dir="ltr" spellcheck={false} rows={12} value={text} onInput={(event) => put(event.currentTarget.value)} />
        <Wrong failure={checking.failure} />
        {checked?.outcome !== 'valid' && <div class="row"><Button type="submit" busy={checking.busy} disabled={text.trim() === ''}>{checking.busy ? w.writing.checking : w.writing.check}</Button></div>}
      </form>
      {checked?.outcome === 'unreadable' && <Notice kind="bad" alert>{checked.code === 'json-malformed' ? w.writing.notJson : failure({ code: checked.code, field: undefined })}</Notice>}
      {checked?.outcome === 'faulty' && <Faults issues={checked.issues} />}
      {checked?.outcome === 'valid' && (
        <>
          <Notice kind="good" title={w.writing.checked}>
            <p role="status">{say(w.writing.several, { count: checked.texts.length })}</p>
            <ul>{checked.titles.slice(0, SHOWN_MOST).map((title, at) => <li key={checked.texts[at]}><Text>{title}</Text></li>)}</ul>
            {checked.left > 0 && <p>{say(w.writing.left, { count: checked.left })}</p>}
          </Notice>
          <Wrong failure={writing.failure} />
          <div class="row"><Button busy={writing.busy} onClick={() => void write(checked.texts)()}>{w.writing.sign}</Button></div>
        </>
      )}
    </section>
  );
}

function Faults({ issues }: { readonly issues: readonly Located[] }) {
  const { w, say } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [issues]);
  return (
    <div tabIndex={-1} ref={box}><Notice kind="bad" alert title={say(w.writing.problems, { count: issues.length })}>
      <ol class="issues">{issues.slice(0, SHOWN_MOST).map(({ element, rule, message, line }) => (
        <li key={`${element}/${rule}`}><code dir="ltr">{element}</code>{line !== undefined && <span class="soft"> · {say(w.writing.where, { line })}</span>}<br /><span lang="en" dir="ltr">{message}</span> <span class="soft mono small">{rule}</span></li>
      ))}</ol>
    </Notice></div>
  );
}
