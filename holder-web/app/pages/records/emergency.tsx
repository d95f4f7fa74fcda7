// For an emergency: laid ready or not, the card to carry, and every time that somebody opened it.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Checkbox, Field, Radios } from '#faces/parts/field.tsx';
import { ErrorSummary, Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { EmergencySetting, NewEmergencySetting } from '#records/client/emergency/patient.ts';
import type { Member } from '#records/client/members.ts';
import type { Address } from '#records/model/members.ts';
import { ORDINARY_CATEGORIES, type Category } from '#records/model/record.ts';
import { toggled } from '#wallet-app/records/drafts.ts';
import type { EmergencyView } from '#wallet-app/records/emergency.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { whatInWords } from './policy-words.tsx';

export function EmergencyPage() {
  const { r, shared, failure } = useRecordsWords();
  const { emergency } = useRecords();
  const { value: view, failure: failed } = usePart(emergency);
  const [isChanging, setChanging] = useState(false);
  const ready = view?.setting !== undefined && !isChanging ? view.setting : undefined;
  const isOpenNow = view?.accesses.some(({ state }) => state === 'asked' || state === 'released') ?? false;
  // Card and form take each other's place: either is read from its heading on.
  return (
    <Screen key={ready ? 'ready' : 'form'} title={r.emergency.title} back={to('card')}>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {!view && !failed && <p role="status">{shared.loading}</p>}
      {view?.turnedOff && <Notice kind="warn">{r.emergency.turnedOff}</Notice>}
      {view && isOpenNow && <Accesses view={view} />}
      {view && (ready ? <Ready view={view} setting={ready} onChange={() => setChanging(true)} /> : <SettingForm view={view} onDone={() => setChanging(false)} />)}
      {view && !isOpenNow && <Accesses view={view} />}
    </Screen>
  );
}

function Ready({ view, setting, onChange }: { readonly view: EmergencyView; readonly setting: EmergencySetting; readonly onChange: () => void }) {
  const speech = useRecordsWords();
  const { r, say, dates, listOf, memberOf, failure } = speech;
  const { emergency } = useRecords();
  const [failed, attempt] = useAttempt();
  const [asking, setAsking] = useState<'off' | 'card'>();
  const yes = (what: 'off' | 'card') => {
    setAsking(undefined);
    void attempt(() => (what === 'off' ? emergency.turnOff() : emergency.newCard()));
  };
  return (
    <>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <Notice kind="good" title={r.emergency.isOn}>{say(r.emergency.says, { what: whatInWords(setting.categories, speech), count: setting.threshold, who: listOf(setting.custodians.map((custodian) => memberOf(view.named.get(custodian)))) })}</Notice>
      <section class="card emergency-card" aria-label={r.emergency.card}>
        <h2>{r.emergency.card}</h2>
        <p>{r.emergency.cardText}</p>
        <Code text={setting.link} name={r.emergency.cardCode} />
        <p class="card-code" dir="ltr">{setting.code}</p>
        <p class="soft small">{setting.identifiable ? r.emergency.found : r.emergency.foundNot} {say(r.access.since, { date: dates.date(setting.since) })}.</p>
      </section>
      <div class="row no-print">
        <Button onClick={() => window.print()}>{r.emergency.print}</Button>
        <Button kind="secondary" onClick={onChange}>{r.access.change}</Button>
        <Button kind="quiet" onClick={() => setAsking('card')}>{r.emergency.newCard}</Button>
        <Button kind="quiet" onClick={() => setAsking('off')}>{r.emergency.off}</Button>
      </div>
      {asking && <Confirm title={asking === 'off' ? r.emergency.offTitle : r.emergency.newCardTitle} text={asking === 'off' ? r.emergency.offText : r.emergency.newCardText} yes={asking === 'off' ? r.emergency.off : r.emergency.newCard} onYes={() => yes(asking)} onNo={() => setAsking(undefined)} />}
    </>
  );
}

/** What a stranger needs to treat somebody who cannot speak. */
const FIRST: readonly Category[] = ['allergies', 'conditions', 'medications', 'devices'];
/** Letters and digits of an insurance number: shorter ones could be guessed. */
const NUMBER_LEAST = 6;
type FoundBy = 'card' | 'person' | 'insurance' | 'keep';

function SettingForm({ view: { setting, quorum }, onDone }: { readonly view: EmergencyView; readonly onDone: () => void }) {
  const { r, say, kindOf, failure, shared } = useRecordsWords();
  const app = useRecords();
  const state = usePart(app.state);
  const card = state.name === 'open' ? state.card : undefined;
  const [failed, attempt] = useAttempt();
  const [hospitals, setHospitals] = useState<readonly Member[]>();
  const [categories, setCategories] = useState<readonly Category[]>(setting?.categories ?? FIRST);
  const [custodians, setCustodians] = useState<readonly Address[]>(setting?.custodians ?? []);
  const [foundBy, setFoundBy] = useState<FoundBy>(setting?.identifiable ? 'keep' : 'card');
  const [number, setNumber] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState(0);
  useEffect(() => void attempt(async () => setHospitals(await app.emergency.hospitals())), [app]);
  const isNumberWrong = foundBy === 'insurance' && number.replace(/[^a-z0-9]/gi, '').length < NUMBER_LEAST;
  const faults = [
    ...(categories.length === 0 ? [{ field: 'emergency-kinds', says: r.share.faults['no-categories'] }] : []), ...(custodians.length < quorum ? [{ field: 'emergency-hospitals', says: say(r.emergency.tooFew, { count: quorum }) }] : []),
    ...(isNumberWrong ? [{ field: 'insurance', says: r.emergency.numberWrong }] : []),
  ];
  const identifier = (): NewEmergencySetting['identifier'] => {
    if (foundBy === 'keep') return 'keep';
    if (foundBy === 'insurance') return { kind: 'insurance', number: number.trim() };
    return foundBy === 'person' && card?.birthDate !== undefined ? { kind: 'person', name: card.name, birthDate: card.birthDate } : undefined;
  };
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(tried + 1);
    if (faults.length > 0 || isBusy) return;
    setBusy(true);
    const chosen = identifier();
    if (await attempt(() => app.emergency.turnOn({ categories, custodians, ...(chosen !== undefined && { identifier: chosen }) }))) onDone();
    setBusy(false);
  };
  const ways: readonly FoundBy[] = ['card', ...(setting?.identifiable ? ['keep' as const] : []), ...(card?.birthDate === undefined ? [] : ['person' as const]), 'insurance'];
  return (
    <>
      <p class="lead">{r.emergency.lead}</p>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {tried > 0 && <ErrorSummary tried={tried} errors={faults} />}
      <form class="stack-l" onSubmit={(event) => void save(event)} noValidate>
        <fieldset class="field" id="emergency-kinds" tabIndex={-1}>
          <legend>{r.emergency.what}</legend>
          <div class="choices kinds">{ORDINARY_CATEGORIES.map((category) => <Checkbox key={category} label={kindOf(category)} checked={categories.includes(category)} onChange={() => setCategories(toggled(categories, category))} />)}</div>
        </fieldset>
        <fieldset class="field" id="emergency-hospitals" tabIndex={-1}>
          <legend>{r.emergency.who}</legend>
          <div class="hint">{say(r.emergency.whoHint, { count: quorum })}</div>
          {hospitals === undefined && !failed && <p role="status">{shared.loading}</p>}
          {hospitals && hospitals.length < quorum && <Notice kind="warn">{r.emergency.noHospitals}</Notice>}
          <div class="choices">{hospitals?.map(({ address, name }) => <Checkbox key={address} label={<Text>{name}</Text>} checked={custodians.includes(address)} onChange={() => setCustodians(toggled(custodians, address))} />)}</div>
        </fieldset>
        <Radios legend={r.emergency.find} hint={r.emergency.findHint} name="find" value={foundBy} onChoose={setFoundBy} options={ways.map((way) => ({ value: way, label: r.emergency.ways[way] }))} />
        {foundBy === 'insurance' && <Field id="insurance" label={r.emergency.number} dir="ltr" maxLength={60} value={number} error={tried > 0 && isNumberWrong ? r.emergency.numberWrong : undefined} onInput={(event) => setNumber(event.currentTarget.value)} />}
        <div class="actions">
          <Button wide type="submit" busy={isBusy}>{isBusy ? r.emergency.turningOn : setting ? shared.save : r.emergency.on}</Button>
          {setting && <Button wide kind="quiet" onClick={onDone}>{shared.cancel}</Button>}
        </div>
      </form>
    </>
  );
}

