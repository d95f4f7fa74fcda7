// The International Patient Summary of what may be read, section by section; and as a file for another system.
import { useMemo } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { assembleSummary, sectionsOf, titleOf, type FhirResource } from '#records/model/fhir/index.ts';
import { ORGANISATIONS } from '#records/model/members.ts';
import { didOf } from '#records/client/seal-record.ts';
import type { Patient } from '../../desk/patients.ts';
import type { OpenedRecord, ReadRecord } from '#records/client/open-record.ts';
import { useDesk } from '../../desk-context.tsx';
import { saveFile } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import type { TabProps } from './terms.tsx';
import { Entry, onlyRead, WhenRead } from './read-parts.tsx';

export const SummaryTab = ({ patient, reading }: TabProps) => <WhenRead reading={reading}>{(records) => <Summary patient={patient} records={records} />}</WhenRead>;

/** Who the patient is, as the sealed card says. */
const patientOf = ({ card }: Patient): FhirResource => card?.resource ?? { resourceType: 'Patient', ...(card && { name: [{ text: card.name }] }), ...(card?.birthDate !== undefined && { birthDate: card.birthDate }) };

function Summary({ patient, records }: { readonly patient: Patient; readonly records: readonly OpenedRecord[] }) {
  const { w, language, say } = useWords();
  const { gateway } = useDesk();
  const { account, config, roles } = gateway.inside();
  const read = onlyRead(records);
  const bundle = useMemo(() => assembleSummary({
    patient: patientOf(patient), records: read, author: { did: didOf(config.chainId, account), kind: roles.some((role) => ORGANISATIONS.includes(role)) ? 'organisation' : 'practitioner' }, now: Math.floor(Date.now() / 1000) as ReadRecord['time'],
  }), [patient, records, language]);
  const byText = useMemo(() => new Map(read.map((record) => [keyOf(record.resource), record])), [records]);
  const titles: Readonly<Record<string, string>> = w.sections;
  return (
    <div class="summary">
      <div class="summary-cards">
        {sectionsOf(bundle).map((section) => {
          const entries = section.entries.flatMap((resource) => byText.get(keyOf(resource)) ?? []);
          const { shown, earlier } = newestOfEach(entries);
          return (
            <section key={section.code} class="card">
              <h2 class="card-title">{titles[section.code] ?? section.title}</h2>
              {entries.length === 0 ? <p class="soft">{w.record.emptySection}</p> : <Entries patient={patient} records={shown} />}
              {earlier.length > 0 && <details class="more"><summary>{say(w.record.earlier, { count: earlier.length })}</summary><Entries patient={patient} records={earlier} /></details>}
            </section>
          );
        })}
      </div>
      <p class="soft small">{w.record.summarySays}</p>
      <div class="row"><Button kind="secondary" onClick={() => saveFile(new TextEncoder().encode(JSON.stringify(bundle, undefined, 2)), 'patient-summary.json')}>{w.record.save}</Button><span class="soft small">{w.record.saveSays}</span></div>
      <p class="unseen" role="status">{say(w.record.filter.shown, { count: read.length })}</p>
    </div>
  );
}

const Entries = ({ patient, records }: { readonly patient: Patient; readonly records: readonly ReadRecord[] }) => <ul class="entries">{records.map((record) => <Entry key={record.meta.id} patient={patient} record={record} />)}</ul>;

/** Of what is measured again and again the newest stands in sight. Nothing else is folded: no allergy and no medicine may be overlooked. */
function newestOfEach(records: readonly ReadRecord[]): { readonly shown: readonly ReadRecord[]; readonly earlier: readonly ReadRecord[] } {
  const newest = new Map<string, ReadRecord>();
  for (const record of records.toSorted((a, b) => a.meta.date.localeCompare(b.meta.date))) if (isMeasured(record)) newest.set(titleOf(record.resource), record);
  const isShown = (record: ReadRecord) => !isMeasured(record) || newest.get(titleOf(record.resource)) === record;
  return { shown: records.filter(isShown), earlier: records.filter((record) => !isShown(record)) };
}

const isMeasured = ({ resource }: ReadRecord): boolean => resource.resourceType === 'Observation';

/** Entries of the document are the records' resources, but for their references and their names. */
const keyOf = ({ subject: _s, patient: _p, id: _i, encounter: _e, ...resource }: FhirResource): string => JSON.stringify(resource, (name, value: unknown) => (name === 'reference' ? undefined : value));
