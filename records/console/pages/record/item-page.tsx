// One entry: what it says, who wrote it and whether that holds, and the original as it was signed.
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import { isRead, type OpenedRecord, type ReadRecord } from '#records/client/open-record.ts';
import { factsOf } from '../../desk/facts.ts';
import type { Patient } from '../../desk/patients.ts';
import { useMemberName } from '../../parts/member-name.ts';
import { useWords } from '../../speech.tsx';
import type { TabProps } from './terms.tsx';
import { FactText, titleInWords, WhenRead } from './read-parts.tsx';

export function ItemPage({ patient, reading, path: [id] }: TabProps) {
  const { w } = useWords();
  return (
    <WhenRead reading={reading}>{(records) => {
      const record = records.find(({ meta }) => meta.id === id);
      return (
        <section class="stack item">
          <a class="screen-back" href={to('patients', patient.id, 'timeline')}>{w.tabs.timeline}</a>
          {!record ? <p>{w.item.gone}</p> : isRead(record) ? <Item patient={patient} record={record} /> : <Closed record={record} />}
        </section>
      );
    }}</WhenRead>
  );
}

function Item({ patient, record }: { readonly patient: Patient; readonly record: ReadRecord }) {
  const { w, dates } = useWords();
  const { resource, meta, content } = record;
  const isOrder = resource.resourceType === 'ServiceRequest';
  return (
    <>
      <h2><Text>{titleInWords(resource)}</Text></h2>
      <p class="soft">{w.categories[meta.category]} · {dates.day(meta.date)}</p>
      <dl class="facts">{factsOf(resource).map((fact) => <div key={fact.name} class="fact"><dt>{w.facts[fact.name]}</dt><dd>{fact.says.map((text) => <p key={text} class="fact-text"><FactText fact={fact} text={text} /></p>)}</dd></div>)}</dl>
      <Provenance record={record} />
      {isOrder && patient.terms.actions.includes('write') && <div class="row"><ButtonLink href={to('patients', patient.id, 'write', 'result', meta.id)}>{w.item.answer}</ButtonLink></div>}
      <details class="more">
        <summary>{w.item.original}</summary>
        <pre class="original" tabIndex={0} dir="ltr">{pretty(content.text)}</pre>
      </details>
    </>
  );
}

/** As it was signed, with line breaks; a text that has its own keeps them. */
const pretty = (text: string): string => (text.includes('\n') ? text : JSON.stringify(JSON.parse(text), undefined, 2));

function Provenance({ record: { authorship } }: { readonly record: ReadRecord }) {
  const { w, say, dates } = useWords();
  const name = useMemberName(authorship.by === 'patient' ? undefined : authorship.signer);
  if (authorship.by === 'patient') return <Notice kind="warn" title={w.item.patient}><p>{w.item.patientSays}</p></Notice>;
  return <Notice kind="good" title={say(w.item.member, { name: name ?? w.item.unknownMember })}><p>{w.item.signed}. {say(w.item.signedSays, { time: dates.dateTime(authorship.recorded) })}</p></Notice>;
}

const SIGNATURE: readonly string[] = ['entry-unsigned', 'provenance-malformed', 'signature-invalid', 'content-differs', 'record-differs', 'author-differs', 'mark-differs'];

function Closed({ record }: { readonly record: Exclude<OpenedRecord, ReadRecord> }) {
  const { w } = useWords();
  if (record.problem === 'key-missing') return <Notice title={w.item.waits}><p>{w.item.waitsSays}</p></Notice>;
  if (record.problem === 'filing-differs') return <Notice kind="bad" alert title={w.item.misfiled}><p>{w.item.misfiledSays}</p></Notice>;
  const isForged = SIGNATURE.includes(record.problem);
  return <Notice kind="bad" alert title={isForged ? w.item.refused : w.item.broken}><p>{isForged ? w.item.refusedSays : w.item.brokenSays}</p></Notice>;
}
