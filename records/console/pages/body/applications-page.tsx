// Applications that a body decides: each as it was written, then a signature or a reason.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Application } from '#records/client/membership.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { endOfDay, inYears, today } from '../../parts/day.ts';
import { AskReason, Confirm, Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

type Asking = { readonly act: 'approve' | 'refuse'; readonly application: Application };
const YEARS_MOST = 5;

export function ApplicationsPage() {
  const { w, say } = useWords();
  const desk = useDesk();
  const waiting = useLoad(() => desk.membership.waiting(), []);
  const [asking, setAsking] = useState<Asking>();
  const [told, setTold] = useState<string>();
  const done = ({ act, application }: Asking) => {
    setAsking(undefined);
    setTold(say(act === 'approve' ? w.applications.approved : w.applications.refused, { name: application.name }));
    waiting.reload();
  };
  return (
    <Screen title={w.places.applications}>
      {told !== undefined && <div role="status"><Notice kind="good">{told}</Notice></div>}
      <Loaded of={waiting}>{(list) => (list.length === 0 ? <div class="empty"><p class="strong">{w.applications.none}</p></div> : <ul class="cards">{list.map((application) => <One key={application.id} application={application} onAsk={setAsking} />)}</ul>)}</Loaded>
      {asking?.act === 'approve' && <Approve asking={asking} onClose={() => setAsking(undefined)} onDone={() => done(asking)} />}
      {asking?.act === 'refuse' && <AskReason title={say(w.applications.refuseTitle, { name: asking.application.name })} act={w.applications.refuse} onClose={() => setAsking(undefined)} onAct={async (reason) => { await desk.membership.refuse(asking.application, reason); done(asking); }} />}
    </Screen>
  );
}

function One({ application, onAsk }: { readonly application: Application; readonly onAsk: (asking: Asking) => void }) {
  const { w, dates, language } = useWords();
  const country = new Intl.DisplayNames(language, { type: 'region' }).of(application.country) ?? application.country;
  return (
    <li class="card">
      <div class="row-between"><h2 class="card-title"><Text>{application.name}</Text></h2><Tag>{w.roles[application.role]}</Tag></div>
      <dl class="facts">
        <dt>{w.standing.country}</dt><dd>{country}</dd>
        {application.licence !== undefined && <><dt>{w.standing.licence}</dt><dd class="mono"><Text>{application.licence}</Text></dd></>}
        {application.organisationName !== undefined && <><dt>{w.standing.organisation}</dt><dd><Text>{application.organisationName}</Text></dd></>}
        <dt>{w.applications.appliedAt}</dt><dd>{dates.dateTime(application.changedAt)}</dd>
      </dl>
      {application.state === 'sending' ? <p role="status">{w.applications.sending}</p> : (
        <div class="row">
          <Button onClick={() => onAsk({ act: 'approve', application })}>{w.applications.approve}</Button>
          <Button kind="secondary" onClick={() => onAsk({ act: 'refuse', application })}>{w.applications.refuse}</Button>
        </div>
      )}
    </li>
  );
}

type AskingProps = { readonly asking: Asking; readonly onClose: () => void; readonly onDone: () => void };

function Approve({ asking: { application }, onClose, onDone }: AskingProps) {
  const { w, say } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [until, setUntil] = useState(inYears(2));
  const [isWrong, setWrong] = useState(false);
  const act = async () => {
    const end = endOfDay(until);
    if (end === undefined || until <= today() || until > inYears(YEARS_MOST)) return setWrong(true);
    await desk.membership.approve(application, end);
    onDone();
  };
  return (
    <Confirm title={say(w.applications.approveTitle, { name: application.name, role: w.roles[application.role] })} says={w.applications.approveSays} act={w.applications.approve} danger={false} doing={doing} onAct={act} onClose={onClose}>
      <Field id="until" type="date" label={w.applications.until} hint={w.applications.untilHint} error={isWrong ? w.applications.missing.until : undefined} value={until} min={today()} max={inYears(YEARS_MOST)} size="m" onInput={(event) => { setUntil(event.currentTarget.value); setWrong(false); }} />
    </Confirm>
  );
}
