// What recipients learn of the person, where the records are, and the ways there are to not lose them.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useAttempt } from '../../parts/attempt.ts';
import { usePart } from '../../wallet-context.tsx';
import { CardFields, faultsOfCard, type CardFaults } from './begin.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { Tabs } from './tabs.tsx';

export function SettingsPage() {
  const { r, say } = useRecordsWords();
  const app = useRecords();
  const state = usePart(app.state);
  const emergency = usePart(app.emergency).value;
  if (state.name !== 'open') return null;
  return (
    <Screen title={r.more.title}>
      <Tabs here="more" />
      <ul class="links">
        <li><a href={to('prescriptions')}><span class="strong">{r.prescriptions.title}</span></a></li>
        <li><a href={to('emergency')}><span class="strong">{r.emergency.title}</span><span class="small soft">{emergency?.setting ? r.emergency.isOn : emergency?.turnedOff ? r.emergency.turnedOff : r.emergency.isOff}</span></a></li>
        <li><a href={to('trusted')}><span class="strong">{r.trusted.title}</span><span class="small soft">{r.trusted.short}</span></a></li>
        <li><a href={to('backup')}><span class="strong">{r.more.backup}</span><span class="small soft">{r.more.backupText}</span></a></li>
      </ul>
      <CardForm name={state.card.name} birthDate={state.card.birthDate ?? ''} />
      <p><a class="danger-link" href={to('card', 'leave')}>{r.leave.title}</a></p>
      <p class="soft small">{say(r.more.where, { host: state.host })}</p>
    </Screen>
  );
}

function CardForm({ name: first, birthDate: birth }: { readonly name: string; readonly birthDate: string }) {
  const { r, shared, failure } = useRecordsWords();
  const app = useRecords();
  const [failed, attempt] = useAttempt();
  const [name, setName] = useState(first);
  const [birthDate, setBirthDate] = useState(birth);
  const [faults, setFaults] = useState<CardFaults>({});
  const [isSaved, setSaved] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    const found = faultsOfCard(name, birthDate, r.begin);
    setFaults(found);
    if (found.name || found.birthDate) return;
    setSaved(await attempt(() => app.state.setCard({ name: name.trim(), ...(birthDate !== '' && { birthDate }) })));
  };
  return (
    <section class="stack">
      <h2>{r.more.card}</h2>
      <p class="soft">{r.more.cardText}</p>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {isSaved && <div role="status"><Notice kind="good">{r.more.saved}</Notice></div>}
      <form class="stack-l" onSubmit={(event) => void save(event)} noValidate>
        <CardFields name={name} birthDate={birthDate} faults={faults} onName={(text) => { setName(text); setSaved(false); }} onBirthDate={(day) => { setBirthDate(day); setSaved(false); }} />
        <div><Button type="submit" kind="secondary">{shared.save}</Button></div>
      </form>
    </section>
  );
}
