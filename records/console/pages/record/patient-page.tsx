// One patient: who it is, what one may, for what one reads; and below that the summary, the timeline, writing, referring, and the account of one's readings.
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { createLazy } from '#faces/parts/lazy.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useValue } from '#faces/value.ts';
import { plain } from '#faces/words/plain.ts';
import { mayRole, type Ability, type Role } from '#records/model/members.ts';
import type { Purpose } from '#records/model/purposes.ts';
import type { Patient } from '../../desk/patients.ts';
import { mayDo, purposesOf, type ReadingState } from '../../desk/reading.ts';
import { useDesk, useNow } from '../../desk-context.tsx';
import { Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { AccessTab } from './access-tab.tsx';
import { ItemPage } from './item-page.tsx';
import { SummaryTab } from './summary-tab.tsx';
import { TermsInWords, type TabProps } from './terms.tsx';
import { TimelineTab } from './timeline-tab.tsx';

const WriteTab = createLazy(async () => (await import('../writing/write-tab.tsx')).WriteTab);
const PrescribeTab = createLazy(async () => (await import('../prescriptions/prescribe-tab.tsx')).PrescribeTab);
const ReferTab = createLazy(async () => (await import('../care/refer-tab.tsx')).ReferTab);

/** What stands behind a patient in the address. A subject of its own adds its line here and its words to `tabs`. */
const TABS = { summary: SummaryTab, timeline: TimelineTab, item: ItemPage, write: WriteTab, prescribe: PrescribeTab, refer: ReferTab, access: AccessTab } as const satisfies Readonly<Record<string, FunctionComponent<TabProps>>>;
type Tab = keyof typeof TABS;
const SHOWN = ['summary', 'timeline', 'write', 'prescribe', 'refer', 'access'] as const satisfies readonly Tab[];
const isTab = (text: string): text is Tab => Object.hasOwn(TABS, text);

/** Those that this member has for this patient; the first is where one comes in. */
function tabsFor(patient: Patient, roles: readonly Role[]): readonly (typeof SHOWN)[number][] {
  const may = (ability: Ability) => roles.some((role) => mayRole(role, ability));
  const needs = {
    summary: mayDo(patient, 'read'), timeline: mayDo(patient, 'read'), write: mayDo(patient, 'write') && may('records-write'),
    prescribe: mayDo(patient, 'write') && patient.terms.categories.includes('medications') && may('prescribe'), refer: mayDo(patient, 'write') && may('refer'), access: true,
  };
  return SHOWN.filter((tab) => needs[tab]);
}

export function PatientPage({ id, path: [first, ...rest] }: { readonly id: string; readonly path: readonly string[] }) {
  const { w, shared } = useWords();
  const desk = useDesk();
  const state = useValue(desk.patients.state);
  const reading = useValue(desk.readings.state(id));
  const now = useNow(5);
  const patient = state.name === 'here' ? state.patients.find((each) => each.id === id) : undefined;
  const purpose = patient && mayDo(patient, 'read') && patient.state === 'active' ? purposesOf(patient)[0] : undefined;
  useEffect(() => {
    if (purpose !== undefined && reading.name === 'unread') void desk.readings.read(id, purpose);
  }, [purpose, reading.name]);
  if (state.name === 'failed') return <Screen title={w.places.patients} back={to('patients')}><Wrong failure={state.failure} again={() => void desk.patients.load()} /></Screen>;
  if (state.name !== 'here') return <p class="waiting" role="status">{shared.loading}</p>;
  if (!patient || reading.name === 'over' || patient.terms.until <= now) return <Ended />;
  const tabs = tabsFor(patient, desk.gateway.inside().roles);
  const tab: Tab = first !== undefined && isTab(first) ? first : tabs[0]!; // one's own access is always among them
  const Shown = TABS[tab];
  return (
    <Screen title={plain(patient.card?.name ?? w.patients.nameless)} tab={w.places.patients} back={to('patients')} wide>
      <Head patient={patient} reading={reading} />
      <Tabs patient={patient} tabs={tabs} at={tab} />
      <Shown patient={patient} reading={reading} path={rest} />
    </Screen>
  );
}

function Ended() {
  const { w } = useWords();
  return <Screen title={w.access.ended} back={to('patients')}><div role="alert"><Notice kind="warn">{w.access.endedSays}</Notice></div></Screen>;
}

function Head({ patient, reading }: { readonly patient: Patient; readonly reading: ReadingState }) {
  const { w, say, dates } = useWords();
  const { card, state } = patient;
  return (
    <div class="patient-head">
      <p class="soft">{card?.birthDate !== undefined && <>{say(w.patients.born, { date: dates.day(card.birthDate) })} · </>}<TermsInWords patient={patient} /></p>
      {state === 'pending' && <p role="status" class="soft">{w.patients.pending}</p>}
      {mayDo(patient, 'read') && state === 'active' && <ReadingLine patient={patient} reading={reading} />}
    </div>
  );
}

function ReadingLine({ patient, reading }: { readonly patient: Patient; readonly reading: ReadingState }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const purposes = purposesOf(patient);
  const read = (purpose: Purpose) => void desk.readings.read(patient.id, purpose);
  const now = reading.name === 'read' ? reading.read : reading.name === 'reading' ? { purpose: reading.purpose, at: undefined } : undefined;
  return (
    <div class="reading-line">
      {now && (
        <label class="reading-purpose">
          <span>{w.record.purpose}</span>
          <select class="select" value={now.purpose} title={w.record.purposeSays} disabled={reading.name === 'reading'} onChange={(event) => read(event.currentTarget.value as Purpose)}>{purposes.map((each) => <option key={each} value={each}>{w.purposes[each]}</option>)}</select>
        </label>
      )}
      <span role="status" class="soft small">{reading.name === 'reading' ? w.record.reading : reading.name === 'read' ? (reading.hasNews ? w.record.news : say(w.record.readAt, { time: dates.time(reading.read.at) })) : ''}</span>
      {reading.name === 'read' && <Button kind={reading.hasNews ? 'primary' : 'quiet'} onClick={() => read(reading.read.purpose)}>{w.record.readAgain}</Button>}
      {reading.name === 'failed' && purposes[0] !== undefined && <Wrong failure={reading.failure} again={() => read(purposes[0]!)} />}
    </div>
  );
}

function Tabs({ patient, tabs, at }: { readonly patient: Patient; readonly tabs: readonly (typeof SHOWN)[number][]; readonly at: Tab }) {
  const { w } = useWords();
  return (
    <nav class="tabs" aria-label={plain(patient.card?.name ?? w.patients.nameless)}>
      <ul class="tab-list">{tabs.map((tab) => <li key={tab}><a href={to('patients', patient.id, tab)} aria-current={tab === at || (tab === 'timeline' && at === 'item') ? 'page' : undefined}>{w.tabs[tab]}</a></li>)}</ul>
    </nav>
  );
}
