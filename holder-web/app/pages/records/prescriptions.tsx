// Prescriptions in the wallet, and one handed to a pharmacy by its code.
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Cautions } from '#faces/parts/cautions.tsx';
import { Checkbox, Radios, TextArea } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { HeldPrescription } from '#records/client/prescriptions/patient.ts';
import { cautionsOf } from '#records/model/fhir/index.ts';
import { factsOf } from '#wallet-app/records/reading.ts';
import { isOpened, type HandingState } from '#wallet-app/records/prescriptions.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Progress, Result } from '../../parts/progress.tsx';
import { Scan } from '../../parts/scan.tsx';
import { usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { MemberCard } from './member.tsx';

export function PrescriptionsPage() {
  const { r, shared, failure } = useRecordsWords();
  const { prescriptions } = useRecords();
  const { value: view, failure: failed } = usePart(prescriptions);
  return (
    <Screen title={r.prescriptions.title} back={to('records')}>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {!view && !failed && <p role="status">{shared.loading}</p>}
      {view?.prescriptions.length === 0 && <div class="empty"><h2>{r.prescriptions.empty}</h2><p>{r.prescriptions.emptyText}</p></div>}
      {view && view.prescriptions.length > 0 && <ul class="passes" aria-label={r.prescriptions.title}>{view.prescriptions.map((each) => <li key={each.id}><Prescription held={each} /></li>)}</ul>}
      {view?.prescriptions.some((each) => isOpened(each) && each.state === 'open') && <p><ButtonLink wide href={to('prescription')}>{r.prescriptions.hand}</ButtonLink></p>}
    </Screen>
  );
}

function Prescription({ held }: { readonly held: HeldPrescription }) {
  const { r, say, dates, memberOf, failure } = useRecordsWords();
  const { prescriptions } = useRecords();
  const named = usePart(prescriptions).value?.named;
  const [failed, attempt] = useAttempt();
  const [isAsking, setAsking] = useState(false);
  const remove = <Button kind="quiet" onClick={() => setAsking(true)}>{r.prescriptions.remove}</Button>;
  const confirm = isAsking && <Confirm title={r.prescriptions.removeTitle} text={r.prescriptions.removeText} yes={r.prescriptions.remove} onYes={() => { setAsking(false); void attempt(() => prescriptions.remove(held.id)); }} onNo={() => setAsking(false)} />;
  if (!isOpened(held)) return <div class="card"><Notice kind="bad">{r.prescriptions.broken}</Notice><div>{remove}</div>{confirm}</div>;
  const left = held.uses.filter(({ state }) => state === 'unused').length;
  const dosage = factsOf(held.resource).find(({ name }) => name === 'dosage');
  return (
    <div class="card">
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <p class="row-between"><span class="member-name"><Text>{held.title}</Text></span><Tag kind={held.state === 'open' ? 'good' : undefined}>{r.prescriptions.states[held.state]}</Tag></p>
      <Cautions of={cautionsOf(held.resource).map((caution) => r.codes[caution])} />
      {dosage && <p>{dosage.says.map(({ says }) => <Text key={says}>{says}</Text>)}</p>}
      <p class="soft">{say(r.list.by, { who: memberOf(named?.get(held.prescriber)) })} · <span class="figures">{dates.date(held.issuedAt)}</span></p>
      {held.state === 'open' && <p class="soft">{say(r.prescriptions.left, { count: left })} {say(r.access.until, { date: dates.date(held.validUntil) })}.</p>}
      {held.state !== 'open' && <div>{remove}</div>}
      {confirm}
    </div>
  );
}

const isLink = (text: string): boolean => /#\/prescription\?/.test(text);

/** The code of a pharmacy stands in the address. */
export function HandOverPage() {
  const { prescriptions: { handing } } = useRecords();
  const state = usePart(handing);
  const link = isLink(location.hash) ? location.href : undefined;
  useEffect(() => {
    if (link !== undefined) void handing.read(link);
    return () => handing.close();
  }, [link, handing]);
  if (state.name === 'idle' && link === undefined) return <Begin />;
  return <Handing state={state} onAgain={() => { if (link === undefined) handing.close(); else void handing.read(link); }} />;
}

function Handing({ state, onAgain }: { readonly state: HandingState; readonly onAgain: () => void }) {
  const { r, say, memberOf, failure } = useRecordsWords();
  const back = <ButtonLink wide kind="secondary" href={to('prescriptions')}>{r.prescriptions.title}</ButtonLink>;
  switch (state.name) {
    case 'idle': case 'reading': return <Progress title={r.prescriptions.hand} says={r.share.reading} />;
    case 'choosing': return <Choose state={state} />;
    case 'handing': return <Progress title={r.prescriptions.hand} says={r.prescriptions.handing} />;
    case 'waiting': return <Progress title={r.prescriptions.hand} says={say(r.prescriptions.waiting, { who: memberOf(state.pharmacy) })} />;
    case 'dispensed': return <Result kind="good" title={r.prescriptions.dispensed} text={state.isKept ? r.prescriptions.kept : undefined}>{back}</Result>;
    case 'refused': return <Result kind="bad" title={r.prescriptions.refused} text={r.prescriptions.refusals[state.reason]}><Button wide onClick={onAgain}>{r.share.again}</Button>{back}</Result>;
    case 'expired': return <Result kind="warn" title={r.prescriptions.expired} text={r.prescriptions.expiredText}>{back}</Result>;
    case 'failed': return <Result kind="bad" title={r.prescriptions.failed} text={failure(state.failure)}><Button wide onClick={onAgain}>{r.share.again}</Button>{back}</Result>;
  }
}

function Choose({ state: { pharmacy } }: { readonly state: Extract<HandingState, { readonly name: 'choosing' }> }) {
  const { r, say, memberOf, shared } = useRecordsWords();
  const { prescriptions } = useRecords();
  const { value: view } = usePart(prescriptions);
  const open = view?.prescriptions.filter(isOpened).filter(({ state }) => state === 'open') ?? [];
  const [chosen, setChosen] = useState<string>();
  const [tellsName, setTellsName] = useState(true);
  const [isMissing, setMissing] = useState(false);
  const id = chosen ?? (open.length === 1 ? open[0]!.id : undefined);
  const hand = () => {
    if (id === undefined) return setMissing(true);
    void prescriptions.handing.handOver(id, tellsName);
  };
  return (
    <Screen title={say(r.prescriptions.handTo, { who: memberOf(pharmacy) })} tab={r.prescriptions.hand}>
      <MemberCard member={pharmacy} />
      {!view && <p role="status">{shared.loading}</p>}
      {view && open.length === 0 && <Notice kind="warn">{r.prescriptions.none}</Notice>}
      {open.length > 0 && (
        <>
          <Radios legend={r.prescriptions.which} name="prescription" error={isMissing && id === undefined ? r.prescriptions.chooseOne : undefined} value={id} onChoose={setChosen} options={open.map((each) => ({ value: each.id, label: <Text>{each.title}</Text> }))} />
          <Checkbox label={r.prescriptions.tell} hint={r.prescriptions.tellHint} checked={tellsName} onChange={(event) => setTellsName(event.currentTarget.checked)} />
          <p class="soft">{r.prescriptions.once}</p>
          <div class="actions">
            <Button wide onClick={hand}>{r.prescriptions.hand}</Button>
            <Button wide kind="quiet" onClick={() => go(to('prescriptions'))}>{shared.cancel}</Button>
          </div>
        </>
      )}
    </Screen>
  );
}

function Begin() {
  const { r, shared } = useRecordsWords();
  const [text, setText] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const take = (found: string) => {
    const at = found.indexOf('#/prescription?');
    if (at < 0) return setUnknown(true);
    go(found.slice(at).trim());
  };
  return (
    <Screen title={r.prescriptions.hand} back={to('prescriptions')}>
      <p class="lead">{r.prescriptions.handLead}</p>
      {isUnknown && <Notice kind="warn" alert>{r.prescriptions.unknown}</Notice>}
      <Scan onText={take} />
      <details class="more">
        <summary>{r.share.paste}</summary>
        <form class="stack" onSubmit={(event) => { event.preventDefault(); take(text); }} noValidate>
          <TextArea id="desk-link" label={r.share.link} hint={r.share.linkHint} rows={3} dir="ltr" spellcheck={false} autocapitalize="none" value={text} onInput={(event) => { setText(event.currentTarget.value); setUnknown(false); }} />
          <div><Button type="submit" kind="secondary">{shared.continue}</Button></div>
        </form>
      </details>
    </Screen>
  );
}
