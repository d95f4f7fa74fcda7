// What one may and until when, and one's own readings with what was signed about each.
import { Notice } from '#faces/parts/notice.tsx';
import { useDesk, useLoad } from '../../desk-context.tsx';
import { Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { TermsInWords, type TabProps } from './terms.tsx';

export function AccessTab({ patient, reading }: TabProps) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const history = useLoad(() => desk.readings.history(patient.id), [patient.id, reading.name]);
  return (
    <>
      <section class="stack">
        <h2>{w.access.title}</h2>
        <p><TermsInWords patient={patient} /></p>
        {!patient.isAnswer && <Notice>{w.patients.notRequestedSays}</Notice>}
      </section>
      <section class="stack">
        <h2>{w.access.readings}</h2>
        <p class="soft">{w.access.readingsSays}</p>
        <Loaded of={history}>{(readings) => (readings.length === 0 ? <p>{w.access.noReadings}</p> : (
          <ul class="lines">{readings.map(({ at, purpose, count, receipts }) => (
            <li key={at} class="reading">
              <span><time dateTime={new Date(at * 1000).toISOString()}>{dates.dateTime(at)}</time> · {say(w.access.reading, { count, purpose: w.purposes[purpose] })}</span>
              <details class="more"><summary>{w.access.receipt}</summary><pre class="original" tabIndex={0} dir="ltr">{JSON.stringify(receipts, undefined, 2)}</pre></details>
            </li>
          ))}</ul>
        ))}</Loaded>
      </section>
    </>
  );
}
