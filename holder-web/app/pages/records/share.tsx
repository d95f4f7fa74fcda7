// Sharing: how it begins (a code, a link, or somebody chosen), who it is for, what is chosen, the yes, and what became of it.
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Field, TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Member } from '#records/client/members.ts';
import { isAddress } from '#records/model/members.ts';
import type { SharingState } from '#wallet-app/records/states.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Progress, Result } from '../../parts/progress.tsx';
import { Scan } from '../../parts/scan.tsx';
import { usePart } from '../../wallet-context.tsx';
import { ChoosePage } from './choose.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { rolesInWords } from './member.tsx';
import { PolicyText } from './policy-words.tsx';

const isLink = (text: string): boolean => /#\/share\?/.test(text);

/** `way`: `with` a member of the directory, `never`, or `change` of a relationship; the link of a request stands in the address itself. */
export function SharePage({ way, id }: { readonly way: string | undefined; readonly id: string | undefined }) {
  const { sharing } = useRecords();
  const state = usePart(sharing);
  const link = isLink(location.hash) ? location.href : undefined;
  useEffect(() => {
    if (link !== undefined) void sharing.read(link);
    else if (way === 'change' && id !== undefined) void sharing.change(id);
    else if ((way === 'with' || way === 'never') && isAddress(id)) void sharing.offer(id, way === 'never' ? 'deny' : 'permit');
    return () => sharing.close();
  }, [link, way, id, sharing]);
  if (state.name === 'idle') return link === undefined && way === undefined ? <Begin /> : <Waiting />;
  return <Sharing state={state} onAgain={() => void (link === undefined ? sharing.close() : sharing.read(link))} />;
}

function Waiting() {
  const { r } = useRecordsWords();
  return <Progress title={r.share.title} says={r.share.reading} />;
}

function Sharing({ state, onAgain }: { readonly state: Exclude<SharingState, { readonly name: 'idle' }>; readonly onAgain: () => void }) {
  const { r, say, failure, memberOf } = useRecordsWords();
  switch (state.name) {
    case 'reading': return <Waiting />;
    case 'choosing': return <ChoosePage state={state} />;
    case 'sending': return <Progress title={r.share.title} says={say(r.share.sending, { who: memberOf(state.recipient) })}><p class="soft">{r.share.sendingText}</p></Progress>;
    case 'waiting': return <Progress title={r.share.title} says={r.share.waiting}><p class="soft">{r.share.waitingText}</p></Progress>;
    case 'granted': return <Granted state={state} />;
    case 'failed': return (
      <Result kind="bad" title={r.share.failed} text={failure(state.failure)}>
        <Button wide onClick={() => { onAgain(); if (!isLink(location.hash)) go(to('share')); }}>{r.share.again}</Button>
        <ButtonLink wide kind="secondary" href={to('access')}>{r.share.see}</ButtonLink>
      </Result>
    );
  }
}

function Granted({ state: { recipient, says } }: { readonly state: Extract<SharingState, { readonly name: 'granted' }> }) {
  const { r, memberOf } = useRecordsWords();
  return (
    <Result kind="good" title={says.effect === 'deny' ? r.share.changed : r.share.granted} text={<PolicyText says={says} who={memberOf(recipient)} now={says.from} />}>
      <ButtonLink wide href={to('access')}>{r.share.see}</ButtonLink>
      <ButtonLink wide kind="secondary" href={to('records')}>{r.list.title}</ButtonLink>
    </Result>
  );
}

function Begin() {
  const { r, shared } = useRecordsWords();
  const [isScanning, setScanning] = useState(false);
  const [text, setText] = useState('');
  const [isUnknown, setUnknown] = useState(false);
  const take = (found: string) => {
    const at = found.indexOf('#/share?');
    if (at < 0) return setUnknown(true);
    go(found.slice(at).trim());
  };
  if (isScanning) {
    return (
      <Screen title={r.share.scan}>
        {isUnknown && <Notice kind="warn" alert>{r.share.unknown}</Notice>}
        <Scan onText={take} />
        <p><Button kind="secondary" wide onClick={() => { setScanning(false); setUnknown(false); }}>{shared.cancel}</Button></p>
      </Screen>
    );
  }
  return (
    <Screen title={r.share.title} back={to('records')}>
      <p class="lead">{r.share.lead}</p>
      <Button wide onClick={() => { setScanning(true); setUnknown(false); }}>{r.share.scan}</Button>
      <details class="more">
        <summary>{r.share.paste}</summary>
        <form class="stack" onSubmit={(event) => { event.preventDefault(); take(text); }} noValidate>
          <TextArea id="share-link" label={r.share.link} hint={r.share.linkHint} rows={4} dir="ltr" spellcheck={false} autocapitalize="none" value={text} error={isUnknown ? r.share.unknown : undefined} onInput={(event) => { setText(event.currentTarget.value); setUnknown(false); }} />
          <div><Button type="submit" kind="secondary">{r.share.read}</Button></div>
        </form>
      </details>
      <Find />
    </Screen>
  );
}

/** Somebody of the directory, without a request. */
function Find() {
  const { r, failure } = useRecordsWords();
  const { searchMembers } = useRecords();
  const [failed, attempt] = useAttempt();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly Member[]>();
  const search = (event: Event) => {
    event.preventDefault();
    void attempt(async () => setFound(await searchMembers({ q: q.trim() })));
  };
  return (
    <section class="stack">
      <h2>{r.share.find}</h2>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <form class="stack-s" role="search" onSubmit={search} noValidate>
        <Field id="member" type="search" label={r.share.findHint} value={q} onInput={(event) => setQ(event.currentTarget.value)} />
        <div><Button type="submit" kind="secondary">{r.share.findButton}</Button></div>
      </form>
      <div role="status">{found?.length === 0 && <p>{r.share.noneFound}</p>}</div>
      {found && found.length > 0 && <ul class="links" aria-label={r.share.find}>{found.map((member) => <li key={member.address}><MemberLink member={member} /></li>)}</ul>}
    </section>
  );
}

function MemberLink({ member }: { readonly member: Member }) {
  const speech = useRecordsWords();
  return <a href={to('share', 'with', member.address)}><span class="strong"><Text>{member.name}</Text></span><span class="small soft">{rolesInWords(member, speech)}</span></a>;
}
