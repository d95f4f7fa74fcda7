// One of the common acts: its fields, what is wrong with them, and the signature. What is typed is kept encrypted until it is written.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { ErrorSummary } from '#faces/parts/notice.tsx';
import { CHOICES, faultsOf, type Fault, type FieldName, type Values } from '../../desk/writing/fields.ts';
import { buildResources, firstValues, FORMS, type Kind } from '../../desk/writing/kinds.ts';
import type { Patient } from '../../desk/patients.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { today } from '../../parts/day.ts';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { OneField } from './one-field.tsx';
import { Written } from './written.tsx';

/** Milliseconds after the last key before a draft is kept. */
const PAUSE = 600;

/** `order`: the record that it answers; `preset`: what that says already. */
export function KindForm({ patient, kind, order, preset }: { readonly patient: Patient; readonly kind: Kind; readonly order?: string | undefined; readonly preset: Values }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [values, setValues, forget] = useFormDraft(`${patient.id}/${kind}${order === undefined ? '' : `/${order}`}`, kind, preset);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [isEmpty, setEmpty] = useState(false);
  const [isWritten, setWritten] = useState(false);
  const errors = [...faults.map(({ field, is }) => ({ field, says: `${w.fields[field]}: ${w.faults[is]}` })), ...(isEmpty ? [{ field: 'systolic', says: w.writing.nothing }] : [])];
  if (isWritten) return <Written patient={patient} />;
  const set = (name: FieldName, value: string) => setValues({ ...values, [name]: value });
  const write = async (event: Event) => {
    event.preventDefault();
    const found = faultsOf(FORMS[kind], values, today());
    const resources = found.length === 0 ? buildResources(kind, values) : [];
    setFaults(found);
    setEmpty(found.length === 0 && resources.length === 0);
    if (resources.length === 0) return;
    const based = order === undefined ? {} : { basedOn: [{ reference: `ServiceRequest/${order}` }] };
    const isDone = await doing.run(async () => {
      const member = await desk.patients.member();
      for (const resource of resources) await member.write(patient.id, { ...resource, ...based });
    });
    if (!isDone) return;
    await forget();
    setWritten(true);
  };
  return (
    <section class="stack write">
      <a class="screen-back" href={to('patients', patient.id, 'write')}>{w.tabs.write}</a>
      <h2>{w.kinds[kind].name}</h2>
      <ErrorSummary tried={faults} errors={errors} />
      <form class="stack" onSubmit={(event) => void write(event)} noValidate>
        <div class="form-grid">{FORMS[kind].map((field) => <OneField key={field.name} field={field} values={values} fault={faults.find((each) => each.field === field.name)} onChange={set} />)}</div>
        <p class="soft small">{w.writing.draft}</p>
        <Wrong failure={doing.failure} />
        <div class="row"><Button type="submit" busy={doing.busy}>{w.writing.sign}</Button><Button kind="quiet" onClick={() => void forget()}>{w.writing.discard}</Button></div>
      </form>
    </section>
  );
}

/** @returns the answers, what changes them, and what begins anew */
function useFormDraft(name: string, kind: Kind, preset: Values): readonly [Values, (values: Values) => void, () => Promise<void>] {
  const { kept } = useDesk();
  const first = useMemo(() => ({ ...firstValues(kind, today(), (field) => CHOICES[field.of][0]), ...preset }), [kind]);
  const [values, setValues] = useState<Values>(first);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    let current = true;
    void (async () => {
      const draft = await kept.draft(name).catch(() => undefined); // locked meanwhile
      if (current && draft) setValues(draft);
    })();
    return () => { current = false; };
  }, [name]);
  const change = (next: Values) => {
    setValues(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void kept.putDraft(name, next as Readonly<Record<string, string>>).catch(() => {}), PAUSE); // locked meanwhile: there is nowhere to keep it
  };
  const forget = async () => {
    clearTimeout(timer.current);
    setValues(first);
    await kept.putDraft(name, undefined).catch(() => {}); // as above
  };
  return [values, change, forget];
}
