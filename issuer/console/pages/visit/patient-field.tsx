// Who the visit was of: somebody found by name or birth date, seen lately, or new.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Combobox, type ComboboxOption } from '#faces/parts/combobox.tsx';
import { Field } from '#faces/parts/field.tsx';
import type { Patient } from '../../api.ts';
import { useConsole, useLoad, useWords } from '../../console.tsx';
import { nameOf, today } from '../../events.ts';
import { plain } from '#faces/words/plain.ts';
import type { VisitForm } from './form.ts';

const NEW = 'new';
const PAUSE = 150;

type Props = { readonly form: VisitForm; readonly onChange: (change: Partial<VisitForm>) => void; readonly errorOf: (field: 'patient' | 'family' | 'given' | 'birthDate') => string | undefined };

export function PatientField({ form, onChange, errorOf }: Props) {
  const { w, dates, say } = useWords();
  const { found, onType, typed } = usePatients();
  const optionOf = (patient: Patient): ComboboxOption => ({ value: patient.id, label: nameOf(patient.person) || w.visit.nameless, hint: patient.person?.birthDate && say(w.visit.born, { date: dates.day(patient.person.birthDate) }) });
  const search = (text: string): ComboboxOption[] => {
    const words = text.trim().toLocaleLowerCase().split(/[\s,]+/).filter(Boolean);
    const known = found.filter(({ person }) => words.every((word) => isBirthDate(word) ? person?.birthDate === isoOf(word) : nameOf(person).toLocaleLowerCase().includes(word))).slice(0, 8).map(optionOf);
    return text.trim() === '' ? known : [...known, { value: NEW, label: say(w.visit.addPatient, { name: plain(text.trim()) }) }];
  };
  const choose = (option: ComboboxOption | undefined) => {
    if (option?.value === NEW) {
      onChange({ patient: undefined, isNew: true, ...personFrom(typed()) });
      requestAnimationFrame(() => document.getElementById(personFrom(typed()).given === '' ? 'given' : 'birthDate')?.focus());
    } else onChange({ patient: option && found.find(({ id }) => id === option.value), isNew: false });
  };
  const value = form.patient ? optionOf(form.patient) : form.isNew ? { value: NEW, label: w.visit.newPatient } : undefined;
  const field = (name: 'family' | 'given' | 'birthDate') => ({ id: name, value: form[name], error: errorOf(name), onInput: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }) });
  return (
    <>
      <Combobox id="patient" label={w.visit.patient} hint={w.visit.patientHint} error={errorOf('patient')} search={search} value={value} onChoose={choose} onType={onType} />
      {form.patient?.person?.birthDate && <p class="soft small chosen">{say(w.visit.born, { date: dates.day(form.patient.person.birthDate) })} · {say(w.visit.known, { count: form.patient.issuances })}</p>}
      {form.isNew && (
        <fieldset class="new-patient">
          <legend class="unseen">{w.visit.newPatient}</legend>
          <Field label={w.family} {...field('family')} maxLength={200} />
          <Field label={w.given} {...field('given')} maxLength={200} />
          <Field label={w.birthDate} type="date" {...field('birthDate')} min="1880-01-01" max={today()} />
        </fieldset>
      )}
    </>
  );
}

/** Those seen lately, and those whom the service finds by what is typed. */
function usePatients() {
  const { api, may } = useConsole();
  const text = useRef('');
  const [found, setFound] = useState<readonly Patient[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<AbortController>(undefined);
  const recent = useLoad(async (signal) => (may('patients:read') ? (await api.patients.recent(signal)).patients : []), []);
  useEffect(() => { if (recent.value) setFound((before) => merged(before, recent.value!)); }, [recent.value]);
  const onType = (typed: string) => {
    text.current = typed;
    clearTimeout(timer.current);
    running.current?.abort();
    const asked = askedBy(typed);
    if (!asked || !may('patients:read')) return;
    timer.current = setTimeout(() => {
      const stop = new AbortController();
      running.current = stop;
      void api.patients.search(asked, stop.signal).then(({ patients }) => setFound((before) => merged(patients, before)), () => {}); // typing on asks again
    }, PAUSE);
  };
  return { found, onType, typed: () => text.current };
}

const merged = (first: readonly Patient[], then: readonly Patient[]): Patient[] => [...new Map([...first, ...then].map((patient) => [patient.id, patient])).values()];

const BIRTH = /^(\d{4})-(\d{2})-(\d{2})$|^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;
const isBirthDate = (word: string): boolean => BIRTH.test(word);
/** Day first, where dots or slashes are typed; anything else is ISO. */
function isoOf(word: string): string {
  const [, year, month, day, d, m, y] = BIRTH.exec(word) ?? [];
  return year !== undefined ? `${year}-${month}-${day}` : `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`;
}

function askedBy(typed: string): { name?: string; birthDate?: string } | undefined {
  const words = typed.trim().split(/[\s,]+/).filter(Boolean);
  const birth = words.find(isBirthDate);
  const name = words.filter((word) => !isBirthDate(word)).filter((word) => [...word].length >= 3).join(' ');
  if (birth === undefined && name === '') return undefined;
  return { ...(name !== '' && { name }), ...(birth !== undefined && { birthDate: isoOf(birth) }) };
}

/** `Sample, Anna 1985-04-12`, `Anna Sample`: what was typed is not typed again. */
function personFrom(typed: string): Pick<VisitForm, 'family' | 'given' | 'birthDate'> {
  const birth = typed.split(/[\s,]+/).find(isBirthDate);
  const name = birth === undefined ? typed.trim() : typed.replace(birth, '').trim();
  const [before, after] = name.split(',', 2).map((part) => part.trim());
  if (after !== undefined) return { family: before ?? '', given: after, birthDate: birth ? isoOf(birth) : '' };
  const words = name.split(/\s+/).filter(Boolean);
  return { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' '), birthDate: birth ? isoOf(birth) : '' };
}
