// Bringing in what other programs wrote: one FHIR record, or a file of many people as a campaign; and the campaigns there are.
import { useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Radios } from '#faces/parts/field.tsx';
import { Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Campaign } from '../../api.ts';
import { useConsole, useEvery, useLoad, useWords } from '../../console.tsx';
import { Empty, Loaded, When } from '../../parts/parts.tsx';
import { FhirImport } from './fhir-import.tsx';
import { FileImport } from './file-import.tsx';

export function ImportPage() {
  const { w } = useWords();
  const { may } = useConsole();
  const [what, setWhat] = useState<'record' | 'file'>('record');
  return (
    <Screen title={w.places.import} wide>
      <Radios legend={w.import.what} name="what" value={what} onChoose={setWhat} options={[{ value: 'record', label: w.import.record, hint: w.import.recordHint }, { value: 'file', label: w.import.file, hint: w.import.fileHint }]} />
      {what === 'record' ? <FhirImport /> : <FileImport />}
      {may('campaigns:write') && <Campaigns />}
    </Screen>
  );
}

export const STATE_KINDS = { uploading: undefined, checking: undefined, draft: 'warn', running: 'warn', paused: 'bad', done: 'good', cancelled: undefined } as const;

function Campaigns() {
  const { w, dates } = useWords();
  const { api } = useConsole();
  const loading = useLoad(() => api.campaigns.list(), []);
  useEvery(5000, loading.reload);
  const row = (campaign: Campaign) => (
    <tr key={campaign.id}>
      <td><a href={to('import', campaign.id)}>{w.campaign.kinds[campaign.kind]}</a></td><td><When at={campaign.createdAt} short /></td>
      <td class="figures">{dates.number(campaign.total)}</td><td class="figures">{dates.number(campaign.done)}</td><td class="figures">{dates.number(campaign.refused)}</td>
      <td><Tag kind={STATE_KINDS[campaign.state]}>{w.campaign.states[campaign.state]}</Tag></td>
    </tr>
  );
  return (
    <section class="stack-s">
      <h2>{w.campaign.list}</h2>
      <Loaded of={loading}>
        {({ campaigns }) => (campaigns.length === 0 ? <Empty title={w.campaign.none} /> : (
          <div class="table-frame" role="region" aria-label={w.campaign.list} tabIndex={0}>
            <table class="table">
              <thead><tr><th scope="col">{w.register.what}</th><th scope="col">{w.register.recorded}</th><th scope="col">{w.campaign.total}</th><th scope="col">{w.campaign.done}</th><th scope="col">{w.campaign.refused}</th><th scope="col">{w.register.status}</th></tr></thead>
              <tbody>{campaigns.map(row)}</tbody>
            </table>
          </div>
        ))}
      </Loaded>
    </section>
  );
}
