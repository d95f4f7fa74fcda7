// A file of many people: what its columns mean is guessed, shown on its first rows, and mended here before it is sent to be checked.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Select } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useConsole, useDoing, useWords } from '../../console.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { previewCsv, type Preview } from '../../tables.ts';
import { COLUMNS, DATE_FORMATS, faultOf, guessDates, guessMapping, type Column, type Mapping } from './mapping.ts';

const ROWS = 5;
const HEAD = 64_000;
type Chosen = { readonly file: File; readonly format: 'csv' | 'ndjson' | 'bundle'; readonly preview: Preview | undefined };

async function choose(file: File): Promise<Chosen> {
  const head = await file.slice(0, HEAD).text();
  const isJson = /^\s*\{/.test(head);
  const format = !isJson ? 'csv' : /\.(ndjson|jsonl)$/i.test(file.name) || /\}\s*\n\s*\{/.test(head) ? 'ndjson' : 'bundle';
  return { file, format, preview: format === 'csv' ? previewCsv(head, ROWS) : undefined };
}

export function FileImport() {
  const { w } = useWords();
  const { api } = useConsole();
  const doing = useDoing();
  const [chosen, setChosen] = useState<Chosen>();
  const [mapping, setMapping] = useState<Mapping>({});
  const [dates, setDates] = useState<(typeof DATE_FORMATS)[number]>('YYYY-MM-DD');
  const [pin, setPin] = useState(true);
  const [again, setAgain] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const next = await choose(file);
    const guessed = next.preview ? guessMapping(next.preview) : {};
    setChosen(next);
    setMapping(guessed);
    if (next.preview) setDates(guessDates(next.preview, guessed));
  };
  const send = () => doing.run(async () => {
    if (!chosen) return;
    const { id } = await api.campaigns.upload({ format: chosen.format, ...(chosen.format === 'csv' && { mapping, dates }), ...(!pin && { pin }), ...(again && { again }) }, chosen.file);
    go(to('import', id));
  });
  const fault = chosen?.preview && faultOf(mapping);
  return (
    <section class="stack" onDragOver={(event) => event.preventDefault()} onDrop={(event) => (event.preventDefault(), void take(event.dataTransfer?.files[0]))}>
      <div class="file-field drop">
        <label class="strong" for="rows-file">{w.import.rowsFile}</label>
        <p class="hint soft" id="rows-hint">{w.import.rowsHint}</p>
        <input id="rows-file" type="file" class="input" aria-describedby="rows-hint" accept=".csv,.txt,.tsv,.ndjson,.jsonl,.json" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      </div>
      {chosen?.format === 'csv' && !chosen.preview && <Notice kind="bad" alert>{w.import.noHeader}</Notice>}
      {chosen?.preview && (
        <>
          <Mappings preview={chosen.preview} mapping={mapping} onChange={setMapping} />
          <Select label={w.import.dates} value={dates} onChange={(event) => setDates(event.currentTarget.value as typeof dates)}>{DATE_FORMATS.map((each) => <option key={each} value={each}>{each}</option>)}</Select>
          {fault && <Notice kind="warn">{w.import.needs[fault]}</Notice>}
        </>
      )}
      {chosen && (
        <>
          <Checkbox label={w.import.pin} checked={pin} onChange={(event) => setPin(event.currentTarget.checked)} />
          <Checkbox label={w.import.again} checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />
          <p class="soft">{w.import.dryRun}</p>
          <Wrong failure={doing.failure} />
          <div class="row"><Button busy={doing.busy} disabled={fault !== undefined} onClick={() => void send()}>{w.import.check}</Button></div>
          {doing.busy && <p role="status" class="soft">{w.import.sending}</p>}
        </>
      )}
    </section>
  );
}

function Mappings({ preview, mapping, onChange }: { readonly preview: Preview; readonly mapping: Mapping; readonly onChange: (mapping: Mapping) => void }) {
  const { w, say } = useWords();
  const set = (header: string, column: Column | '') => {
    const rest = Object.entries(mapping).filter(([name, value]) => value !== header && name !== column);
    onChange(Object.fromEntries([...rest, ...(column === '' ? [] : [[column, header]])]) as Mapping);
  };
  const columnOf = (header: string) => COLUMNS.find((column) => mapping[column] === header) ?? '';
  return (
    <div class="table-frame" role="region" aria-label={w.import.mapping} tabIndex={0}>
      <table class="table mapping">
        <caption>{w.import.mapping}</caption>
        <thead>
          <tr>{preview.header.map((header) => <th key={header} scope="col"><Text>{header}</Text></th>)}</tr>
          <tr>{preview.header.map((header) => (
            <td key={header}>
              <select class="select" aria-label={say(w.import.means, { name: header })} value={columnOf(header)} onChange={(event) => set(header, event.currentTarget.value as Column | '')}>
                <option value="">{w.import.ignored}</option>
                {COLUMNS.map((column) => <option key={column} value={column}>{w.columns[column]}</option>)}
              </select>
            </td>
          ))}</tr>
        </thead>
        <tbody>{preview.rows.map((row, i) => <tr key={i}>{preview.header.map((header, column) => <td key={header}><Text>{row[column]}</Text></td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