function Accesses({ view: { accesses, named } }: { readonly view: EmergencyView }) {
  const { r, say, dates, memberOf, failure } = useRecordsWords();
  const { emergency } = useRecords();
  const [failed, attempt] = useAttempt();
  if (accesses.length === 0) return <p class="soft no-print">{r.emergency.never}</p>;
  return (
    <section class="stack-s no-print">
      <h2>{r.emergency.accesses}</h2>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <ul class="lines">
        {accesses.map(({ id, institution, reason, state, askedAt, until, finding }) => (
          <li key={id} class="stack-s">
            <p class="row-between"><span class="strong"><Text>{memberOf(named.get(institution))}</Text></span><Tag kind={state === 'released' ? 'bad' : state === 'asked' ? 'warn' : undefined}>{r.emergency.states[state]}</Tag></p>
            <p>{r.emergency.reasons[reason]} <span class="soft small figures">{dates.dateTime(askedAt)}</span></p>
            {finding && <p class="soft">{r.emergency.reviewed}: {r.emergency.findings[finding]}</p>}
            {(state === 'released' || state === 'asked') && <><p class="soft small">{say(r.access.until, { date: dates.dateTime(until) })}</p><div><Button kind="danger" onClick={() => void attempt(() => emergency.stop(id))}>{r.emergency.stop}</Button></div></>}
          </li>
        ))}
      </ul>
    </section>
  );
}
