// One FHIR record, from a file or pasted: it is read in the page by the code that will read it at the service, shown, and offered to its patient.
import { useState } from 'preact/hooks';
import { isHealthpassError } from '#passport';
import { parseFhir } from '#formats/fhir/index.ts';
import { secondsNow } from '#faces/device.ts';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import { useConsole, useDoing, useWords } from '../../console.tsx';
import { nameOf, titleOf } from '../../events.ts';
import { Wrong } from '../../parts/parts.tsx';
import type { Made } from '../visit/handout.tsx';

type Read = { readonly parsed: ReturnType<typeof parseFhir> } | { readonly code: string; readonly field: string | undefined };

function read(text: string): Read {
  try {
    return { parsed: parseFhir(text, { now: secondsNow() }) };
  } catch (error) {
    return isHealthpassError(error) ? { code: error.code, field: error.field } : { code: 'internal', field: undefined };
  }
}

export function FhirImport() {
  const { w, say } = useWords();
  const { api, drafts, sentences } = useConsole();
  const [text, setText] = useState('');
  const doing = useDoing();
  const found = text.trim() === '' ? undefined : read(text);
  const offer = () => doing.run(async () => {
    if (!found || !('parsed' in found)) return;
    const made = await api.offers.make(text);
    await drafts.put('visit-made', { offer: made, person: found.parsed.patient, titles: found.parsed.events.map(({ event }) => titleOf(event, sentences)) } satisfies Made);
    go(to('visit'));
  });
  return (
    <section class="stack">
      <div class="file-field">
        <label class="strong" for="fhir-file">{w.import.fhirFile}</label>
        <input id="fhir-file" type="file" class="input" accept=".json,application/json,application/fhir+json" onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)} />
      </div>
      <TextArea label={w.import.paste} rows={6} spellcheck={false} class="textarea mono" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      {found && 'code' in found && (
        <Notice kind="bad" alert>
          <p>{errorInWords(found.code, sentences)}{found.field !== undefined && <> <code><Text>{found.field}</Text></code></>}</p>
          {found.code === 'fhir-patient-mismatch' && <p>{w.import.several}</p>}
        </Notice>
      )}
      {found && 'parsed' in found && (
        <div class="card stack-s">
          <h2><Text>{nameOf(found.parsed.patient) || w.visit.nameless}</Text></h2>
          <ul class="titles">{found.parsed.events.map(({ event, path }) => <li key={path}><Text>{titleOf(event, sentences)}</Text></li>)}</ul>
          {found.parsed.refused.length > 0 && (
            <Notice kind="warn">
              <p>{say(w.handout.refused, { count: found.parsed.refused.length })}</p>
              <ul>{found.parsed.refused.map((refusal) => <li key={refusal.path}>{errorInWords(refusal.code, sentences)} <code><Text>{refusal.field ?? refusal.path}</Text></code></li>)}</ul>
            </Notice>
          )}
          <Wrong failure={doing.failure} />
          <div class="row"><Button busy={doing.busy} onClick={() => void offer()}>{w.visit.issue}</Button></div>
        </div>
      )}
    </section>
  );
}
