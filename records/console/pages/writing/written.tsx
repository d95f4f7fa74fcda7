// What was written, and where one may go from there.
import { useEffect, useRef } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import type { Patient } from '../../desk/patients.ts';
import { mayDo } from '../../desk/reading.ts';
import { useDesk } from '../../desk-context.tsx';
import { useWords } from '../../speech.tsx';

export function Written({ patient, title, says }: { readonly patient: Patient; readonly title?: string; readonly says?: string }) {
  const { w } = useWords();
  const desk = useDesk();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    const state = desk.readings.state(patient.id).get();
    if (state.name === 'read') void desk.readings.read(patient.id, state.read.purpose); // what was written shows in the timeline
  }, []);
  return (
    <section class="stack">
      <div role="status" tabIndex={-1} ref={box}><Notice kind="good" title={title ?? w.writing.written}>{says !== undefined && <p>{says}</p>}</Notice></div>
      <div class="row">
        {mayDo(patient, 'read') && <ButtonLink href={to('patients', patient.id, 'timeline')}>{w.writing.toTimeline}</ButtonLink>}
        <ButtonLink kind="secondary" href={to('patients', patient.id, 'write')}>{w.writing.another}</ButtonLink>
      </div>
    </section>
  );
}
