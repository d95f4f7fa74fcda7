// One certificate: what it says, what became of it, and what can be done.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { IssuanceDetail, StatusAction } from '../../api.ts';
import { useConsole, useEvery, useLoad, useWords } from '../../console.tsx';
import { eventOf, kindInWords, nameOf, titleOf } from '../../events.ts';
import { Loaded, StatusTag, When } from '../../parts/parts.tsx';
import { useChanging } from './changing.ts';
import { POSSIBLE, REASONS, StatusDialog, type Reason } from './status-dialog.tsx';

export function IssuancePage({ id = '' }: { readonly id?: string | undefined }) {
  const { w } = useWords();
  const { api, sentences } = useConsole();
  const loading = useLoad(() => api.issuances.one(id), [id]);
  const { note, shown } = useChanging(loading.reload);
  useEvery(5000, () => { if (loading.value?.pending) loading.reload(); });
  const event = loading.value && eventOf(loading.value);
  const title = event ? titleOf(event, sentences) : kindInWords(loading.value?.kind, sentences) || w.register.one;
  return <Screen title={title} tab={w.register.one} back={to('register')} wide><Loaded of={loading}>{(issuance) => <Issuance issuance={shown(issuance)} onChange={(action) => (note(action, [id]), loading.reload())} />}</Loaded></Screen>;
}

function Issuance({ issuance, onChange }: { readonly issuance: IssuanceDetail; readonly onChange: (action: StatusAction) => void }) {
  const { w, dates, say } = useWords();
  const { may } = useConsole();
  const [asking, setAsking] = useState<StatusAction>();
  const event = eventOf(issuance);
  const person = event?.person;
  const possible = issuance.status ? POSSIBLE[issuance.status] : [];
  const facts: readonly (readonly [string, string | undefined])[] = [
    [w.register.person, nameOf(person)], [w.birthDate, person?.birthDate && dates.day(person.birthDate)], [w.register.when, event && dates.dateTime(event.time)],
    [w.visit.dose, event && event.dose > 0 ? (event.series > 0 ? say(w.visit.doseOf, { dose: event.dose, series: event.series }) : String(event.dose)) : undefined],
    [w.visit.lot, event?.lot], [w.visit.performer, event?.performer], [w.visit.country, event?.country],
    [w.register.validUntil, issuance.validUntil === undefined ? undefined : dates.date(issuance.validUntil)], [w.register.copies, String(issuance.credentials.length)], [w.register.number, issuance.id],
  ];
  return (
    <>
      <div class="row"><StatusTag status={issuance.status} pending={issuance.pending} />{issuance.reason && <span class="soft">{reasonWords(issuance.reason, w.reasons)}</span>}</div>
      {!event && <Notice kind="info">{w.register.erasedSays}</Notice>}
      {issuance.status === 'waiting' && may('offers:write') && <p><a href="#/offers">{w.register.toOffers}</a></p>}
      {may('credentials:status') && !issuance.pending && possible.length > 0 && (
        <div class="row">{possible.map((action) => <Button key={action} kind={action === 'revoke' ? 'danger' : 'secondary'} onClick={() => setAsking(action)}>{w.status[action].verb}</Button>)}</div>
      )}
      <div class="halves">
        <dl class="facts">{facts.filter(([, value]) => value).map(([name, value]) => <><dt>{name}</dt><dd><Text>{value}</Text></dd></>)}</dl>
        <section class="stack-s">
          <h2>{w.register.history}</h2>
          <ol class="history">
            {(issuance.history ?? []).map((change) => (
              <li key={`${change.at}${change.action}`}>
                <span class="strong">{w.status[change.action].done}</span> <When at={change.at} />{change.state !== 'done' && <> · {w.changeStates[change.state]}</>}
                {change.reason && <div class="soft">{reasonWords(change.reason, w.reasons)}</div>}
                {change.note && <div><Text>{change.note}</Text></div>}
              </li>
            ))}
            <li><span class="strong">{w.register.recorded}</span> <When at={issuance.recordedAt} /></li>
          </ol>
          {issuance.patient !== null && may('patients:read') && <p><a href={to('patients', issuance.patient)}>{w.register.toPatient}</a></p>}
        </section>
      </div>
      {asking && <StatusDialog action={asking} ids={[issuance.id]} onePerson onClose={() => setAsking(undefined)} onDone={() => (setAsking(undefined), onChange(asking))} />}
    </>
  );
}

export const reasonWords = (reason: string, words: Readonly<Record<Reason, string>>): string => (REASONS.includes(reason as Reason) ? words[reason as Reason] : reason);
