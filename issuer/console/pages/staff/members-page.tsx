// The people of this organisation and what they may do; and programs that act for it.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Invitation, Member } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { Confirm, CopyText, Loaded, When } from '../../parts/parts.tsx';
import { Clients } from './clients.tsx';

export const ROLES = ['clinician', 'admin', 'verifier', 'operator'] as const;
type Role = (typeof ROLES)[number];
const KINDS = { active: 'good', invited: 'warn', suspended: 'bad' } as const;
type Asking = { readonly what: 'invite' } | { readonly what: 'roles'; readonly member: Member } | { readonly what: 'suspend' | 'reinstate' | 'again'; readonly member: Member };

export function StaffPage() {
  const { w } = useWords();
  const { api, may } = useConsole();
  const members = useLoad(() => api.staff.members(), []);
  const [asking, setAsking] = useState<Asking>();
  const [invitation, setInvitation] = useState<Invitation>();
  const done = (made?: Invitation) => {
    setAsking(undefined);
    setInvitation(made);
    members.reload();
  };
  return (
    <Screen title={w.places.staff} wide>
      {may('staff:manage') && <div><Button onClick={() => setAsking({ what: 'invite' })}>{w.staffing.invite}</Button></div>}
      {invitation && <Notice kind="good" title={w.staffing.invited} alert><p>{w.staffing.invitedSays}</p><CopyText label={w.staffing.invited} text={invitation.link} /></Notice>}
      {may('staff:manage') && <Loaded of={members}>{(list) => <Members members={list} onAsk={setAsking} />}</Loaded>}
      {may('clients:manage') && <Clients />}
      {asking && (asking.what === 'invite' || asking.what === 'roles' ? <RolesDialog member={asking.what === 'roles' ? asking.member : undefined} onClose={() => setAsking(undefined)} onDone={done} /> : <ActDialog {...asking} onClose={() => setAsking(undefined)} onDone={done} />)}
    </Screen>
  );
}

function Members({ members, onAsk }: { readonly members: readonly Member[]; readonly onAsk: (asking: Asking) => void }) {
  const { w } = useWords();
  const { me } = useConsole();
  return (
    <div class="table-frame" role="region" aria-label={w.places.staff} tabIndex={0}>
      <table class="table">
        <thead><tr><th scope="col">{w.staffing.name}</th><th scope="col">{w.staffing.roles}</th><th scope="col">{w.register.status}</th><th scope="col" class="wide-only">{w.patients.since}</th><th scope="col"><span class="unseen">{w.actions}</span></th></tr></thead>
        <tbody>{members.map((member) => (
          <tr key={member.id}>
            <td><Text>{member.displayName}</Text>{member.id === me.id && <span class="soft"> ({w.staffing.you})</span>}</td>
            <td>{member.roles.map((role) => w.roles[role as Role]?.name ?? role).join(', ')}</td>
            <td><Tag kind={KINDS[member.status]}>{w.staffing.states[member.status]}</Tag></td>
            <td class="wide-only"><When at={member.createdAt} short /></td>
            <td>{member.id !== me.id && (
              <div class="row tight">
                <Button kind="quiet" onClick={() => onAsk({ what: 'roles', member })}>{w.staffing.roles}</Button>
                {member.status === 'suspended' ? <Button kind="quiet" onClick={() => onAsk({ what: 'reinstate', member })}>{w.status.reinstate.verb}</Button> : (
                  <>
                    <Button kind="quiet" onClick={() => onAsk({ what: 'again', member })}>{w.staffing.again}</Button>
                    <Button kind="quiet" onClick={() => onAsk({ what: 'suspend', member })}>{w.status.suspend.verb}</Button>
                  </>
                )}
              </div>
            )}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function RolesDialog({ member, onClose, onDone }: { readonly member: Member | undefined; readonly onClose: () => void; readonly onDone: (made?: Invitation) => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>(member?.roles ?? ['clinician']);
  const toggle = (role: Role) => setRoles((before) => (before.includes(role) ? before.filter((each) => each !== role) : [...before, role]));
  const act = async () => {
    if (!member) return onDone(await api.staff.invite(name.trim(), roles));
    await api.staff.roles(member.id, roles);
    onDone();
  };
  return (
    <Confirm title={member ? say(w.staffing.rolesOf, { name: member.displayName }) : w.staffing.invite} act={member ? w.staffing.setRoles : w.staffing.invite} danger={false} isReady={roles.length > 0 && (member !== undefined || name.trim() !== '')} onAct={act} {...{ doing, onClose }}>
      {!member && <Field label={w.staffing.name} hint={w.staffing.nameHint} maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />}
      {member && <p>{w.staffing.rolesSays}</p>}
      <fieldset class="choices"><legend class="legend">{w.staffing.roles}</legend>{ROLES.map((role) => <Checkbox key={role} label={w.roles[role].name} hint={w.roles[role].may} checked={roles.includes(role)} onChange={() => toggle(role)} />)}</fieldset>
    </Confirm>
  );
}

function ActDialog({ what, member, onClose, onDone }: { readonly what: 'suspend' | 'reinstate' | 'again'; readonly member: Member; readonly onClose: () => void; readonly onDone: (made?: Invitation) => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const act = async () => {
    if (what === 'again') return onDone(await api.staff.inviteAgain(member.id));
    await api.staff.act(member.id, what);
    onDone();
  };
  return <Confirm title={say(w.staffing.acts[what].title, { name: member.displayName })} says={<p>{w.staffing.acts[what].says}</p>} act={w.staffing.acts[what].act} danger={what === 'suspend'} onAct={act} {...{ doing, onClose }} />;
}
