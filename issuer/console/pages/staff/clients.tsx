// Programs that act for the organisation: what they may do, and their secrets, which are shown once.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Client } from '../../api.ts';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { Confirm, CopyText, Empty, Loaded, When } from '../../parts/parts.tsx';

const PERMISSIONS = ['credentials:issue', 'credentials:read', 'credentials:status', 'offers:write', 'campaigns:write', 'patients:read', 'patients:write', 'presentations:request', 'anchors:write', 'audit:read'] as const;
type Secret = { readonly id: string; readonly secret: string };

export function Clients() {
  const { w } = useWords();
  const { api } = useConsole();
  const loading = useLoad(() => api.staff.clients(), []);
  const [asking, setAsking] = useState<'add' | { readonly what: 'secret' | 'remove'; readonly client: Client }>();
  const [made, setMade] = useState<Secret>();
  const done = (secret?: Secret) => {
    setAsking(undefined);
    setMade(secret);
    loading.reload();
  };
  return (
    <section class="stack-s">
      <div class="row-between"><h2>{w.clients.title}</h2><Button kind="secondary" onClick={() => setAsking('add')}>{w.clients.add}</Button></div>
      <p class="soft">{w.clients.says}</p>
      {made && <Notice kind="good" title={w.clients.secret} alert><p>{w.clients.once}</p><CopyText label={w.clients.id} text={made.id} /><CopyText label={w.clients.secret} text={made.secret} /></Notice>}
      <Loaded of={loading}>
        {(clients) => (clients.length === 0 ? <Empty title={w.clients.none} /> : (
          <div class="table-frame" role="region" aria-label={w.clients.title} tabIndex={0}>
            <table class="table">
              <thead><tr><th scope="col">{w.staffing.name}</th><th scope="col">{w.clients.may}</th><th scope="col" class="wide-only">{w.patients.since}</th><th scope="col"><span class="unseen">{w.actions}</span></th></tr></thead>
              <tbody>{clients.map((client) => (
                <tr key={client.id}>
                  <td><Text>{client.name}</Text>{client.status !== 'active' && <> <Tag kind="bad">{w.clients.ended}</Tag></>}<div class="mono small soft">{client.id}</div></td>
                  <td>{client.permissions.map((each) => w.permissions[each as (typeof PERMISSIONS)[number]] ?? each).join(', ')}</td><td class="wide-only"><When at={client.createdAt} short /></td>
                  <td>{client.status === 'active' && (
                    <div class="row tight">
                      {client.method === 'client_secret_basic' && <Button kind="quiet" onClick={() => setAsking({ what: 'secret', client })}>{w.clients.newSecret}</Button>}
                      <Button kind="quiet" onClick={() => setAsking({ what: 'remove', client })}>{w.clients.remove}</Button>
                    </div>
                  )}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        ))}
      </Loaded>
      {asking === 'add' && <AddDialog onClose={() => setAsking(undefined)} onDone={done} />}
      {typeof asking === 'object' && <ActDialog {...asking} onClose={() => setAsking(undefined)} onDone={done} />}
    </section>
  );
}

function AddDialog({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: (secret?: Secret) => void }) {
  const { w } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<readonly string[]>(['credentials:issue', 'offers:write']);
  const act = async () => {
    const { id, secret } = await api.staff.addClient(name.trim(), permissions);
    onDone(secret === undefined ? undefined : { id, secret });
  };
  return (
    <Confirm title={w.clients.add} act={w.clients.add} danger={false} isReady={name.trim() !== '' && permissions.length > 0} onAct={act} {...{ doing, onClose }}>
      <Field label={w.staffing.name} maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      <fieldset class="choices"><legend class="legend">{w.clients.may}</legend>
        {PERMISSIONS.map((each) => <Checkbox key={each} label={w.permissions[each]} checked={permissions.includes(each)} onChange={() => setPermissions((before) => (before.includes(each) ? before.filter((other) => other !== each) : [...before, each]))} />)}
      </fieldset>
    </Confirm>
  );
}

function ActDialog({ what, client, onClose, onDone }: { readonly what: 'secret' | 'remove'; readonly client: Client; readonly onClose: () => void; readonly onDone: (secret?: Secret) => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const act = async () => {
    if (what === 'secret') return onDone({ id: client.id, secret: (await api.staff.newSecret(client.id)).secret });
    await api.staff.removeClient(client.id);
    onDone();
  };
  return <Confirm title={say(w.clients.asks[what].title, { name: client.name })} says={<p>{w.clients.asks[what].says}</p>} act={what === 'secret' ? w.clients.newSecret : w.clients.remove} danger={what === 'remove'} onAct={act} {...{ doing, onClose }} />;
}
