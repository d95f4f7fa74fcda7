// People whom nobody knows: taken in under a name of the hospital's own, written for as for anybody, handed over when it is known who they are.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Field, Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useValue } from '#faces/value.ts';
import { plain } from '#faces/words/plain.ts';
import type { UnknownPatient } from '#records/client/emergency/unknown.ts';
import { mayDo } from '../../desk/reading.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { Confirm, Loaded, Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

export function UnknownPatients() {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const list = useLoad(async () => (await desk.urgent.unknown()).list(), []);
  const [told, setTold] = useState<string>();
  const [handing, setHanding] = useState<UnknownPatient>();
  const tell = (text: string) => {
    setTold(text);
    setHanding(undefined);
    list.reload();
    void desk.patients.load();
  };
  return (
    <section class="stack">
      <h2>{w.emergency.unknown}</h2>
      <p class="soft">{w.emergency.unknownSays}</p>
      {told !== undefined && <div role="status"><Notice kind="good"><Text>{told}</Text></Notice></div>}
      <TakeIn onDone={(label) => tell(say(w.emergency.added, { label }))} />
      <Loaded of={list}>{(unknown) => (unknown.length === 0 ? null : (
        <ul class="cards">{unknown.map((one) => (
          <li key={one.id} class="card">
            <div class="row-between"><h3 class="card-title"><Text>{one.label}</Text></h3><span class="soft">{say(w.emergency.since, { time: dates.dateTime(one.since) })}</span></div>
            <div class="row"><ButtonLink kind="secondary" href={to('patients', one.relationship)}>{w.emergency.toRecord}</ButtonLink><Button kind="secondary" onClick={() => setHanding(one)}>{w.emergency.handOver}</Button></div>
          </li>
        ))}</ul>
      ))}</Loaded>
      {handing && <HandOver one={handing} others={(list.value ?? []).map(({ relationship }) => relationship)} onClose={() => setHanding(undefined)} onDone={(count) => tell(say(w.emergency.handedOver, { count }))} />}
    </section>
  );
}

function TakeIn({ onDone }: { readonly onDone: (label: string) => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [label, setLabel] = useState('');
  const submit = async (event: Event) => {
    event.preventDefault();
    const name = label.trim();
    if (name === '') return document.getElementById('label')?.focus();
    if (await doing.run(async () => void (await (await desk.urgent.unknown()).add(name)))) {
      setLabel('');
      onDone(name);
    }
  };
  return (
    <form class="stack-s" onSubmit={(event) => void submit(event)} noValidate>
      <Field id="label" label={w.emergency.label} hint={w.emergency.labelHint} maxLength={200} dir="auto" value={label} onInput={(event) => setLabel(event.currentTarget.value)} />
      <Wrong failure={doing.failure} />
      <div class="row"><Button type="submit" kind="secondary" busy={doing.busy}>{w.emergency.add}</Button></div>
    </form>
  );
}

function HandOver({ one, others, onClose, onDone }: { readonly one: UnknownPatient; readonly others: readonly string[]; readonly onClose: () => void; readonly onDone: (count: number) => void }) {
  const { w, say } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const state = useValue(desk.patients.state);
  const patients = (state.name === 'here' ? state.patients : []).filter((patient) => patient.card !== undefined && patient.state === 'active' && mayDo(patient, 'write') && !others.includes(patient.id));
  const [chosen, setChosen] = useState(patients[0]?.id as string | undefined);
  const act = async () => {
    if (chosen !== undefined) onDone(await (await desk.urgent.unknown()).handOver(one.id, chosen));
  };
  return (
    <Confirm title={say(w.emergency.handOverTitle, { label: one.label })} says={patients.length === 0 ? w.emergency.noPatient : w.emergency.handOverSays} act={w.emergency.handOver} danger={false} isReady={chosen !== undefined} doing={doing} onAct={act} onClose={onClose}>
      {patients.length > 0 && <Select id="patient" label={w.emergency.handOverTo} value={chosen ?? ''} onChange={(event) => setChosen(event.currentTarget.value)}>{patients.map(({ id, card }) => <option key={id} value={id}>{plain(card!.name)}</option>)}</Select>}
    </Confirm>
  );
}
