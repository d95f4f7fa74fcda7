// The people whom something was issued to, and one of them; and erasing a person for good.
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Patient } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { nameOf } from '../../events.ts';
import { useKeys } from '../../keyboard.ts';
import { Confirm, Empty, Loaded, When, Wrong } from '../../parts/parts.tsx';
import { useIssuances } from './list.ts';
import { IssuanceTable } from './table.tsx';

export function PatientsPage() {
  const { w, dates, say } = useWords();
  const { api } = useConsole();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked([...text.trim()].length >= 3 ? text.trim() : ''), 200);
    return () => clearTimeout(timer);
  }, [text]);
  const loading = useLoad(async (signal) => (asked ? api.patients.search({ name: asked }, signal) : api.patients.list()), [asked]);
  useKeys({ '/': () => document.getElementById('search')?.focus() });
  return (
    <Screen title={w.places.patients} wide>
      <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field id="search" type="search" label={w.patients.search} hint={w.patients.searchHint} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </form>
      <Loaded of={loading}>
        {({ patients }) => (patients.length === 0 ? <Empty title={asked ? w.patients.nothing : w.patients.empty} /> : (
          <>
            <p class="unseen" role="status">{say(w.patients.shown, { count: patients.length })}</p>
            <div class="table-frame" role="region" aria-label={w.places.patients} tabIndex={0}>
              <table class="table">
                <thead><tr><th scope="col">{w.register.person}</th><th scope="col">{w.birthDate}</th><th scope="col">{w.places.register}</th><th scope="col" class="wide-only">{w.patients.since}</th></tr></thead>
                <tbody>{patients.map((patient) => (
                  <tr key={patient.id}>
                    <td><a href={to('patients', patient.id)}><Text>{nameOf(patient.person) || w.visit.nameless}</Text></a></td>
                    <td class="figures">{patient.person?.birthDate && dates.day(patient.person.birthDate)}</td><td class="figures">{dates.number(patient.issuances)}</td><td class="wide-only"><When at={patient.recordedAt} short /></td>
                  </tr>
                ))}</tbody>
              </table>
            </div>
          </>
        ))}
      </Loaded>
    </Screen>
  );
}

export function PatientPage({ id = '' }: { readonly id?: string | undefined }) {
  const { w } = useWords();
  const { api } = useConsole();
  const loading = useLoad(() => api.patients.one(id), [id]);
  return <Screen title={nameOf(loading.value?.person) || w.patients.one} tab={w.patients.one} back={to('patients')} wide><Loaded of={loading}>{(patient) => <PatientDetail patient={patient} />}</Loaded></Screen>;
}

function PatientDetail({ patient }: { readonly patient: Patient }) {
  const { w, dates } = useWords();
  const { may } = useConsole();
  const [erasing, setErasing] = useState(false);
  const list = useIssuances({ patient: patient.id });
  return (
    <>
      {patient.person?.birthDate && <p>{w.birthDate}: <span class="figures">{dates.day(patient.person.birthDate)}</span></p>}
      <Wrong failure={list.problem} again={list.reload} />
      {list.rows.length > 0 && <IssuanceTable rows={list.rows} caption={w.places.register} withPerson={false} />}
      {list.hasMore && <Button kind="secondary" busy={list.isLoading} onClick={list.more}>{w.more}</Button>}
      {may('patients:erase') && <p><Button kind="danger" onClick={() => setErasing(true)}>{w.patients.erase}</Button></p>}
      {erasing && <Erase patient={patient} onClose={() => setErasing(false)} />}
    </>
  );
}

function Erase({ patient, onClose }: { readonly patient: Patient; readonly onClose: () => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [isSure, setSure] = useState(false);
  const act = async () => {
    await api.patients.erase(patient.id);
    onClose();
    go(to('patients'));
  };
  return (
    <Confirm title={say(w.patients.eraseTitle, { name: nameOf(patient.person) })} act={w.patients.erase} isReady={isSure} onAct={act} {...{ doing, onClose }}>
      <Notice kind="bad"><p>{w.patients.eraseSays}</p><p>{say(w.patients.eraseCount, { count: patient.issuances })}</p></Notice>
      <Checkbox label={w.patients.eraseSure} checked={isSure} onChange={(event) => setSure(event.currentTarget.checked)} />
    </Confirm>
  );
}
