// Asking for somebody's records in an emergency: how the patient is known, why, for how long. The answer to a wrong code and to a patient who does not want
// to be found is the same.
import { useState } from 'preact/hooks';
import { go, to, usePlace } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Field, Radios, Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { EmergencyQuestion } from '#records/client/emergency/institution.ts';
import { EMERGENCY_REASONS, type EmergencyReason } from '#records/model/emergency/codes.ts';
import { isCode } from '#records/model/emergency/finder.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { today } from '../../parts/day.ts';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

const FINDS = ['card', 'insurance', 'person'] as const;
type Find = (typeof FINDS)[number];
const HOURS = [4, 12, 24, 48, 72] as const;
type Lacking = 'code' | 'number' | 'name' | 'birthDate';

export function AskPage() {
  const { w, say } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [find, setFind] = useState<Find>('card');
  const [code, setCode] = useState(usePlace().query.get('card') ?? '');
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [reason, setReason] = useState<EmergencyReason>('unconscious');
  const [hours, setHours] = useState(12);
  const [lacking, setLacking] = useState<readonly Lacking[]>([]);
  const wrong = (field: Lacking) => (lacking.includes(field) ? w.emergency.missing[field] : undefined);
  const lacks = (): Lacking[] => {
    if (find === 'card') return isCode(code) ? [] : ['code'];
    if (find === 'insurance') return number.replace(/[^\p{L}\p{N}]/gu, '').length >= 6 ? [] : ['number'];
    return [...(name.trim().split(/\s+/).length >= 2 ? [] : ['name' as const]), ...(birthDate !== '' && birthDate <= today() ? [] : ['birthDate' as const])];
  };
  const asked = (): EmergencyQuestion['find'] =>
    (find === 'card' ? { code } : { identifier: find === 'insurance' ? { kind: 'insurance', number } : { kind: 'person', name, birthDate } });
  const send = async (event: Event) => {
    event.preventDefault();
    const missing = lacks();
    setLacking(missing);
    if (missing[0] !== undefined) return document.getElementById(missing[0])?.focus();
    await doing.run(async () => {
      const { id } = await (await desk.urgent.hospital()).ask({ find: asked(), reason, hours });
      go(to('emergency', id), { replace: true });
    });
  };
  return (
    <Screen title={w.emergency.ask} back={to('emergency')}>
      <p>{w.emergency.lead}</p>
      <form class="stack-l" onSubmit={(event) => void send(event)} noValidate>
        <Radios legend={w.emergency.find} name="find" value={find} onChoose={(value) => { setFind(value); setLacking([]); doing.clear(); }} options={FINDS.map((value) => ({ value, label: w.emergency.finds[value] }))} />
        {find === 'card' && <Field id="code" label={w.emergency.code} hint={w.emergency.codeHint} error={wrong('code')} value={code} dir="ltr" class="input mono" autocapitalize="characters" spellcheck={false} onInput={(event) => setCode(event.currentTarget.value)} />}
        {find === 'insurance' && <Field id="number" label={w.emergency.number} error={wrong('number')} value={number} dir="ltr" onInput={(event) => setNumber(event.currentTarget.value)} />}
        {find === 'person' && (
          <div class="form-grid">
            <Field id="name" label={w.emergency.name} hint={w.emergency.nameHint} error={wrong('name')} value={name} dir="auto" onInput={(event) => setName(event.currentTarget.value)} />
            <Field id="birthDate" type="date" label={w.emergency.birthDate} error={wrong('birthDate')} value={birthDate} max={today()} onInput={(event) => setBirthDate(event.currentTarget.value)} />
          </div>
        )}
        <div class="form-grid">
          <Select id="reason" label={w.emergency.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value as EmergencyReason)}>{EMERGENCY_REASONS.map((each) => <option key={each} value={each}>{w.emergency.reasons[each]}</option>)}</Select>
          <Select id="hours" label={w.emergency.hours} value={String(hours)} onChange={(event) => setHours(Number(event.currentTarget.value))}>{HOURS.map((each) => <option key={each} value={String(each)}>{say(w.emergency.hoursOf, { count: each })}</option>)}</Select>
        </div>
        {doing.failure?.code === 'record-unknown' ? <Notice kind="warn" alert title={w.emergency.nobody}><p>{w.emergency.nobodySays}</p></Notice> : <Wrong failure={doing.failure} />}
        <div class="row"><Button type="submit" kind="danger" busy={doing.busy}>{w.emergency.send}</Button></div>
      </form>
    </Screen>
  );
}
