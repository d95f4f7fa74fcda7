// Referring to a colleague and ordering from a laboratory: written into the record, handed on by the patient.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Checkbox, Field, Radios, Select, TextArea } from '#faces/parts/field.tsx';
import { ErrorSummary } from '#faces/parts/notice.tsx';
import { didOf } from '#records/client/seal-record.ts';
import type { MemberEntry } from '#records/client/membership.ts';
import type { Patient } from '../../desk/patients.ts';
import { CHOICES } from '../../desk/writing/fields.ts';
import { buildOrders, buildReferral, URGENCIES, type For, type Urgency } from '../../desk/writing/orders.ts';
import { useDesk, useDoing } from '../../desk-context.tsx';
import { today } from '../../parts/day.ts';
import { MemberField } from '../../parts/member-field.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { Written } from '../writing/written.tsx';
import type { TabProps } from '../record/terms.tsx';

type What = 'referral' | 'order';
type Test = (typeof CHOICES)['test'][number];
type Lacking = 'member' | 'reason' | 'tests';
const COLLEAGUES = ['doctor', 'hospital'] as const;
const LABORATORIES = ['laboratory'] as const;

export function ReferTab({ patient }: TabProps) {
  const { w, say } = useWords();
  const [what, setWhat] = useState<What>('referral');
  const [sent, setSent] = useState<{ readonly what: What; readonly name: string }>();
  if (sent) return <Written patient={patient} title={say(sent.what === 'referral' ? w.care.referred : w.care.ordered, { name: sent.name })} says={say(w.care.next, { name: sent.name })} />;
  return (
    <section class="stack">
      <Radios legend={<span class="unseen">{w.tabs.refer}</span>} name="what" value={what} onChoose={setWhat} options={[{ value: 'referral', label: w.care.referral, hint: w.care.referralSays }, { value: 'order', label: w.care.order, hint: w.care.orderSays }]} />
      <ReferForm key={what} what={what} patient={patient} onSent={(name) => setSent({ what, name })} />
    </section>
  );
}

function ReferForm({ what, patient, onSent }: { readonly what: What; readonly patient: Patient; readonly onSent: (name: string) => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [member, setMember] = useState<MemberEntry>();
  const [reason, setReason] = useState('');
  const [question, setQuestion] = useState('');
  const [tests, setTests] = useState<readonly Test[]>([]);
  const [urgency, setUrgency] = useState<Urgency>('routine');
  const [lacking, setLacking] = useState<readonly Lacking[]>([]);
  const errors = lacking.map((field) => ({ field, says: w.care.missing[field] }));
  const isReferral = what === 'referral';
  const wrong = (field: Lacking) => (lacking.includes(field) ? w.care.missing[field] : undefined);
  const send = async (event: Event) => {
    event.preventDefault();
    const lacks: Lacking[] = [...(member ? [] : ['member' as const]), ...(isReferral && reason.trim() === '' ? ['reason' as const] : []), ...(!isReferral && tests.length === 0 ? ['tests' as const] : [])];
    setLacking(lacks);
    if (lacks.length > 0 || !member) return;
    const isDone = await doing.run(async () => {
      const { account, config } = desk.gateway.inside();
      const named = (address: MemberEntry['address'], name: string): For => ({ address, name, did: didOf(config.chainId, address) });
      const [performer, from] = [named(member.address, member.name), named(account, (await desk.names(account)) ?? '')];
      const terms = { day: today(), urgency, question: question.trim() };
      const client = await desk.patients.member();
      for (const resource of isReferral ? [buildReferral(performer, from, { ...terms, reason: reason.trim() })] : buildOrders(performer, from, { ...terms, tests })) await client.write(patient.id, resource);
    });
    if (isDone) onSent(member.name);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)} noValidate>
      <ErrorSummary tried={lacking} errors={errors} />
      <MemberField id="member" label={isReferral ? w.care.colleague : w.care.laboratory} hint={isReferral ? w.care.colleagueHint : w.care.laboratoryHint} error={wrong('member')} roles={isReferral ? COLLEAGUES : LABORATORIES} value={member} onChoose={setMember} />
      {isReferral ? <Field id="reason" label={w.care.reason} error={wrong('reason')} dir="auto" maxLength={300} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /> : (
        <fieldset class="field" id="tests" tabIndex={-1} data-wrong={lacking.includes('tests') || undefined}>
          <legend>{w.care.tests}</legend>
          {wrong('tests') !== undefined && <div class="error">{wrong('tests')}</div>}
          <div class="choices grid">{CHOICES.test.map((test) => <Checkbox key={test} label={w.choices.test[test]} checked={tests.includes(test)} onChange={() => setTests(tests.includes(test) ? tests.filter((each) => each !== test) : [...tests, test])} />)}</div>
        </fieldset>
      )}
      <TextArea id="question" label={w.care.question} hint={w.care.questionHint} dir="auto" maxLength={2000} rows={4} value={question} onInput={(event) => setQuestion(event.currentTarget.value)} />
      <Select id="urgency" label={w.care.urgency} value={urgency} onChange={(event) => setUrgency(event.currentTarget.value as Urgency)}>{URGENCIES.map((each) => <option key={each} value={each}>{w.care.urgencies[each]}</option>)}</Select>
      <Wrong failure={doing.failure} />
      <div class="row"><Button type="submit" busy={doing.busy}>{isReferral ? w.care.refer : w.care.send}</Button></div>
    </form>
  );
}
