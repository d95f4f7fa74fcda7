// Taking in a file: what is in it is shown before anything of it is kept.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { ImportPreview } from '#wallet-app/records/shelf.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { Progress } from '../../parts/progress.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

/** Bytes. */
const MOST = 20_000_000;

export function TakePage() {
  const { r, failure, say } = useRecordsWords();
  const app = useRecords();
  const [failed, attempt] = useAttempt();
  const [file, setFile] = useState<File>();
  const [isMissing, setMissing] = useState(false);
  const [preview, setPreview] = useState<ImportPreview>();
  const [done, setDone] = useState<number>();
  const look = async (event: Event) => {
    event.preventDefault();
    if (!file || file.size > MOST) return setMissing(true);
    const text = await file.text();
    await attempt(async () => setPreview(app.shelf.readFile(text)));
  };
  const keep = async (records: ImportPreview['records']) => {
    setDone(0);
    const went = await attempt(() => app.shelf.add(records.map(({ text }) => text), setDone));
    if (went) return go(to('records'), { replace: true });
    setDone(undefined);
    setPreview(undefined);
  };
  if (preview && done !== undefined) return <Progress title={r.take.title} says={say(r.take.keeping, { done, count: preview.records.length })} value={done / Math.max(1, preview.records.length)} />;
  if (preview) return <Found preview={preview} onKeep={() => void keep(preview.records)} onNo={() => setPreview(undefined)} />;
  return (
    <Screen title={r.take.title} back={to('records')}>
      <p>{r.take.lead}</p>
      {failed && <Notice kind="bad" alert title={r.take.bad}>{failure(failed)}</Notice>}
      <form class="stack-l" onSubmit={(event) => void look(event)} noValidate>
        <div class="field" data-wrong={isMissing || undefined}>
          <label for="take-file">{r.take.file}</label>
          {isMissing && <div class="error" id="take-file-error">{r.take.none}</div>}
          <input id="take-file" class="input" type="file" accept=".json,application/json,application/fhir+json" aria-describedby={isMissing ? 'take-file-error' : undefined} onChange={(event) => { setFile(event.currentTarget.files?.[0]); setMissing(false); }} />
        </div>
        <Button wide type="submit">{r.take.read}</Button>
      </form>
    </Screen>
  );
}

function Found({ preview: { records, left }, onKeep, onNo }: { readonly preview: ImportPreview; readonly onKeep: () => void; readonly onNo: () => void }) {
  const { r, say, kindOf, dates, shared } = useRecordsWords();
  return (
    <Screen title={say(r.take.found, { count: records.length })}>
      {left > 0 && <Notice kind="warn">{say(r.take.left, { count: left })}</Notice>}
      <p class="soft">{r.take.mine}</p>
      <div class="actions">
        {records.length > 0 && <Button wide onClick={onKeep}>{r.take.keep}</Button>}
        <Button wide kind="quiet" onClick={onNo}>{shared.cancel}</Button>
      </div>
      <ul class="lines">
        {records.map(({ text, title, category, date }) => <li key={text} class="row-between"><span class="strong"><Text>{title}</Text></span><span class="soft small">{kindOf(category)} · <span class="figures">{dates.day(date)}</span></span></li>)}
      </ul>
    </Screen>
  );
}
