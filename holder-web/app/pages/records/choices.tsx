// What a person chooses of what is asked: kinds, doing, time, why; and for whoever looks for it, what is left out.
import { useState, type StateUpdater, type Dispatch } from 'preact/hooks';
import { secondsNow } from '#faces/device.ts';
import { Checkbox, Field, Radios } from '#faces/parts/field.tsx';
import { isRead } from '#records/client/open-record.ts';
import type { AskedTerms } from '#records/model/exchange/wire.ts';
import { isAddress } from '#records/model/members.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import { ORDINARY_CATEGORIES, type Category } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';
import { isExcepted, nameable, toggled } from '#wallet-app/records/drafts.ts';
import { plainTitle } from '#wallet-app/records/reading.ts';
import type { ShareDraft } from '#wallet-app/records/states.ts';
import { usePart } from '../../wallet-context.tsx';
import { useRecords, useRecordsWords } from './context.tsx';

const DAY = 86_400;
const LASTS = { day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const;
type Last = keyof typeof LASTS | 'date';
type Editing = { readonly draft: ShareDraft; readonly set: (change: Partial<ShareDraft>) => void };

/** @param isOwn what is left out is chosen among the records of this person */
export function Choices({ draft, set, asked, isOwn }: Editing & { readonly asked: AskedTerms | undefined; readonly isOwn: boolean }) {
  return (
    <div class="stack-l">
      <May draft={draft} set={set} />
      <What draft={draft} set={set} />
      <Until draft={draft} set={set} />
      <Why draft={draft} set={set} asked={asked} />
      {isOwn && draft.actions.includes('read') && <LeaveOut draft={draft} set={set} />}
    </div>
  );
}

const MAYS = { both: ['read', 'write'], read: ['read'], write: ['write'] } as const;

function May({ draft: { actions }, set }: Editing) {
  const { r } = useRecordsWords();
  const value = actions.length > 1 ? 'both' : (actions[0] ?? 'both');
  return <div id="may" tabIndex={-1}><Radios legend={r.share.may} name="may" value={value} onChoose={(may) => set({ actions: MAYS[may] })} options={(['both', 'read', 'write'] as const).map((may) => ({ value: may, label: r.share.mays[may] }))} /></div>;
}

function What({ draft: { actions, categories }, set }: Editing) {
  const { r, kindOf } = useRecordsWords();
  const ordinary: readonly Category[] = categories.filter((category) => category !== 'sensitive');
  const isEverything = ordinary.length === ORDINARY_CATEGORIES.length;
  const [isChoosing, setChoosing] = useState(!isEverything);
  const isSensitive = categories.includes('sensitive');
  const choose = (list: readonly Category[]) => set({ categories: [...list, ...(isSensitive ? ['sensitive' as const] : [])] });
  return (
    <div class="stack" id="what" tabIndex={-1}>
      <Radios
        legend={actions.includes('read') ? r.share.what : r.share.whatWrite} name="what" value={isChoosing ? 'choose' : 'everything'} options={[{ value: 'everything', label: r.share.everything }, { value: 'choose', label: r.share.choose }]}
        onChoose={(way) => { setChoosing(way === 'choose'); if (way === 'everything') choose(ORDINARY_CATEGORIES); }}
      />
      {isChoosing && <fieldset class="field"><legend class="unseen">{r.share.choose}</legend><div class="choices kinds">{ORDINARY_CATEGORIES.map((category) => <Checkbox key={category} label={kindOf(category)} checked={ordinary.includes(category)} onChange={() => choose(toggled(ordinary, category))} />)}</div></fieldset>}
      <div class="apart"><Checkbox label={r.share.sensitive} hint={r.share.sensitiveHint} checked={isSensitive} onChange={() => set({ categories: toggled(categories, 'sensitive') })} /></div>
    </div>
  );
}

/** The end of a day, where the person is. */
const endOfDay = (day: string): UnixSeconds => Math.floor(new Date(`${day}T23:59:59`).getTime() / 1000) as UnixSeconds;
const dayOf = (time: number): string => {
  const at = new Date(time * 1000);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
};
const lastOf = (until: number): Last => (Object.keys(LASTS) as (keyof typeof LASTS)[]).find((last) => Math.abs(until - secondsNow() - LASTS[last]) < 600) ?? 'date';

function Until({ draft: { until }, set }: Editing) {
  const { r } = useRecordsWords();
  const [last, setLast]: [Last, Dispatch<StateUpdater<Last>>] = useState<Last>(() => lastOf(until));
  const choose = (next: Last) => {
    setLast(next);
    if (next !== 'date') set({ until: (secondsNow() + LASTS[next]) as UnixSeconds });
  };
  const setDay = (day: string) => {
    if (/^\d{4}-\d\d-\d\d$/.test(day)) set({ until: endOfDay(day) });
  };
  return (
    <div class="stack">
      <Radios legend={r.share.how} name="last" value={last} onChoose={choose} options={(['day', 'week', 'month', 'year', 'date'] as const).map((each) => ({ value: each, label: r.share.lasts[each] }))} />
      {last === 'date' && <Field id="last-day" type="date" size="m" label={r.share.lastDay} min={dayOf(secondsNow())} value={dayOf(until)} onInput={(event) => setDay(event.currentTarget.value)} />}
    </div>
  );
}

/** What was asked for, and treatment where nobody asked; the others for whoever wants them. */
function Why({ draft: { purposes }, set, asked }: Editing & { readonly asked: AskedTerms | undefined }) {
  const { r, whyOf } = useRecordsWords();
  const [first] = useState(() => [...new Set([...(asked?.purposes ?? ['TREAT' as const, 'CAREMGT' as const]), ...purposes])]);
  const rest = asked ? [] : PURPOSES.filter((purpose) => !first.includes(purpose));
  const line = (purpose: (typeof PURPOSES)[number]) => <Checkbox key={purpose} label={whyOf(purpose)} checked={purposes.includes(purpose)} onChange={() => set({ purposes: toggled(purposes, purpose) })} />;
  return (
    <fieldset class="field" id="why" tabIndex={-1}>
      <legend>{r.share.why}</legend>
      <div class="choices">{first.map(line)}</div>
      {rest.length > 0 && <details class="more wide"><summary>{r.share.otherWhy}</summary><div class="choices">{rest.map(line)}</div></details>}
    </fieldset>
  );
}

function LeaveOut({ draft, set }: Editing) {
  const { r, authorOf, dates } = useRecordsWords();
  const shelf = usePart(useRecords().shelf).value;
  const records = nameable(shelf?.records ?? []);
  const authors = [...new Set(records.map(({ meta }) => meta.author))];
  const isUsed = draft.dates.from !== undefined || draft.dates.until !== undefined || draft.except.records.length > 0 || draft.except.authors.length > 0;
  const setDate = (end: 'from' | 'until', day: string) => set({ dates: { ...draft.dates, [end]: day === '' ? undefined : day } });
  return (
    <details class="more" open={isUsed}>
      <summary>{r.share.narrower}</summary>
      <div class="stack-l">
        <Field id="from-day" type="date" size="m" label={r.share.from} value={draft.dates.from ?? ''} onInput={(event) => setDate('from', event.currentTarget.value)} />
        <Field id="to-day" type="date" size="m" label={r.share.to} value={draft.dates.until ?? ''} onInput={(event) => setDate('until', event.currentTarget.value)} />
        {authors.length > 0 && (
          <fieldset class="field">
            <legend>{r.share.authors}</legend>
            <div class="choices">{authors.map((author) => <Checkbox key={author} label={<bdi>{isAddress(author) ? authorOf(author, shelf?.authors ?? new Map()) : r.share.meMyself}</bdi>} checked={draft.except.authors.includes(author)} onChange={() => set({ except: { ...draft.except, authors: toggled(draft.except.authors, author) } })} />)}</div>
          </fieldset>
        )}
        {records.length > 0 && (
          <fieldset class="field">
            <legend>{r.share.records}</legend>
            <div class="choices record-choices">
              {records.map((record) => <Checkbox key={record.meta.id} label={<><bdi>{isRead(record) ? plainTitle(record.resource) : ''}</bdi> <span class="small soft figures">{dates.day(record.meta.date)}</span></>} checked={isExcepted(draft, record.meta.id)} onChange={() => set({ except: { ...draft.except, records: toggled(draft.except.records, record.meta.id) } })} />)}
            </div>
          </fieldset>
        )}
      </div>
    </details>
  );
}
