// Somebody brings these records back on another device: the person, or a thief. Loud, above every page.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import type { Guardians } from '#records/model/exchange/guardians.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { useRecords, useRecordsWords } from './context.tsx';

export function Alarm({ recovery }: { readonly recovery: Guardians['recovery'] }) {
  const { r, say, dates, failure } = useRecordsWords();
  const { trusted } = useRecords();
  const [failed, attempt] = useAttempt();
  const [isStopped, setStopped] = useState(false);
  if (!recovery) return isStopped ? <div class="column" role="status"><Notice kind="good" title={r.alarm.stopped}>{r.alarm.stoppedText}</Notice></div> : null;
  const { id, readyAt, released } = recovery;
  const object = async () => setStopped(await attempt(() => trusted.object(id)));
  return (
    <div class="column">
      <Notice kind="bad" alert title={r.alarm.title}>
        <p>{say(r.alarm.text, { count: released, time: dates.dateTime(readyAt) })}</p>
        {failed && <p>{failure(failed)}</p>}
        <div><Button kind="danger" onClick={() => void object()}>{r.alarm.object}</Button></div>
      </Notice>
    </div>
  );
}
