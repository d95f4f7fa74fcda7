// Before there are records: what they are, where they would be kept, and what those learn with whom they are shared.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Holdings } from '#wallet-app/states.ts';
import type { RecordsState } from '#wallet-app/records/states.ts';
import { useRecords, useRecordsWords } from './context.tsx';

export type CardFaults = { readonly name?: string | undefined; readonly birthDate?: string | undefined };

/** Today, where the person is. */
export const today = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
};

export function BeginPage({ state, held }: { readonly state: Extract<RecordsState, { readonly name: 'absent' | 'beginning' }>; readonly held: Holdings }) {
  const { r, say, failure } = useRecordsWords();
  const app = useRecords();
  const [name, setName] = useState(held.person.name);
  const [birthDate, setBirthDate] = useState('');
  const [faults, setFaults] = useState<CardFaults>({});
  const errors = [...(faults.name === undefined ? [] : [{ field: 'card-name', says: faults.name }]), ...(faults.birthDate === undefined ? [] : [{ field: 'card-birth', says: faults.birthDate }])];
  const begin = (event: Event) => {
    event.preventDefault();
    const found = faultsOfCard(name, birthDate, r.begin);
    setFaults(found);
    if (!found.name && !found.birthDate) void app.state.begin({ name: name.trim(), ...(birthDate !== '' && { birthDate }) });
  };
  return (
    <Screen title={r.begin.title}>
      <p class="lead">{r.begin.lead}</p>
      <ul class="points">{(['own', 'share', 'account'] as const).map((point) => <li key={point}><Mark kind="good" /><span>{r.begin.points[point]}</span></li>)}</ul>
      {state.name === 'absent' && state.failure && <Notice kind="bad" alert>{failure(state.failure)}</Notice>}
      <ErrorSummary tried={faults} errors={errors} />
      <form class="stack-l" onSubmit={begin} noValidate>
        <CardFields name={name} birthDate={birthDate} faults={faults} onName={setName} onBirthDate={setBirthDate} />
        {state.name === 'absent' && <p class="soft">{say(r.begin.where, { host: state.host })} {r.begin.backup}</p>}
        <Button wide type="submit" busy={state.name === 'beginning'}>{state.name === 'beginning' ? r.begin.beginning : r.begin.start}</Button>
      </form>
      <p><a href={to('recover')}>{r.recover.had}</a></p>
    </Screen>
  );
}

export const faultsOfCard = (name: string, birthDate: string, words: { readonly nameEmpty: string; readonly birthWrong: string }): CardFaults => ({
  name: name.trim() === '' ? words.nameEmpty : undefined, birthDate: birthDate !== '' && (birthDate > today() || birthDate < '1880') ? words.birthWrong : undefined,
});

export function CardFields({ name, birthDate, faults, onName, onBirthDate }: { readonly name: string; readonly birthDate: string; readonly faults: CardFaults; readonly onName: (name: string) => void; readonly onBirthDate: (day: string) => void }) {
  const { r, shared } = useRecordsWords();
  return (
    <>
      <Field id="card-name" label={r.begin.name} hint={r.begin.nameHint} autocomplete="name" maxLength={200} value={name} error={faults.name} onInput={(event) => onName(event.currentTarget.value)} />
      <Field id="card-birth" label={<>{r.begin.birth} <span class="regular soft">({shared.optional})</span></>} hint={r.begin.birthHint} type="date" size="m" max={today()} value={birthDate} error={faults.birthDate} onInput={(event) => onBirthDate(event.currentTarget.value)} />
    </>
  );
}
