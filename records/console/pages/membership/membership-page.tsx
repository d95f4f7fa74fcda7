// Who one is to others: the role that stands, the application that is under way, and the certificate of it.
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Application, Overview } from '#records/client/membership.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { Loaded, Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { ApplyForm } from './apply-form.tsx';

/** Milliseconds between looks for an answer. */
const LOOK_EVERY = 2000;

export function MembershipPage() {
  const { w } = useWords();
  const desk = useDesk();
  const overview = useLoad(() => desk.membership.overview(), []);
  const { value } = overview;
  const waitsForKey = value?.organisation !== undefined && value.staffKey === 'waits';
  const isWaiting = waitsForKey || (value?.open !== undefined && value.open.state !== 'refused');
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => { if (!document.hidden) overview.reload(); }, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isWaiting]);
  // The session knows a role, and opens with the organisation's key, only once it is begun anew.
  const hadToWait = useRef(false);
  useEffect(() => {
    if (value?.isChanged || (hadToWait.current && value?.staffKey === 'here')) void desk.gateway.enter();
    hadToWait.current = waitsForKey;
  }, [value]);
  return <Screen title={w.places.membership}><Loaded of={overview}>{(found) => <Standing overview={found} onChange={overview.reload} />}</Loaded></Screen>;
}

function Standing({ overview, onChange }: { readonly overview: Overview; readonly onChange: () => void }) {
  const { w } = useWords();
  const { roles, decides, open } = overview;
  const isSomebody = roles.length > 0 || decides.length > 0;
  return (
    <>
      {decides.length > 0 && <Notice kind="good" title={w.standing.body}><p>{decides.map((role) => w.roles[role]).join(', ')}</p></Notice>}
      {roles.length > 0 && <Registered overview={overview} />}
      {open && <UnderWay application={open} onChange={onChange} />}
      {!isSomebody && (!open || open.state === 'refused') && (
        <section class="stack">
          <h2>{open ? w.apply.again : w.apply.title}</h2>
          {!open && <p>{w.apply.lead}</p>}
          <ApplyForm onDone={onChange} />
        </section>
      )}
      <p class="soft small">{w.standing.address}: <span class="mono">{overview.account}</span></p>
    </>
  );
}

function UnderWay({ application, onChange }: { readonly application: Application; readonly onChange: () => void }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const isRefused = application.state === 'refused';
  const takeBack = async () => { if (await doing.run(() => desk.membership.takeBack(application.id))) onChange(); };
  return (
    <Notice kind={isRefused ? 'bad' : 'info'} title={isRefused ? w.standing.refused : application.state === 'confirming' ? w.standing.confirming : w.standing.waiting}>
      {isRefused ? application.reason !== undefined && <p>{say(w.standing.refusedReason, { reason: application.reason })}</p> : <p role="status">{say(w.standing.waitingSays, { role: w.roles[application.role], date: dates.date(application.changedAt) })}</p>}
      <Wrong failure={doing.failure} />
      {(application.state === 'confirming' || application.state === 'deciding') && <div class="row"><Button kind="quiet" busy={doing.busy} onClick={() => void takeBack()}>{w.standing.takeBack}</Button></div>}
    </Notice>
  );
}

function Registered({ overview: { entry, organisation, staffKey, credentials } }: { readonly overview: Overview }) {
  const { w, dates } = useWords();
  if (!entry) return null;
  return (
    <section class="stack">
      <Notice kind="good" title={w.standing.approved} />
      <dl class="facts">
        <dt>{w.apply.name}</dt><dd><Text>{entry.name}</Text></dd>
        {entry.roles.map(({ role, until }) => <Fragment key={role}><dt>{w.standing.role}</dt><dd>{w.roles[role]} <span class="soft regular">· {w.standing.until} {dates.date(until)}</span></dd></Fragment>)}
        {organisation && <><dt>{w.standing.organisation}</dt><dd><Text>{organisation.name}</Text></dd></>}
      </dl>
      {organisation && (staffKey === 'here' ? <p class="soft">{w.standing.keyHere}</p> : <Notice kind="warn">{w.standing.keyWaits}</Notice>)}
      {credentials.map(({ role, jwt }) => <Credential key={role} text={jwt} title={`${w.standing.credential}: ${w.roles[role]}`} />)}
    </section>
  );
}

function Credential({ title, text }: { readonly title: string; readonly text: string }) {
  const { w } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <details class="more">
      <summary>{title}</summary>
      <div class="stack-s">
        <p>{w.standing.credentialSays}</p>
        <code class="mono credential" tabIndex={0}>{text}</code>
        <div class="row"><Button kind="secondary" onClick={() => void copy()}>{w.standing.copy}</Button><span role="status">{isCopied ? w.standing.copied : ''}</span></div>
      </div>
    </details>
  );
}
