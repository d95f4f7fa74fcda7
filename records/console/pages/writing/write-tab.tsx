// Choosing what to write.
import { to } from '#faces/navigation.ts';
import { codeOf } from '#records/model/fhir/index.ts';
import { isRead } from '#records/client/open-record.ts';
import type { ReadingState } from '../../desk/reading.ts';
import { TESTS } from '../../desk/writing/codes.ts';
import type { Values } from '../../desk/writing/fields.ts';
import { KINDS, type Kind } from '../../desk/writing/kinds.ts';
import { useWords } from '../../speech.tsx';
import type { TabProps } from '../record/terms.tsx';
import { readOf } from '../record/read-parts.tsx';
import { FhirForm } from './fhir-form.tsx';
import { KindForm } from './kind-form.tsx';

const isKind = (text: string | undefined): text is Kind => (KINDS as readonly (string | undefined)[]).includes(text);

/** What an order that is answered already says of its result. */
function presetOf(reading: ReadingState, order: string | undefined): Values {
  const found = readOf(reading)?.records.find(({ meta }) => meta.id === order);
  const code = found && isRead(found) ? codeOf(found.resource)?.code : undefined;
  const test = Object.entries(TESTS).find(([, known]) => known.code === code)?.[0];
  return test === undefined ? {} : { test };
}

export function WriteTab({ patient, reading, path: [first, order] }: TabProps) {
  const { w } = useWords();
  if (isKind(first)) return <KindForm key={first} patient={patient} kind={first} order={order} preset={presetOf(reading, order)} />;
  if (first === 'fhir') return <FhirForm patient={patient} />;
  return (
    <section class="full stack">
      <h2>{w.writing.title}</h2>
      <p class="soft narrow-text">{w.writing.says}</p>
      <ul class="kinds">{[...KINDS, 'fhir' as const].map((kind) => <li key={kind}><a class="kind" href={to('patients', patient.id, 'write', kind)}><span class="strong">{w.kinds[kind].name}</span><span class="soft">{w.kinds[kind].says}</span></a></li>)}</ul>
    </section>
  );
}
