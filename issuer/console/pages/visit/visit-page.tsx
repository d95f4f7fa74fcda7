// After a visit: three fields in the usual case, one press, and the patient has something in hand. What is typed outlives a reload.
import { useEffect, useRef, useState } from 'preact/hooks';
import { toFhir } from '#formats/fhir/index.ts';
import { Button } from '#faces/parts/button.tsx';
import { ErrorSummary } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Kind, Suggestions } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { kindInWords, nameOf, titleOf, toEvent } from '../../events.ts';
import { learnProduct } from '../../gs1.ts';
import { useKeys } from '../../keyboard.ts';
import { Wrong } from '../../parts/parts.tsx';
import { emptyForm, faultsOf, filledOf, nextForm, personOf, withLastUsed, withNextDose, type Field, type VisitForm } from './form.ts';
import { Handout, type Made } from './handout.tsx';
import { packageChange } from './lot-field.tsx';
import { PatientField } from './patient-field.tsx';
import { WhatFields } from './what-fields.tsx';

const DRAFT = 'visit';
const MADE = 'visit-made';
const NOTHING: Suggestions = { products: [], tests: [], next: [] };
const KINDS: readonly Kind[] = ['vaccination', 'test', 'recovery'];

export function VisitPage() {
  const { w } = useWords();
  const { drafts } = useConsole();
  const [form, setForm] = useState<VisitForm>();
  const [made, setMade] = useState<Made>();
  useEffect(() => {
    void (async () => {
      setMade(await drafts.take<Made>(MADE));
      setForm(await drafts.take<VisitForm>(DRAFT) ?? emptyForm());
    })();
  }, []);
  const change = (next: VisitForm) => {
    setForm(next);
    void drafts.put(DRAFT, next);
  };
  const show = (next: Made | undefined) => {
    setMade(next);
    void drafts.put(MADE, next);
  };
  if (!form) return null;
  const next = () => {
    show(undefined);
    change(nextForm(form));
  };
  return (
    <Screen title={made ? w.handout.title : w.visit.title} wide key={made ? 'made' : 'form'}>
      {made ? <Done made={made} onReissued={(offer) => show({ ...made, offer })} onNext={next} /> : <Form form={form} onChange={change} onMade={show} />}
    </Screen>
  );
}

function Done({ made, onReissued, onNext }: { readonly made: Made; readonly onReissued: (offer: Made['offer']) => void; readonly onNext: () => void }) {
  const { w } = useWords();
  useKeys({ n: onNext });
  return (
    <>
      <Handout key={made.offer.id} made={made} onReissued={onReissued} />
      <div class="row no-print"><Button aria-keyshortcuts="n" onClick={onNext}>{w.handout.next} <kbd>N</kbd></Button></div>
    </>
  );
}

function Form({ form, onChange, onMade }: { readonly form: VisitForm; readonly onChange: (form: VisitForm) => void; readonly onMade: (made: Made) => void }) {
  const { w, say, dates } = useWords();
  const { api, sentences } = useConsole();
  const doing = useDoing();
  const [tried, setTried] = useState(0);
  const latest = useRef(form);
  latest.current = form;
  const change = (by: Partial<VisitForm>) => onChange(latest.current = { ...latest.current, ...by });
  const patient = form.patient?.id;
  const { value: suggestions = NOTHING } = useLoad((signal) => api.suggestions(patient, signal), [patient]);
  useEffect(() => {
    if (suggestions !== NOTHING) change(withNextDose(withLastUsed(latest.current, suggestions), suggestions.next));
  }, [suggestions]);
  // After the heading had it: who listens hears where they are, then types.
  useEffect(() => void requestAnimationFrame(() => document.getElementById('patient')?.focus()), []);
  const faults = faultsOf(form);
  const errorOf = (field: Field) => {
    const fault = tried > 0 ? faults.find((each) => each.field === field) : undefined;
    return fault && (fault.why === 'missing' ? w.visit.missing[field as keyof typeof w.visit.missing] ?? w.visit.faults.missing : w.visit.faults[fault.why]);
  };
  const issue = () => doing.run(async () => {
    const person = personOf(latest.current);
    if (!person || faultsOf(latest.current).length > 0) return void setTried((count) => count + 1);
    const scanned = packageChange(latest.current.lot);
    const event = toEvent(filledOf({ ...latest.current, ...scanned }, person));
    const offer = await api.offers.make(toFhir(event));
    if (form.gtin !== '' && form.product !== undefined) learnProduct(form.gtin, form.product);
    onMade({ offer, person, titles: [titleOf(event, sentences)] });
  });
  useKeys({ 'mod+enter': () => void issue() });
  return (
    <form class="visit" onSubmit={(event) => (event.preventDefault(), void issue())} noValidate>
      <div class="stack">
        {tried > 0 && <ErrorSummary tried={tried} errors={faults.map(({ field }) => ({ field, says: errorOf(field)! }))} />}
        <Wrong failure={doing.failure} />
        <Segments value={form.kind} onChoose={(kind) => change({ kind })} />
        <PatientField {...{ form, onChange: change, errorOf }} />
        <WhatFields {...{ form, suggestions, onChange: change, errorOf }} />
        <div class="row">
          <Button type="submit" busy={doing.busy} aria-keyshortcuts="Control+Enter">{w.visit.issue} <kbd>Ctrl ↵</kbd></Button>
          <Button kind="quiet" onClick={() => (setTried(0), onChange({ ...emptyForm(), kind: form.kind }))}>{w.visit.clear}</Button>
        </div>
      </div>
      <aside class="preview card" aria-label={w.visit.preview}>
        <p class="soft small">{w.visit.preview}</p>
        <p class="preview-name"><Text>{nameOf(personOf(form)) || '–'}</Text></p>
        <p class="strong"><Text>{faults.some(({ field }) => ['product', 'test', 'disease', 'result'].includes(field)) ? kindInWords(form.kind, sentences) : titleOf(toEvent(filledOf(form, { family: '', given: [] })), sentences)}</Text></p>
        <p class="soft">{form.date !== '' && dates.day(form.date)}{form.kind === 'vaccination' && form.dose !== '' && <> · {form.series !== '' ? say(w.visit.doseOf, { dose: form.dose, series: form.series }) : say(w.visit.doseAlone, { dose: form.dose })}</>}</p>
        {form.kind === 'vaccination' && form.lot !== '' && <p class="soft small">{w.visit.lot}: <Text>{form.lot}</Text></p>}
      </aside>
    </form>
  );
}

function Segments({ value, onChoose }: { readonly value: Kind; readonly onChoose: (kind: Kind) => void }) {
  const { w } = useWords();
  const { sentences } = useConsole();
  return (
    <fieldset class="segments">
      <legend class="unseen">{w.visit.kind}</legend>
      {KINDS.map((kind) => (
        <label key={kind}><input type="radio" name="kind" checked={kind === value} onChange={() => onChoose(kind)} /><span>{kindInWords(kind, sentences)}</span></label>
      ))}
    </fieldset>
  );
}
