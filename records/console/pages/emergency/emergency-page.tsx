// Emergencies: what one's hospital asked, what waits for its approval, and people whom nobody knows.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { createLazy } from '#faces/parts/lazy.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { WaitingEmergency } from '#records/client/emergency/custodian.ts';
import type { OwnEmergency } from '#records/client/emergency/institution.ts';
import { useDesk, useDoing, useLoad, useNews } from '../../desk-context.tsx';
import { useMemberName } from '../../parts/member-name.ts';
import { Name } from '../../parts/name.tsx';
import { Loaded } from '../../parts/parts.tsx';
import { StepUp } from '../../parts/step-up.tsx';
import { useWords } from '../../speech.tsx';
import { UnknownPatients } from './unknown-patients.tsx';

const AskPage = createLazy(async () => (await import('./ask-page.tsx')).AskPage);
const AccessPage = createLazy(async () => (await import('./access-page.tsx')).AccessPage);

export function EmergencyPage({ path: [first] }: { readonly path: readonly string[] }) {
  if (first === 'ask') return <AskPage />;
  return first === undefined ? <Overview /> : <AccessPage id={first} />;
}

function Overview() {
  const { w } = useWords();
  const desk = useDesk();
  const { roles } = desk.gateway.inside();
  const isHospital = roles.includes('hospital');
  const round = useNews('emergency');
  const own = useLoad(async () => (await desk.urgent.hospital()).list(), [round]);
  const waiting = useLoad(async () => (isHospital ? (await desk.urgent.custodian()).waiting() : []), [round]);
  return (
    <Screen title={w.places.emergency} wide>
      <p>{w.emergency.lead}</p>
      {isHospital && <div class="row"><ButtonLink href={to('emergency', 'ask')}>{w.emergency.ask}</ButtonLink></div>}
      {isHospital && (
        <section class="stack">
          <h2>{w.emergency.waiting}</h2>
          <Loaded of={waiting}>{(list) => {
            const open = list.filter(({ hasPassed }) => !hasPassed);
            return open.length === 0 ? <p class="soft">{w.emergency.noneWaiting}</p> : <ul class="cards">{open.map((one) => <Waiting key={one.asked.id} one={one} onDone={waiting.reload} />)}</ul>;
          }}</Loaded>
        </section>
      )}
      <section class="stack">
        <h2>{w.emergency.own}</h2>
        <Loaded of={own}>{(list) => (list.length === 0 ? <p class="soft">{w.emergency.noneOwn}</p> : <ul class="cards">{list.map((one) => <Own key={one.id} one={one} />)}</ul>)}</Loaded>
      </section>
      <UnknownPatients />
    </Screen>
  );
}

const KINDS = { asked: 'warn', released: 'good', ended: undefined, reviewed: undefined, failed: 'bad' } as const;
export const StateTag = ({ of: { state, finding } }: { readonly of: Pick<OwnEmergency, 'state' | 'finding'> }) => {
  const { w } = useWords();
  return <Tag kind={KINDS[state]}>{finding ? w.emergency.findings[finding] : w.emergency.states[state]}</Tag>;
};

function Own({ one }: { readonly one: OwnEmergency }) {
  const { w, say, dates } = useWords();
  return (
    <li class="card">
      <div class="row-between"><h3 class="card-title"><a href={to('emergency', one.id)}>{w.emergency.reasons[one.reason]}, {dates.dateTime(one.askedAt)}</a></h3><StateTag of={one} /></div>
      {one.state === 'asked' && <p>{say(w.emergency.approvals, { have: one.approvals.length, needed: one.needed })}</p>}
    </li>
  );
}

function Waiting({ one: { asked, askedAt, approvals, needed, hasApproved }, onDone }: { readonly one: WaitingEmergency; readonly onDone: () => void }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const name = useMemberName(asked.institution);
  const [isAsking, setAsking] = useState(false);
  const [isDone, setDone] = useState(false);
  const approve = async () => {
    await (await desk.urgent.custodian()).approve(asked);
    setAsking(false);
    setDone(true);
    onDone();
  };
  return (
    <li class="card">
      <h3 class="card-title">{w.emergency.reasons[asked.reason]}</h3>
      <Facts>
        <dt>{w.emergency.by}</dt><dd><Name of={asked.institution} /></dd>
        <dt>{w.emergency.at}</dt><dd>{dates.dateTime(askedAt)}</dd>
        <dt>{w.emergency.until}</dt><dd>{dates.dateTime(asked.until)}</dd>
      </Facts>
      <p>{say(w.emergency.approvals, { have: approvals, needed })}</p>
      {isDone ? <div role="status"><Notice kind="good">{w.emergency.approved}</Notice></div> : <div class="row"><Button onClick={() => setAsking(true)}>{hasApproved ? w.emergency.finish : w.emergency.approve}</Button></div>}
      {isAsking && <StepUp title={say(w.emergency.approveTitle, { name: name ?? asked.institution })} says={w.emergency.approveSays} doing={doing} onConfirmed={approve} onClose={() => { doing.clear(); setAsking(false); }} />}
    </li>
  );
}

export const Facts = ({ children }: { readonly children: ComponentChildren }) => <dl class="facts">{children}</dl>;
