// One's own passkeys and sessions, and how the keyboard behaves.
import { Button } from '#faces/parts/button.tsx';
import { Checkbox } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useConsole, useDoing, useLoad, useWords } from '../../console.tsx';
import { switchSingleKeys, useSingleKeys } from '../../keyboard.ts';
import { Loaded, When, Wrong } from '../../parts/parts.tsx';
import { ROLES } from './members-page.tsx';

export function AccountPage() {
  const { w, say, shared } = useWords();
  const { api, staff, me } = useConsole();
  const passkeys = useLoad(() => api.own.passkeys(), []);
  const sessions = useLoad(() => api.own.sessions(), []);
  const doing = useDoing();
  const isOn = useSingleKeys();
  const then = (work: () => Promise<unknown>, reload: () => void) => () => void doing.run(async () => {
    await work();
    reload();
  });
  return (
    <Screen title={w.places.account}>
      <p><strong><Text>{me.displayName}</Text></strong> <span class="soft">{me.roles.map((role) => w.roles[role as (typeof ROLES)[number]]?.name ?? role).join(', ')}</span></p>
      <Wrong failure={doing.failure} />
      <section class="stack-s">
        <h2>{w.account.passkeys}</h2>
        <Loaded of={passkeys}>
          {(keys) => (
            <>
              {keys.length === 1 && <Notice kind="warn">{w.account.oneOnly}</Notice>}
              <ul class="lines">{keys.map(({ id, createdAt, usedAt }, i) => (
                <li key={id} class="row-between"><span>{say(w.account.passkey, { number: String(i + 1) })} <span class="soft small">{w.patients.since} <When at={createdAt} /> · {w.account.used} <When at={usedAt} short /></span></span>
                  {keys.length > 1 && <Button kind="quiet" onClick={then(() => api.own.removePasskey(id), passkeys.reload)}>{w.account.remove}</Button>}</li>
              ))}</ul>
            </>
          )}
        </Loaded>
        <div><Button kind="secondary" busy={doing.busy} onClick={then(staff.addPasskey, passkeys.reload)}>{w.account.add}</Button></div>
      </section>
      <section class="stack-s">
        <h2>{w.account.sessions}</h2>
        <Loaded of={sessions}>
          {(list) => (
            <ul class="lines">{list.map(({ id, createdAt, seenAt, current }) => (
              <li key={id} class="row-between"><span>{w.patients.since} <When at={createdAt} /> <span class="soft small">{w.account.used} <When at={seenAt} short /></span> {current && <Tag kind="good">{w.account.thisOne}</Tag>}</span>
                {!current && <Button kind="quiet" onClick={then(() => api.own.endSession(id), sessions.reload)}>{w.account.end}</Button>}</li>
            ))}</ul>
          )}
        </Loaded>
        <div><Button kind="secondary" onClick={() => void staff.signOut()}>{shared.staff.signOut}</Button></div>
      </section>
      <section class="stack-s">
        <h2>{w.account.page}</h2>
        <LanguageMenu />
        <Checkbox label={w.account.singleKeys} hint={w.account.singleKeysHint} checked={isOn} onChange={(event) => switchSingleKeys(event.currentTarget.checked)} />
      </section>
    </Screen>
  );
}
