// Asking wallets of any maker by OpenID4VP: a code that they scan, and the answer through the service. For staff who are signed in.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Radios } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { personsOf } from '../engine/person.ts';
import { useRule } from '../parts/hooks.ts';
import { useScannerStaff, WithStaff } from '../parts/with-staff.tsx';
import { useScanner } from '../scanner-context.tsx';
import { askBody, verdictOf, type SessionAsk, type SessionView } from '../state/sessions.ts';
import type { Words } from '../words/index.ts';

type Link = { readonly id: string; readonly link: string; readonly expiresAt: number };

export function SessionPage() {
  const { w } = useSpeech<Words>();
  return (
    <Screen title={w.session.title}>
      <p>{w.session.text}</p>
      <WithStaff>
        {({ permissions }, staff) => (
          <>
            {permissions.includes('presentations:request') ? <Session /> : <Notice kind="warn">{w.session.forbidden}</Notice>}
            <p><Button kind="quiet" onClick={() => void staff.signOut()}>{w.session.signOut}</Button></p>
          </>
        )}
      </WithStaff>
    </Screen>
  );
}

function Session() {
  const { w } = useSpeech<Words>();
  const staff = useScannerStaff();
  const rule = useRule();
  const [chosen, setWanted] = useState<SessionAsk>('rule');
  const [open, setOpen] = useState<Link>();
  const [failed, setFailed] = useState(false);
  const [ended, setEnded] = useState<'declined' | 'expired'>();
  const wanted = rule ? chosen : 'certificate';
  const start = async () => {
    setFailed(false);
    setEnded(undefined);
    try {
      setOpen(await staff.json<Link>('POST', '/presentations', { body: askBody(wanted, rule) }));
    } catch {
      setFailed(true);
    }
  };
  const stop = () => {
    if (open) void staff.call('DELETE', `/presentations/${open.id}`).catch(() => undefined); // it runs out by itself
    setOpen(undefined);
  };
  if (open) return <Waiting open={open} rule={rule && `${rule.id}@${rule.version}`} onEnd={(how) => (setOpen(undefined), setEnded(how))} onStop={stop} />;
  return (
    <>
      {failed && <Notice kind="bad" alert>{w.session.failed}</Notice>}
      {ended && <Notice kind="warn" alert>{w.session[ended]}</Notice>}
      {rule && <Radios legend={w.session.what} name="wanted" value={wanted} onChoose={setWanted} options={[{ value: 'rule', label: w.session.pass }, { value: 'certificate', label: w.session.certificate }]} />}
      <div class="row"><Button onClick={() => void start()}>{w.session.start}</Button></div>
    </>
  );
}

function Waiting({ open, rule, onEnd, onStop }: { readonly open: Link; readonly rule: string | undefined; readonly onEnd: (how?: 'declined' | 'expired') => void; readonly onStop: () => void }) {
  const { w, say, dates } = useSpeech<Words>();
  const { tell } = useScanner();
  const [isOpened, setOpened] = useState(false);
  useEffect(() => {
    const events = new EventSource(`/presentations/${encodeURIComponent(open.id)}/events`);
    events.addEventListener('presentation', ({ data }) => {
      const view = JSON.parse(data as string) as SessionView; // the service keeps to its description
      setOpened(view.opened);
      if (view.status === 'open') return;
      events.close();
      if (view.status === 'answered') {
        const verdict = verdictOf(view);
        tell(verdict, verdict.outcome === 'accepted' ? personsOf(verdict.shown) : [], rule);
      }
      onEnd(view.status === 'answered' ? undefined : view.status);
    });
    return () => events.close();
  }, [open.id]);
  return (
    <>
      <Code text={open.link} name={w.session.code} />
      <p role="status">{isOpened ? w.session.opened : say(w.session.waiting, { time: dates.time(open.expiresAt) })}</p>
      <div class="row"><Button kind="secondary" onClick={onStop}>{w.session.stop}</Button></div>
    </>
  );
}
