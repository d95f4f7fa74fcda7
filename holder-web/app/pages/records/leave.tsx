// For whoever's keys somebody else has, and whoever goes: what was allowed ends, what is kept opens no more, and new keys can be begun with.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useAttempt } from '../../parts/attempt.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { saveText } from './save.ts';

export function LeavePage() {
  const { r, failure } = useRecordsWords();
  const { state, shelf } = useRecords();
  const [failed, attempt] = useAttempt();
  const [step, setStep] = useState<'still' | 'asking' | 'ending'>('still');
  const leave = async () => {
    setStep('ending');
    if (await attempt(state.leave)) location.hash = to('records');
    else setStep('still');
  };
  return (
    <Screen title={r.leave.title} tab={r.more.title} back={to('card')}>
      <p class="lead">{r.leave.lead}</p>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <ol class="stack">
        <li class="stack-s"><p>{r.leave.save}</p><div><Button kind="secondary" onClick={() => saveText(shelf.summary(), 'patient-summary.json', 'application/fhir+json')}>{r.list.give}</Button></div></li>
        <li>{r.leave.happens}</li>
        <li>{r.leave.after}</li>
      </ol>
      <Button wide kind="danger" busy={step === 'ending'} onClick={() => setStep('asking')}>{step === 'ending' ? r.access.revoking : r.leave.end}</Button>
      {step === 'asking' && <Confirm title={r.leave.ask} text={r.leave.askText} yes={r.leave.end} onYes={() => void leave()} onNo={() => setStep('still')} />}
    </Screen>
  );
}
