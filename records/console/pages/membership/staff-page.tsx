// The people of an organisation: it confirms who works for it, and hands its key to them.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Application, Colleague } from '#records/client/membership.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { AskReason, Confirm, Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

export function StaffPage() {
  const { w, say } = useWords();
  const desk = useDesk();
  const people = useLoad(() => desk.membership.staff(), []);
  const [asking, setAsking] = useState<{ readonly confirm: Application } | { readonly decline: Application } | { readonly give: Colleague }>();
  const [told, setTold] = useState<string>();
  const doing = useDoing();
  const done = (says: string) => {
    setAsking(undefined);
    setTold(says);
    people.reload();
  };
  return (
    <Screen title={w.places.staff} wide>
      <p class="narrow-text">{w.staff.says}</p>
      {told !== undefined && <div role="status"><Notice kind="good">{told}</Notice></div>}
      <Loaded of={people}>{({ waiting, colleagues }) => (
        <>
          {waiting.length > 0 && <Waiting applications={waiting} onConfirm={(confirm) => setAsking({ confirm })} onDecline={(decline) => setAsking({ decline })} />}
          {colleagues.length === 0 && waiting.length === 0 ? <div class="empty"><p class="strong">{w.staff.none}</p></div> : colleagues.length > 0 && <Colleagues colleagues={colleagues} onGive={(give) => setAsking({ give })} />}
        </>
      )}</Loaded>
      {asking && 'give' in asking && <Confirm title={say(w.staff.handTitle, { name: asking.give.member.name })} says={say(w.staff.handSays, { name: asking.give.member.name })} act={w.staff.handOver} danger={false} doing={doing} onClose={() => setAsking(undefined)} onAct={async () => { await desk.membership.handOver(asking.give.member); done(say(w.staff.handedTo, { name: asking.give.member.name })); }} />}
      {asking && 'confirm' in asking && <Confirm title={say(w.staff.confirmTitle, { name: asking.confirm.name })} says={w.staff.confirmSays} act={w.staff.confirm} danger={false} doing={doing} onClose={() => setAsking(undefined)} onAct={async () => { await desk.membership.confirm(asking.confirm); done(say(w.staff.confirmed, { name: asking.confirm.name })); }} />}
      {asking && 'decline' in asking && <AskReason title={say(w.staff.declineTitle, { name: asking.decline.name })} act={w.staff.decline} onClose={() => setAsking(undefined)} onAct={async (reason) => { await desk.membership.decline(asking.decline.id, reason); done(say(w.staff.declined, { name: asking.decline.name })); }} />}
    </Screen>
  );
}

type WaitingProps = { readonly applications: readonly Application[]; readonly onConfirm: (application: Application) => void; readonly onDecline: (application: Application) => void };

function Waiting({ applications, onConfirm, onDecline }: WaitingProps) {
  const { w } = useWords();
  return (
    <section class="full stack">
      <h2>{w.staff.asks}</h2>
      <ul class="lines">{applications.map((application) => (
        <li key={application.id} class="row-between"><span><Text>{application.name}</Text> <span class="soft">· {w.roles[application.role]}</span></span><span class="row tight"><Button kind="secondary" aria-label={`${w.staff.confirm}: ${application.name}`} onClick={() => onConfirm(application)}>{w.staff.confirm}</Button><Button kind="quiet" aria-label={`${w.staff.decline}: ${application.name}`} onClick={() => onDecline(application)}>{w.staff.decline}</Button></span></li>
      ))}</ul>
    </section>
  );
}

function Colleagues({ colleagues, onGive }: { readonly colleagues: readonly Colleague[]; readonly onGive: (colleague: Colleague) => void }) {
  const { w } = useWords();
  return (
    <div class="table-frame" role="region" aria-label={w.places.staff} tabIndex={0}>
      <table class="table">
        <thead><tr><th scope="col">{w.members.name}</th><th scope="col">{w.members.role}</th><th scope="col">{w.staff.key}</th></tr></thead>
        <tbody>{colleagues.map((colleague) => (
          <tr key={colleague.member.address}>
            <td><Text>{colleague.member.name}</Text></td>
            <td>{colleague.member.roles.map(({ role }) => w.roles[role]).join(', ')}</td>
            <td>{colleague.hasKey ? <Tag kind="good">{w.staff.handed}</Tag> : <Button kind="secondary" aria-label={`${w.staff.handOver}: ${colleague.member.name}`} onClick={() => onGive(colleague)}>{w.staff.handOver}</Button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
