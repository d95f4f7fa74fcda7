// Patients who share with this member, and those who have been asked.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useValue } from '#faces/value.ts';
import type { Patient } from '../../desk/patients.ts';
import { useDesk, useLoad, useNow } from '../../desk-context.tsx';
import { createLazy } from '#faces/parts/lazy.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

const AskPage = createLazy(async () => (await import('./ask-page.tsx')).AskPage);
const PatientPage = createLazy(async () => (await import('../record/patient-page.tsx')).PatientPage);

export function PatientsPage({ path: [first, ...rest] }: { readonly path: readonly string[] }) {
  if (first === undefined) return <List />;
  return first === 'ask' ? <AskPage id={rest[0]} /> : <PatientPage id={first} path={rest} />;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function List() {
  const { w, say, shared } = useWords();
  const desk = useDesk();
  const state = useValue(desk.patients.state);
  const [typed, setTyped] = useState('');
  const patients = state.name === 'here' ? state.patients : [];
  const found = patients.filter(({ card }) => folded(card?.name ?? '').includes(folded(typed.trim())));
  return (
    <Screen title={w.places.patients} wide>
      <div class="row"><ButtonLink href={to('patients', 'ask')}>{w.patients.ask}</ButtonLink></div>
      <Unanswered />
      {state.name === 'failed' && <Wrong failure={state.failure} again={() => void desk.patients.load()} />}
      {state.name === 'loading' && <p class="soft loading" role="status">{shared.loading}</p>}
      {state.name === 'here' && (patients.length === 0 ? <div class="empty"><p class="strong">{w.patients.none}</p><p>{w.patients.noneSays}</p></div> : (
        <>
          {patients.length > 5 && <div class="filters"><Field id="search" type="search" label={w.patients.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>}
          <p class="soft" role="status">{found.length === 0 ? w.patients.nothing : say(w.patients.count, { count: found.length })}</p>
          <ul class="patients">{found.map((patient) => <Row key={patient.id} patient={patient} />)}</ul>
        </>
      ))}
    </Screen>
  );
}

function Row({ patient }: { readonly patient: Patient }) {
  const { w, say, dates } = useWords();
  const { card, terms, state, isAnswer } = patient;
  return (
    <li class="patient">
      <a class="patient-name" href={to('patients', patient.id)}>{card ? <Text>{card.name}</Text> : w.patients.nameless}</a>
      <span class="soft">{card?.birthDate !== undefined && say(w.patients.born, { date: dates.day(card.birthDate) })}</span>
      <span>{dates.list(terms.actions.map((action) => w.actions[action]))} · {say(w.patients.until, { date: dates.date(terms.until) })}</span>
      <span class="tags">{state === 'pending' && <Tag kind="warn">{w.patients.pending}</Tag>}{!isAnswer && <Tag>{w.patients.notRequested}</Tag>}</span>
    </li>
  );
}

/** Codes that may be shown again. */
function Unanswered() {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const state = useValue(desk.patients.state);
  const now = useNow();
  const asks = useLoad(() => desk.patients.asks(), [state]);
  const answered = new Set(state.name === 'here' ? state.patients.map(({ request }) => request) : []);
  const open = (asks.value ?? []).filter(({ id, expiresAt }) => expiresAt > now && !answered.has(id as `0x${string}`)); // an id of a request
  if (open.length === 0) return null;
  return (
    <Notice title={w.patients.unanswered}>
      <ul class="lines">{open.map(({ id, expiresAt }) => <li key={id} class="row-between"><span>{say(w.patients.expires, { time: dates.dateTime(expiresAt) })}</span><a href={to('patients', 'ask', id)}>{w.patients.showAgain}</a></li>)}</ul>
    </Notice>
  );
}
