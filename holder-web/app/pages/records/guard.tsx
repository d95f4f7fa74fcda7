// A guardian is asked for a part: who asks has to be known, and the number on their screen compared, before anything is given.
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Checkbox, Radios } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useAttempt } from '../../parts/attempt.ts';
import { Result } from '../../parts/progress.tsx';
import { Scan } from '../../parts/scan.tsx';
import { usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

type Asked = { readonly recovery: string; readonly code: string };

export function GuardPage() {
  const { r, failure, shared } = useRecordsWords();
  const { trusted } = useRecords();
  const { value: view } = usePart(trusted);
  const [failed, attempt] = useAttempt();
  const [asked, setAsked] = useState<Asked>();
  const [ward, setWard] = useState<string>();
  const [isSame, setSame] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  const link = /#\/guard\?/.test(location.hash) ? location.href : undefined;
  useEffect(() => {
    void trusted.reload();
    if (link !== undefined) void attempt(async () => setAsked(await trusted.readRecovery(link)));
  }, [link, trusted]);
  const wards = view?.wards ?? [];
  const chosen = ward ?? (wards.length === 1 ? wards[0]!.backup : undefined);
  const give = async () => {
    setTried(true);
    if (!asked || chosen === undefined || !isSame) return;
    if (await attempt(() => trusted.release(asked.recovery, chosen, asked.code))) setDone(true);
  };
  if (isDone) return <Result kind="good" title={r.guard.given} text={r.guard.givenText}><ButtonLink wide href={to('trusted')}>{r.trusted.title}</ButtonLink></Result>;
  if (link === undefined) {
    return (
      <Screen title={r.guard.title} back={to('trusted')}>
        <p>{r.guard.scan}</p>
        <Scan onText={(text) => { const at = text.indexOf('#/guard?'); if (at >= 0) go(text.slice(at).trim()); }} />
      </Screen>
    );
  }
  return (
    <Screen title={r.guard.title} back={to('trusted')}>
      {view && wards.length === 0 && <Notice kind="warn">{r.guard.noWards}</Notice>}
      {failed && wards.length > 0 && <Notice kind="bad" alert>{failed.code === 'offer-untrusted' ? r.guard.differs : failure(failed)}</Notice>}
      {!asked && !failed && <p role="status">{shared.loading}</p>}
      {asked && wards.length > 0 && (
        <>
          <p class="lead">{r.guard.lead}</p>
          <Notice kind="warn">{r.guard.careful}</Notice>
          {wards.length > 1 && <Radios legend={r.guard.whose} name="ward" value={chosen} onChoose={setWard} options={wards.map(({ backup, name }) => ({ value: backup, label: <Text>{name ?? r.access.unnamed}</Text> }))} />}
          <div class="panel stack-s"><p>{r.guard.compare}</p><p class="card-code" dir="ltr">{asked.code}</p></div>
          <Checkbox label={r.guard.same} checked={isSame} onChange={(event) => setSame(event.currentTarget.checked)} />
          {isTried && (!isSame || chosen === undefined) && <Notice kind="bad" alert>{r.guard.first}</Notice>}
          <Button wide onClick={() => void give()}>{r.guard.give}</Button>
        </>
      )}
    </Screen>
  );
}
