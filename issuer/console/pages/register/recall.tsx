// A lot that is recalled: all certificates of it, found and changed as a campaign, which is checked before it starts.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Field, Radios } from '#faces/parts/field.tsx';
import type { StatusAction } from '../../api.ts';
import { useConsole, useDoing, useWords } from '../../console.tsx';
import { Confirm } from '../../parts/parts.tsx';

export function RecallDialog({ onClose }: { readonly onClose: () => void }) {
  const { w } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [lot, setLot] = useState('');
  const [action, setAction] = useState<StatusAction>('suspend');
  const act = async () => {
    const { id } = await api.campaigns.ofLot(action, lot.trim(), 'under-review');
    onClose();
    go(to('import', id));
  };
  return (
    <Confirm title={w.register.recall} says={<p>{w.register.recallSays}</p>} act={w.register.recallAct} danger={false} isReady={lot.trim() !== ''} onAct={act} {...{ doing, onClose }}>
      <Field label={w.visit.lot} value={lot} onInput={(event) => setLot(event.currentTarget.value)} />
      <Radios legend={w.register.recallHow} name="recall" value={action} onChoose={setAction} options={(['suspend', 'revoke'] as const).map((value) => ({ value, label: w.status[value].verb }))} />
    </Confirm>
  );
}
