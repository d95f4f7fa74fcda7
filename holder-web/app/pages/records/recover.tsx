// Records brought back by guardians, on a wallet that has none: asking, waiting, and having them again.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Holdings } from '#wallet-app/states.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { useNow, usePart } from '../../wallet-context.tsx';
import { CardFields, faultsOfCard, type CardFaults } from './begin.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

export function RecoverPage({ held }: { readonly held: Holdings }) {
  const { r, failure } = useRecordsWords();
  const { recovering } = useRecords();
  const { value: view, failure: failed } = usePart(recovering);
  const [refused, attempt] = useAttempt();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void recovering.reload(), [recovering]);
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    await attempt(work);
    setBusy(false);
  };
  const wrong = refused ?? failed;
  return (
    <Screen title={r.recover.title} back={to('records')}>
      {wrong && <Notice kind="bad" alert>{failure(wrong)}</Notice>}
      {!view?.asked && <><p class="lead">{r.recover.lead}</p><Button wide busy={isBusy} onClick={() => void doing(recovering.ask)}>{r.recover.ask}</Button></>}
      {view?.asked && view.progress?.state === 'over' && <><Notice kind="bad">{r.recover.over}</Notice><Button wide onClick={() => void doing(recovering.cancel)}>{r.recover.again}</Button></>}
      {view?.asked && view.progress?.state === 'ready' && <Finish held={held} />}
      {view?.asked && (view.progress === undefined || view.progress.state === 'open' || view.progress.state === 'waiting') && <Asking />}
    </Screen>
  );
}

function Asking() {
  const { r, say, dates } = useRecordsWords();
  const { recovering } = useRecords();
  const { value: view } = usePart(recovering);
  const now = useNow(20);
  const [isCancelling, setCancelling] = useState(false);
  useEffect(() => void recovering.reload(), [now, recovering]);
  if (!view?.asked) return null;
  const { asked: { link, code }, progress } = view;
  return (
    <>
      <p>{r.recover.show}</p>
      <Code text={new URL(link, document.baseURI).href} name={r.recover.title} />
      <div class="panel stack-s"><p>{r.recover.code}</p><p class="card-code" dir="ltr">{code}</p></div>
      <div role="status">
        {progress && progress.released > 0 && progress.threshold !== undefined && <Notice>{say(r.recover.released, { count: progress.released, total: progress.threshold })}</Notice>}
        {progress?.readyAt !== undefined && <p class="soft">{say(r.recover.readyAt, { time: dates.dateTime(progress.readyAt) })}</p>}
      </div>
      <div><Button kind="quiet" busy={isCancelling} onClick={() => { setCancelling(true); void recovering.cancel(); }}>{r.recover.cancel}</Button></div>
    </>
  );
}

function Finish({ held }: { readonly held: Holdings }) {
  const { r, failure } = useRecordsWords();
  const { recovering } = useRecords();
  const [failed, attempt] = useAttempt();
  const [name, setName] = useState(held.person.name);
  const [birthDate, setBirthDate] = useState('');
  const [faults, setFaults] = useState<CardFaults>({});
  const finish = (event: Event) => {
    event.preventDefault();
    const found = faultsOfCard(name, birthDate, r.begin);
    setFaults(found);
    if (!found.name && !found.birthDate) void attempt(() => recovering.finish({ name: name.trim(), ...(birthDate !== '' && { birthDate }) }));
  };
  return (
    <>
      <Notice kind="good">{r.recover.ready}</Notice>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <form class="stack-l" onSubmit={finish} noValidate>
        <CardFields name={name} birthDate={birthDate} faults={faults} onName={setName} onBirthDate={setBirthDate} />
        <Button wide type="submit">{r.recover.finish}</Button>
      </form>
    </>
  );
}
