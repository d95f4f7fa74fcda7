// New keys in three steps: prepared where nobody sees them, switched to, confirmed. At each step it says what going back would mean, and when it
// is not possible any more.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Radios } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import type { Rotation, RotationKeys, RotationPlan, RotationStage } from '../../api.ts';
import { useConsole, useDoing, useEvery, useLoad, useWords } from '../../console.tsx';
import { Confirm, Loaded, When, Wrong } from '../../parts/parts.tsx';

const STAGES = ['prepared', 'switched', 'confirmed'] as const;
const OVER: readonly RotationStage[] = ['confirmed', 'withdrawn'];
type Step = 'switch' | 'confirm' | 'back';

export function RotationGuide({ onChange }: { readonly onChange: () => void }) {
  const { w } = useWords();
  const { api } = useConsole();
  const loading = useLoad((signal) => api.keys.rotation(signal), []);
  useEvery(3000, loading.reload);
  const change = () => {
    loading.reload();
    onChange();
  };
  return (
    <section class="card stack" aria-labelledby="rotation">
      <h2 id="rotation" class="card-title">{w.rotation.title}</h2>
      <p>{w.rotation.says}</p>
      <Loaded of={loading}>
        {({ rotation, plan }) => (rotation && !OVER.includes(rotation.stage) ? <UnderWay rotation={rotation} onChange={change} /> : <Start plan={plan} onChange={change} />)}
      </Loaded>
    </section>
  );
}

function Start({ plan, onChange }: { readonly plan: RotationPlan; readonly onChange: () => void }) {
  const { w, say } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [keys, setKeys] = useState<RotationKeys>('did');
  const prepare = () => doing.run(async () => {
    await api.keys.prepare(keys);
    onChange();
  });
  return (
    <>
      <Radios legend={w.rotation.which} name="keys" value={keys} onChoose={setKeys} options={(['did', 'claims', 'all'] as const).map((value) => ({ value, label: w.rotation.keys[value].label, hint: w.rotation.keys[value].hint }))} />
      {plan.claims && keys !== 'did' && <p class="soft">{say(w.rotation.work, { count: plan.claims.signatures })}</p>}
      <Wrong failure={doing.failure} />
      <div class="row"><Button busy={doing.busy} onClick={() => void prepare()}>{w.rotation.prepare}</Button><span class="soft">{w.rotation.prepareSays}</span></div>
    </>
  );
}

/** Where somebody has to decide; on the way between them the service works alone. */
const AT: Readonly<Record<RotationStage, number>> = { preparing: -1, prepared: 0, switching: 0, switched: 1, confirming: 1, 'going-back': -1, confirmed: 2, withdrawn: -1 };

function UnderWay({ rotation, onChange }: { readonly rotation: Rotation; readonly onChange: () => void }) {
  const { w, say, dates } = useWords();
  const { api, sentences } = useConsole();
  const doing = useDoing();
  const [asking, setAsking] = useState<Step>();
  const act = (step: Step) => async () => {
    await api.keys.step(step);
    setAsking(undefined);
    onChange();
  };
  const { stage, back } = rotation;
  const next: Step | undefined = stage === 'prepared' ? 'switch' : stage === 'switched' ? 'confirm' : undefined;
  const backSays = { 'nothing-happened': w.rotation.backNothing, 'document-keys': w.rotation.backKeys, 'document-keys-only': w.rotation.backDocument };
  return (
    <>
      <ol class="steps" aria-label={w.rotation.title}>
        {STAGES.map((each, i) => <li key={each} data-done={AT[stage] >= i || undefined} aria-current={AT[stage] + 1 === i ? 'step' : undefined}>{w.rotation.stages[each]}</li>)}
      </ol>
      <p role="status">{w.rotation.now[stage as keyof typeof w.rotation.now]} <span class="soft"><When at={rotation.switchedAt ?? rotation.preparedAt} short /></span></p>
      {rotation.trouble && <Notice kind="warn">{errorInWords(rotation.trouble, sentences)}</Notice>}
      {rotation.backUntil !== undefined && <p class="soft">{say(w.rotation.backUntil, { date: dates.dateTime(rotation.backUntil) })}</p>}
      <Wrong failure={doing.failure} />
      <div class="row">
        {next && <Button onClick={() => setAsking(next)}>{w.rotation.steps[next].act}</Button>}
        {back && <Button kind="secondary" onClick={() => setAsking('back')}>{w.rotation.steps.back.act}</Button>}
      </div>
      {asking && (
        <Confirm title={w.rotation.steps[asking].act} act={w.rotation.steps[asking].act} danger={asking !== 'back'} onAct={act(asking)} onClose={() => setAsking(undefined)} doing={doing}
          says={asking === 'back' ? <p>{back && backSays[back]}</p> : <Notice kind="warn">{asking === 'switch' && rotation.keys !== 'did' ? w.rotation.claimsForGood : w.rotation.steps[asking].says}</Notice>} />
      )}
    </>
  );
}
