// People whom the person trusts, and who trust the person: guardians of the root, and whoever may act in a relationship.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Field, Radios, Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { describePolicy, type MandateScope } from '#records/model/consent/index.ts';
import type { UnixSeconds } from '#passport';
import type { NewGuardian, TrustCode, TrustedView } from '#wallet-app/records/trusted.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Scan } from '../../parts/scan.tsx';
import { useNow, usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { ActingFailed, ActingPage } from './acting.tsx';
import { PolicyText } from './policy-words.tsx';

export function TrustedPage({ second, third }: { readonly second: string | undefined; readonly third: string | undefined }) {
  const { r, shared, failure } = useRecordsWords();
  const { trusted } = useRecords();
  const { value: view, failure: failed } = usePart(trusted);
  useEffect(() => void trusted.reload(), [trusted, second]); // others act meanwhile: whoever shows a code and comes back sees what they were trusted with
  if (view && second === 'guardians') return <GuardiansForm view={view} />;
  if (view && second === 'delegate') return <DelegateForm />;
  if (view && second === 'for') return <ActingPage key={third} view={view} id={third} />;
  if (view && second === 'code') return <OwnCode view={view} />;
  return (
    <Screen title={r.trusted.title} back={to('card')}>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {!view && !failed && <p role="status">{shared.loading}</p>}
      {view && <><Guardians view={view} /><Delegates view={view} /><OfOthers view={view} /></>}
    </Screen>
  );
}

const short = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;
const nameOf = (view: TrustedView, address: string): string => view.names[address] ?? short(address);

function Guardians({ view }: { readonly view: TrustedView }) {
  const { r, say, listOf, dates } = useRecordsWords();
  const { guardians: { backup } } = view;
  return (
    <section class="stack-s">
      <h2>{r.trusted.guardians}</h2>
      <p>{r.trusted.guardiansText}</p>
      {backup && <Notice kind="good">{say(r.trusted.guarded, { count: backup.threshold, who: listOf(backup.guardians.map((address) => nameOf(view, address))), date: dates.date(backup.madeAt) })}</Notice>}
      <p><ButtonLink kind="secondary" href={to('trusted', 'guardians')}>{backup ? r.trusted.changeGuardians : r.trusted.chooseGuardians}</ButtonLink></p>
    </section>
  );
}

function Delegates({ view }: { readonly view: TrustedView }) {
  const { r, say, dates, listOf, memberOf, failure } = useRecordsWords();
  const { trusted, access } = useRecords();
  const views = usePart(access).value ?? [];
  const [failed, attempt] = useAttempt();
  return (
    <section class="stack-s">
      <h2>{r.trusted.delegates}</h2>
      <p>{r.trusted.delegatesText}</p>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <ul class="lines">
        {view.delegations.map((delegation) => {
          const about = views.find(({ relationship }) => relationship.id === delegation.relationship);
          return (
            <li key={`${delegation.relationship}${delegation.delegate}`} class="stack-s">
              <p><span class="strong"><Text>{nameOf(view, delegation.delegate)}</Text></span> · <span class="soft">{say(r.trusted.actsAt, { who: memberOf(about?.member), what: listOf(delegation.scope.map((scope) => r.trusted.scopes[scope])), date: dates.date(delegation.until) })}</span></p>
              <div><Button kind="quiet" onClick={() => void attempt(() => trusted.dismiss(delegation))}>{r.trusted.dismiss}</Button></div>
            </li>
          );
        })}
      </ul>
      {views.some(({ standing }) => standing === 'active' || standing === 'ending') && <p><ButtonLink kind="secondary" href={to('trusted', 'delegate')}>{r.trusted.appoint}</ButtonLink></p>}
    </section>
  );
}

function OfOthers({ view }: { readonly view: TrustedView }) {
  const speech = useRecordsWords();
  const { r, say, dates, listOf } = speech;
  const { trusted } = useRecords();
  const now = useNow();
  const [failed, attempt] = useAttempt();
  const [ending, setEnding] = useState<TrustedView['mandates'][number]>();
  return (
    <section class="stack-s">
      <h2>{r.trusted.others}</h2>
      <p>{r.trusted.othersText}</p>
      {failed && <ActingFailed failed={failed} />}
      {view.wards.length > 0 && (
        <>
          <ul class="lines">{view.wards.map(({ backup, name }) => <li key={backup}>{say(r.trusted.ward, { who: name ?? r.access.unnamed })}</li>)}</ul>
          <p><ButtonLink kind="quiet" href={to('guard')}>{r.trusted.asked}</ButtonLink></p>
        </>
      )}
      <ul class="lines">
        {view.mandates.map((mandate) => (
          <li key={mandate.relationship} class="stack-s">
            <p>{say(r.trusted.mandate, { who: speech.memberOf(mandate.member), what: listOf(mandate.scope.map((scope) => r.trusted.scopes[scope])), date: dates.moment(mandate.until) })}</p>
            <div class="panel"><PolicyText says={describePolicy(mandate.policy)} who={speech.memberOf(mandate.member)} now={now} /></div>
            <div class="row">
              {mandate.scope.includes('grant') && mandate.policy.effect === 'permit' && <ButtonLink kind="secondary" href={to('trusted', 'for', mandate.relationship)}>{r.access.change}</ButtonLink>}
              {mandate.scope.includes('revoke') && <Button kind="danger" onClick={() => setEnding(mandate)}>{r.access.revoke}</Button>}
            </div>
          </li>
        ))}
      </ul>
      {ending && <Confirm title={r.trusted.endFor} text={r.trusted.endForText} yes={r.access.revoke} onYes={() => { setEnding(undefined); void attempt(() => trusted.endFor(ending)); }} onNo={() => setEnding(undefined)} />}
      <p><ButtonLink kind="secondary" href={to('trusted', 'code')}>{r.trusted.myCode}</ButtonLink></p>
    </section>
  );
}

function OwnCode({ view }: { readonly view: TrustedView }) {
  const { r } = useRecordsWords();
  const link = new URL(view.code, document.baseURI).href;
  return (
    <Screen title={r.trusted.myCode} back={to('trusted')}>
      <p>{r.trusted.myCodeText}</p>
      <Code text={link} name={r.trusted.myCode} />
      <details class="more"><summary>{r.share.link}</summary><p class="written" dir="ltr">{link}</p></details>
    </Screen>
  );
}

/** Scanned or pasted, and given a name here. */
function ReadCode({ onCode }: { readonly onCode: (code: TrustCode) => void }) {
  const { r, failure, shared } = useRecordsWords();
  const { trusted } = useRecords();
  const [failed, attempt] = useAttempt();
  const [isScanning, setScanning] = useState(false);
  const [text, setText] = useState('');
  const take = (found: string) => void attempt(async () => {
    onCode(trusted.readCode(found));
    setScanning(false);
    setText('');
  });
  return (
    <div class="stack-s">
      {failed && <Notice kind="warn" alert>{failed.code === 'request-invalid' ? r.trusted.badCode : failure(failed)}</Notice>}
      {isScanning ? <><Scan onText={take} /><div><Button kind="secondary" onClick={() => setScanning(false)}>{shared.cancel}</Button></div></> : <div><Button kind="secondary" onClick={() => setScanning(true)}>{r.trusted.scan}</Button></div>}
      <details class="more">
        <summary>{r.share.paste}</summary>
        <div class="stack-s">
          <Field id="trust-link" label={r.share.link} dir="ltr" spellcheck={false} value={text} onInput={(event) => setText(event.currentTarget.value)} />
          <div><Button kind="secondary" onClick={() => take(text)}>{shared.continue}</Button></div>
        </div>
      </details>
    </div>
  );
}

function GuardiansForm({ view }: { readonly view: TrustedView }) {
  const { r, say, failure } = useRecordsWords();
  const { trusted } = useRecords();
  const [failed, attempt] = useAttempt();
  const [people, setPeople] = useState<readonly NewGuardian[]>([]);
  const [threshold, setThreshold] = useState(2);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const fault = people.length < 2 ? r.trusted.tooFew : people.some(({ name }) => name.trim() === '') ? r.trusted.nameThem : undefined;
  const add = (code: TrustCode) => setPeople((before) => (before.some(({ account }) => account === code.account) ? before : [...before, { ...code, name: view.names[code.account] ?? '' }]));
  const save = async () => {
    setTried(true);
    if (fault !== undefined || isBusy) return;
    setBusy(true);
    if (await attempt(() => trusted.chooseGuardians(people, Math.min(threshold, people.length)))) location.hash = to('trusted');
    setBusy(false);
  };
  return (
    <Screen title={r.trusted.chooseGuardians} back={to('trusted')}>
      <p>{r.trusted.chooseText}</p>
      <ul class="lines">
        {people.map(({ account, name }, i) => (
          <li key={account} class="stack-s">
            <Field id={`guardian-${i}`} label={r.trusted.name} maxLength={100} value={name} onInput={(event) => { const text = event.currentTarget.value; setPeople(people.map((each) => (each.account === account ? { ...each, name: text } : each))); }} />
            <div><Button kind="quiet" onClick={() => setPeople(people.filter((each) => each.account !== account))}>{r.trusted.takeOut}</Button></div>
          </li>
        ))}
      </ul>
      <ReadCode onCode={add} />
      {people.length > 2 && <Select id="threshold" label={r.trusted.threshold} value={String(threshold)} onChange={(event) => setThreshold(Number(event.currentTarget.value))}>{people.slice(1).map((_, i) => <option key={i + 2} value={i + 2}>{say(r.trusted.together, { count: i + 2, total: people.length })}</option>)}</Select>}
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {isTried && fault && <Notice kind="bad" alert>{fault}</Notice>}
      <Button wide busy={isBusy} onClick={() => void save()}>{r.trusted.saveGuardians}</Button>
    </Screen>
  );
}

const DAY = 86_400;

function DelegateForm() {
  const { r, memberOf, failure } = useRecordsWords();
  const { trusted, access } = useRecords();
  const [failed, attempt] = useAttempt();
  const live = (usePart(access).value ?? []).filter(({ standing }) => standing === 'active' || standing === 'ending');
  const [relationship, setRelationship] = useState<string>();
  const [person, setPerson] = useState<NewGuardian>();
  const [scope, setScope] = useState<'revoke' | 'both'>('revoke');
  const [last, setLast] = useState<'30' | '365'>('365');
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const id = relationship ?? (live.length === 1 ? live[0]!.relationship.id : undefined);
  const isReady = person !== undefined && person.name.trim() !== '' && id !== undefined;
  const save = async () => {
    setTried(true);
    if (!isReady || isBusy) return;
    setBusy(true);
    const scopes: readonly MandateScope[] = scope === 'both' ? ['grant', 'revoke'] : ['revoke'];
    if (await attempt(() => trusted.appoint(id, person, { scope: scopes, until: (Math.floor(Date.now() / 1000) + Number(last) * DAY) as UnixSeconds }))) location.hash = to('trusted');
    setBusy(false);
  };
  return (
    <Screen title={r.trusted.appoint} back={to('trusted')}>
      <p>{r.trusted.appointText}</p>
      <Radios legend={r.trusted.where} name="where" value={id} onChoose={setRelationship} options={live.map(({ relationship: one, member }) => ({ value: one.id as string, label: <Text>{memberOf(member)}</Text> }))} />
      {person ? <Field id="delegate" label={r.trusted.name} maxLength={100} value={person.name} onInput={(event) => setPerson({ ...person, name: event.currentTarget.value })} /> : <ReadCode onCode={(code) => setPerson({ ...code, name: '' })} />}
      <Radios legend={r.trusted.mayDo} name="scope" value={scope} onChoose={setScope} options={[{ value: 'revoke', label: r.trusted.onlyEnd }, { value: 'both', label: r.trusted.endAndChange }]} />
      <Radios legend={r.share.how} name="last" value={last} onChoose={setLast} options={[{ value: '30', label: r.share.lasts.month }, { value: '365', label: r.share.lasts.year }]} />
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      {isTried && !isReady && <Notice kind="bad" alert>{r.trusted.incomplete}</Notice>}
      <Button wide busy={isBusy} onClick={() => void save()}>{r.trusted.appoint}</Button>
    </Screen>
  );
}
