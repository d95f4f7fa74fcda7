// A new event.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Field, Select } from '#faces/parts/field.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { problemFrom } from '#faces/staff/problem.ts';
import type { Staff } from '#faces/staff/staff.ts';
import { useValue } from '#faces/value.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { errorInWords, titleOf, type Sentences } from '#faces/words/sentences/index.ts';
import { usePolicies, useRule, useSentences } from '../parts/hooks.ts';
import { WithStaff } from '../parts/with-staff.tsx';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { createEvent, localDay } from './service.ts';

const MOST_DAYS = 31;

export function EventForm() {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  const sentences = useSentences();
  if (!sentences) return null;
  return (
    <Screen title={words.create} back={to('events')}>
      <WithStaff>{(_me, staff) => <Form staff={staff} sentences={sentences} />}</WithStaff>
    </Screen>
  );
}

/** All days from one to the other; undefined where that is not possible. */
export function daysBetween(first: string, last: string, today: string): string[] | undefined {
  const [begin, end] = [first, last].map((day) => Date.parse(`${day}T00:00:00Z`)) as [number, number]; // as many as went in
  const count = (end - begin) / 86_400_000 + 1;
  if (!(count >= 1 && count <= MOST_DAYS) || last < today) return undefined;
  return Array.from({ length: count }, (_, i) => new Date(begin + i * 86_400_000).toISOString().slice(0, 10));
}

function Form({ staff, sentences }: { readonly staff: Staff; readonly sentences: Sentences }) {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  const { venue } = useValue(useScanner().settings);
  const [policies, inUse] = [usePolicies(), useRule()];
  const today = localDay(new Date());
  const [event, setEvent] = useState({ name: '', audience: venue, rule: inUse?.id ?? policies[0]?.id ?? '', first: today, last: today, capacity: '' });
  // As they were at the attempt: what is mended since goes from its field, and nothing takes the focus from who types.
  const [found, setFound] = useState<readonly { readonly field: string; readonly says: string }[]>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const days = daysBetween(event.first, event.last, today);
  const problems = {
    'event-name': event.name.trim() === '' ? words.missing : /\d{4}-\d{2}-\d{2}/.test(event.name) ? words.nameDay : undefined,
    'event-audience': event.audience.trim() === '' ? words.missing : undefined, 'event-last': days ? undefined : words.dayWrong,
  };
  const told = (field: keyof typeof problems) => (found ? problems[field] : undefined);
  const labels: Readonly<Record<string, string>> = { 'event-name': words.name, 'event-audience': words.audience, 'event-last': words.lastDay };
  const errors = Object.entries(problems).flatMap(([field, says]) => (says === undefined ? [] : [{ field, says: `${labels[field]}: ${says}` }]));
  const save = async () => {
    setFound(errors);
    if (errors.length > 0 || !days) return;
    setBusy(true);
    try {
      const { name, audience, rule, capacity } = event;
      const made = await createEvent(staff, { name: name.trim().normalize('NFC'), audience: audience.trim().normalize('NFC'), rule, days, ...(/^[1-9]\d*$/.test(capacity) && { capacity: Number(capacity) }) });
      go(to('events', made.id));
    } catch (error) {
      setFailure(errorInWords(problemFrom(error).code, sentences));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="stack" noValidate onSubmit={(submitted) => { submitted.preventDefault(); void save(); }}>
      {found && <ErrorSummary tried={found} errors={found} />}
      {failure !== undefined && <Notice kind="bad" alert>{failure}</Notice>}
      <Field id="event-name" label={words.name} hint={words.nameHint} maxLength={100} value={event.name} error={told('event-name')} onInput={({ currentTarget }) => setEvent({ ...event, name: currentTarget.value })} />
      <Field id="event-audience" label={words.audience} hint={words.audienceHint} maxLength={100} value={event.audience} error={told('event-audience')} onInput={({ currentTarget }) => setEvent({ ...event, audience: currentTarget.value })} />
      <Select label={words.rule} value={event.rule} onChange={({ currentTarget }) => setEvent({ ...event, rule: currentTarget.value })}>
        {policies.filter(({ id }, i) => policies.findIndex((policy) => policy.id === id) === i).map((policy) => <option key={policy.id} value={policy.id}>{titleOf(policy, sentences)}</option>)}
      </Select>
      <Field label={words.firstDay} type="date" size="m" min={today} value={event.first} onInput={({ currentTarget: { value } }) => setEvent({ ...event, first: value, last: event.last < value ? value : event.last })} />
      <Field id="event-last" label={words.lastDay} type="date" size="m" min={event.first} value={event.last} error={told('event-last')} onInput={({ currentTarget }) => setEvent({ ...event, last: currentTarget.value })} />
      <Field label={words.capacity} type="number" size="m" min={1} max={1_000_000} inputMode="numeric" value={event.capacity} onInput={({ currentTarget }) => setEvent({ ...event, capacity: currentTarget.value })} />
      <p><Button type="submit" busy={busy}>{words.save}</Button></p>
    </form>
  );
}
