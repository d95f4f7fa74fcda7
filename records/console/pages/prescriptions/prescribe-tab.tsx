// Writing a prescription: what, how it is taken, how often and until when. Signed here; the patient takes it to whichever pharmacy.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field, Select, TextArea } from '#faces/parts/field.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import type { UnixSeconds } from '#passport';
import { MOST_REPEATS, type PrescriptionDraft } from '#records/model/prescription/request.ts';
import { SYSTEMS } from '../../desk/writing/codes.ts';
import { CHOICES } from '../../desk/writing/fields.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { endOfDay, inYears, today } from '../../parts/day.ts';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import type { TabProps } from '../record/terms.tsx';

type CodeSystem = (typeof CHOICES)['codeSystem'][number];
const EMPTY = { medicine: '', code: '', dosage: '', quantity: '', unit: '', note: '' };
type Lacking = 'medicine' | 'dosage' | 'until' | 'quantity' | 'unit';
/** Days that a prescription is usually valid. */
const USUAL_DAYS = 28;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export function PrescribeTab({ patient }: TabProps) {
  const { w } = useWords();
  const [isDone, setDone] = useState(false);
  if (isDone) return <div role="status" class="stack"><Notice kind="good" title={w.prescribe.done}><p>{w.prescribe.doneSays}</p></Notice><div class="row"><Button kind="secondary" onClick={() => setDone(false)}>{w.prescribe.another}</Button></div></div>;
  return <PrescribeForm relationship={patient.id} onDone={() => setDone(true)} />;
}

function PrescribeForm({ relationship, onDone }: { readonly relationship: string; readonly onDone: () => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [values, setValues] = useState(EMPTY);
  const [system, setSystem] = useState<CodeSystem>('atc');
  const [repeats, setRepeats] = useState(0);
  const [until, setUntil] = useState(inDays(USUAL_DAYS));
  const [lacking, setLacking] = useState<readonly Lacking[]>([]);
  const errors = lacking.map((field) => ({ field, says: w.prescribe.missing[field] }));
  const wrong = (field: Lacking) => (lacking.includes(field) ? w.prescribe.missing[field] : undefined);
  const typed = (name: keyof typeof EMPTY) => ({ id: name, value: values[name], dir: 'auto' as const, onInput: (event: { readonly currentTarget: { readonly value: string } }) => setValues((before) => ({ ...before, [name]: event.currentTarget.value })) });
  const amount = Number(values.quantity.replace(',', '.'));
  const lacks = (): Lacking[] => [
    ...(values.medicine.trim() === '' ? ['medicine' as const] : []), ...(values.dosage.trim() === '' ? ['dosage' as const] : []),
    ...(values.quantity.trim() !== '' && !(amount > 0 && amount < 100_000) ? ['quantity' as const] : []), ...(values.quantity.trim() !== '' && values.unit.trim() === '' ? ['unit' as const] : []),
    ...(endOfDay(until) !== undefined && until >= today() && until <= inYears(1) ? [] : ['until' as const]),
  ];
  const draft = (): PrescriptionDraft => ({
    medicine: { text: values.medicine.trim(), ...(values.code.trim() && { coding: { system: SYSTEMS[system], code: values.code.trim(), display: values.medicine.trim() } }) },
    dosage: values.dosage.trim(), repeats, until: endOfDay(until) as UnixSeconds, // looked at above
    ...(values.quantity.trim() && { quantity: { value: amount, unit: values.unit.trim() } }), ...(values.note.trim() && { note: values.note.trim() }),
  });
  const send = async (event: Event) => {
    event.preventDefault();
    const missing = lacks();
    setLacking(missing);
    if (missing.length === 0 && (await doing.run(async () => void (await (await desk.urgent.prescriber()).prescribe(relationship, draft()))))) onDone();
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <p>{w.prescribe.lead}</p>
      <ErrorSummary tried={lacking} errors={errors} />
      <Field {...typed('medicine')} label={w.prescribe.medicine} hint={w.prescribe.medicineHint} error={wrong('medicine')} maxLength={300} />
      <div class="form-grid">
        <Select id="codeSystem" label={w.prescribe.codeSystem} value={system} onChange={(event) => setSystem(event.currentTarget.value as CodeSystem)}>{CHOICES.codeSystem.map((each) => <option key={each} value={each}>{w.choices.codeSystem[each]}</option>)}</Select>
        <Field {...typed('code')} label={w.prescribe.code} hint={w.prescribe.codeHint} maxLength={40} />
      </div>
      <TextArea {...typed('dosage')} label={w.prescribe.dosage} error={wrong('dosage')} rows={3} maxLength={1000} />
      <div class="form-grid">
        <Field {...typed('quantity')} label={w.prescribe.quantity} error={wrong('quantity')} inputMode="decimal" />
        <Field {...typed('unit')} label={w.prescribe.unit} hint={w.prescribe.unitHint} error={wrong('unit')} maxLength={40} />
      </div>
      <div class="form-grid">
        <Select id="repeats" label={w.prescribe.repeats} hint={w.prescribe.repeatsHint} value={String(repeats)} onChange={(event) => setRepeats(Number(event.currentTarget.value))}>{Array.from({ length: MOST_REPEATS + 1 }, (_, count) => <option key={count} value={String(count)}>{String(count)}</option>)}</Select>
        <Field id="until" type="date" label={w.prescribe.until} error={wrong('until')} value={until} min={today()} max={inYears(1)} onInput={(event) => setUntil(event.currentTarget.value)} />
      </div>
      <Field {...typed('note')} label={w.prescribe.note} maxLength={500} />
      <Wrong failure={doing.failure} />
      <div class="row"><Button type="submit" busy={doing.busy}>{w.prescribe.send}</Button></div>
    </form>
  );
}
