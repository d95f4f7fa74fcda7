// Members of the roles that a body decides about: suspended at once, reinstated, or out of their role for good.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Role } from '#records/model/members.ts';
import type { MemberEntry } from '#records/client/membership.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { Confirm, Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';

type Asking = { readonly act: 'suspend' | 'reinstate'; readonly member: MemberEntry } | { readonly act: 'withdraw'; readonly member: MemberEntry; readonly role: Role };
const KINDS = { active: 'good', suspended: 'bad', over: undefined } as const;
/** Milliseconds after the last key. */
const PAUSE = 200;

export function MembersPage() {
  const { w, say } = useWords();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  const members = useLoad(() => desk.membership.decided(query), [query]);
  const [asking, setAsking] = useState<Asking>();
  const [told, setTold] = useState<string>();
  const doing = useDoing();
  const act = async (asked: Asking) => {
    await (asked.act === 'withdraw' ? desk.membership.withdrawRole(asked.member.address, asked.role) : desk.membership.suspend(asked.member.address, asked.act === 'suspend'));
    setAsking(undefined);
    setTold(say(w.members.acts[asked.act].done, { name: asked.member.name }));
    members.reload();
  };
  return (
    <Screen title={w.places.members} wide>
      <div class="filters"><Field id="search" type="search" label={w.members.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} /></div>
      {told !== undefined && <div role="status"><Notice kind="good">{told}</Notice></div>}
      <Loaded of={members}>{(list) => (list.length === 0 ? <div class="empty"><p class="strong">{w.members.none}</p></div> : <Table members={list} onAsk={setAsking} />)}</Loaded>
      {asking && <Confirm title={say(w.members.acts[asking.act].title, { name: asking.member.name })} says={w.members.acts[asking.act].says} act={w.members.acts[asking.act].act} danger={asking.act !== 'reinstate'} doing={doing} onClose={() => setAsking(undefined)} onAct={() => act(asking)} />}
    </Screen>
  );
}

function Table({ members, onAsk }: { readonly members: readonly MemberEntry[]; readonly onAsk: (asking: Asking) => void }) {
  const { w, dates } = useWords();
  return (
    <div class="table-frame" role="region" aria-label={w.places.members} tabIndex={0}>
      <table class="table">
        <thead><tr><th scope="col">{w.members.name}</th><th scope="col">{w.members.role}</th><th scope="col">{w.members.status}</th><th scope="col" class="wide-only">{w.members.until}</th><th scope="col"><span class="unseen">{w.members.actions}</span></th></tr></thead>
        <tbody>{members.map((member) => (
          <tr key={member.address}>
            <td><Text>{member.name}</Text></td>
            <td>{member.roles.map(({ role }) => w.roles[role]).join(', ')}</td>
            <td><Tag kind={KINDS[member.standing]}>{w.members[member.standing]}</Tag></td>
            <td class="wide-only">{member.roles[0] && dates.date(member.roles[0].until)}</td>
            <td>
              <div class="row tight">
                {member.standing === 'active' && <Button kind="quiet" aria-label={`${w.members.acts.suspend.act}: ${member.name}`} onClick={() => onAsk({ act: 'suspend', member })}>{w.members.acts.suspend.act}</Button>}
                {member.standing === 'suspended' && <Button kind="quiet" aria-label={`${w.members.acts.reinstate.act}: ${member.name}`} onClick={() => onAsk({ act: 'reinstate', member })}>{w.members.acts.reinstate.act}</Button>}
                {member.roles.map(({ role }) => <Button key={role} kind="quiet" aria-label={`${w.members.acts.withdraw.act}: ${member.name}`} onClick={() => onAsk({ act: 'withdraw', member, role })}>{w.members.acts.withdraw.act}</Button>)}
              </div>
            </td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
