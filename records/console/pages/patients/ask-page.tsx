// Asking a patient: what for, which records, for how long; then a code that the patient's wallet reads, and the answer as it comes.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Checkbox, Field, Radios, Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useValue } from '#faces/value.ts';
import { CATEGORIES, type Category } from '#records/model/record.ts';
import { PURPOSES, type Purpose } from '#records/model/purposes.ts';
import { useDesk, useDoing, useLoad, useNow } from '../../desk-context.tsx';
import { endOfDay, inYears, today } from '../../parts/day.ts';
import { Loaded, Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

export const AskPage = ({ id }: { readonly id?: string | undefined }) => (id === undefined ? <AskForm /> : <Shown id={id} />);

const PERIODS = ['day', 'week', 'month', 'year', 'chosen'] as const;
type Period = (typeof PERIODS)[number];
const DAYS = { week: 7, month: 30, year: 365 } as const;
const YEARS_MOST = 10;
const MESSAGE_MOST = 500;
/** Emergencies have a way of their own. */
const ASKABLE: readonly Purpose[] = PURPOSES.filter((purpose) => purpose !== 'ETREAT');

const untilOf = (period: Period, day: string, now: number): number | undefined =>
  (period === 'day' ? endOfDay(today()) : period === 'chosen' ? (day > today() && day <= inYears(YEARS_MOST) ? endOfDay(day) : undefined) : now + DAYS[period] * 86_400);

function AskForm() {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const now = useNow();
  const overview = useLoad(() => desk.membership.overview(), []);
  const [purpose, setPurpose] = useState<Purpose>('TREAT');
  const [actions, setActions] = useState<readonly ('read' | 'write')[]>(['read', 'write']);
  const [isAll, setAll] = useState(true);
  const [categories, setCategories] = useState<readonly Category[]>([]);
  const [period, setPeriod] = useState<Period>('month');
  const [day, setDay] = useState('');
  const [message, setMessage] = useState('');
  const [forAll, setForAll] = useState(true);
  const [missing, setMissing] = useState<'actions' | 'categories' | 'until'>();
  const organisation = overview.value?.staffKey === 'here' ? overview.value.organisation : undefined;
  const send = async (event: Event) => {
    event.preventDefault();
    const until = untilOf(period, day, now);
    const lacks = actions.length === 0 ? 'actions' : !isAll && categories.length === 0 ? 'categories' : until === undefined ? 'until' : undefined;
    setMissing(lacks);
    if (lacks !== undefined || until === undefined) return document.getElementById(lacks === 'until' ? 'day' : String(lacks))?.focus();
    await doing.run(async () => {
      const ask = await desk.patients.ask({ actions: [...actions], purposes: [purpose], ...(!isAll && { categories: [...categories] }), until, ...(message.trim() && { message: message.trim() }) }, organisation && forAll ? organisation.address : undefined);
      go(to('patients', 'ask', ask.id));
    });
  };
  const toggle = <T,>(list: readonly T[], one: T): readonly T[] => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);
  return (
    <Screen title={w.ask.title} back={to('patients')}>
      <p>{w.ask.lead}</p>
      <form class="stack-l" onSubmit={(event) => void send(event)} noValidate>
        <Select id="purpose" label={w.ask.purpose} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value as Purpose)}>{ASKABLE.map((each) => <option key={each} value={each}>{w.purposes[each]}</option>)}</Select>
        <fieldset class="field" id="actions" tabIndex={-1} data-wrong={missing === 'actions' || undefined}>
          <legend>{w.ask.actions}</legend>
          {missing === 'actions' && <div class="error" role="alert">{w.ask.missing.actions}</div>}
          <div class="choices pair">{(['read', 'write'] as const).map((action) => <Checkbox key={action} label={w.ask[action]} checked={actions.includes(action)} onChange={() => setActions(toggle(actions, action))} />)}</div>
        </fieldset>
        <Radios legend={w.ask.categories} name="which" value={isAll ? 'all' : 'some'} onChoose={(which) => setAll(which === 'all')} options={[{ value: 'all', label: w.ask.all }, { value: 'some', label: w.ask.some }]} />
        {!isAll && (
          <fieldset class="field" id="categories" tabIndex={-1} data-wrong={missing === 'categories' || undefined}>
            <legend class="unseen">{w.ask.categories}</legend>
            {missing === 'categories' && <div class="error" role="alert">{w.ask.missing.categories}</div>}
            <div class="choices grid">{CATEGORIES.map((category) => <Checkbox key={category} label={w.categories[category]} hint={category === 'sensitive' ? w.ask.sensitiveHint : undefined} checked={categories.includes(category)} onChange={() => setCategories(toggle(categories, category))} />)}</div>
          </fieldset>
        )}
        <Select id="period" label={w.ask.period} value={period} onChange={(event) => setPeriod(event.currentTarget.value as Period)}>{PERIODS.map((each) => <option key={each} value={each}>{w.ask.periods[each]}</option>)}</Select>
        {period === 'chosen' && <Field id="day" type="date" label={w.ask.until} size="m" min={today()} max={inYears(YEARS_MOST)} value={day} error={missing === 'until' ? w.ask.missing.until : undefined} onInput={(event) => setDay(event.currentTarget.value)} />}
        {organisation && <Checkbox label={<>{w.ask.forOrganisation} <Text>{organisation.name}</Text></>} hint={w.ask.forOrganisationHint} checked={forAll} onChange={() => setForAll(!forAll)} />}
        <Field id="message" label={w.ask.message} hint={w.ask.messageHint} maxLength={MESSAGE_MOST} dir="auto" value={message} onInput={(event) => setMessage(event.currentTarget.value)} />
        <Wrong failure={doing.failure} />
        <div class="row"><Button type="submit" busy={doing.busy}>{w.ask.send}</Button></div>
      </form>
    </Screen>
  );
}

function Shown({ id }: { readonly id: string }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const state = useValue(desk.patients.state);
  const now = useNow(5);
  const asks = useLoad(() => desk.patients.asks(), [id]);
  const patient = state.name === 'here' ? state.patients.find(({ request }) => request === id) : undefined;
  if (patient) {
    return (
      <Screen title={w.ask.granted} back={to('patients')}>
        <div role="status"><Notice kind="good"><p class="lead strong">{patient.card ? <Text>{patient.card.name}</Text> : w.patients.nameless}{patient.card?.birthDate !== undefined && <span class="regular"> · {say(w.patients.born, { date: dates.day(patient.card.birthDate) })}</span>}</p><p>{w.ask.grantedSays}</p></Notice></div>
        <div class="row"><ButtonLink href={to('patients', patient.id)}>{w.patients.open}</ButtonLink></div>
      </Screen>
    );
  }
  return <Loaded of={asks}>{(list) => {
    const ask = list.find((each) => each.id === id);
    if (!ask || ask.expiresAt <= now) return <Screen title={w.ask.over} back={to('patients')}><div class="row"><ButtonLink href={to('patients', 'ask')}>{w.ask.another}</ButtonLink></div></Screen>;
    return (
      <Screen title={w.ask.show} back={to('patients')}>
        <p>{say(w.ask.showSays, { time: dates.dateTime(ask.expiresAt) })}</p>
        <div class="ask-code"><Code text={ask.link} name={w.ask.code} level="L" /></div>
        <p role="status" class="soft">{w.ask.waits}</p>
        <div class="row"><ButtonLink kind="secondary" href={ask.link} target="_blank" rel="noreferrer">{w.ask.openWallet}</ButtonLink></div>
      </Screen>
    );
  }}</Loaded>;
}
