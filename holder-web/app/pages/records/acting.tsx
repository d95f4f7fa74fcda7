// Somebody changes for another person what a doctor or clinic may see: the same choice, without that person's records.
import { useState } from 'preact/hooks';
import { secondsNow } from '#faces/device.ts';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Failure } from '#wallet-app/failure.ts';
import { draftOfPolicy, faultsOf, previewOf } from '#wallet-app/records/drafts.ts';
import type { ShareDraft } from '#wallet-app/records/states.ts';
import type { TrustedView } from '#wallet-app/records/trusted.ts';
import { useAttempt } from '../../parts/attempt.ts';
import { useNow } from '../../wallet-context.tsx';
import { Choices } from './choices.tsx';
import { FIELDS } from './choose.tsx';
import { useRecords, useRecordsWords } from './context.tsx';
import { PolicyText } from './policy-words.tsx';

type Acting = TrustedView['mandates'][number];
const OVER: ReadonlySet<string> = new Set(['record-unknown', 'forbidden', 'consent-over', 'not-authorised']);

export function ActingFailed({ failed }: { readonly failed: Failure }) {
  const { r, failure } = useRecordsWords();
  return <Notice kind="bad" alert>{OVER.has(failed.code) ? r.trusted.mandateOver : failure(failed)}</Notice>;
}

/** What was begun stays on the page although the mandate ends meanwhile: then the page says so. */
export function ActingPage({ view, id }: { readonly view: TrustedView; readonly id: string | undefined }) {
  const { r } = useRecordsWords();
  const [mandate] = useState(() => view.mandates.find(({ relationship }) => relationship === id));
  if (!mandate) return <Screen title={r.trusted.changeFor} back={to('trusted')}><Notice kind="warn">{r.trusted.mandateOver}</Notice></Screen>;
  return <ActingForm mandate={mandate} />;
}

function ActingForm({ mandate }: { readonly mandate: Acting }) {
  const { r, say, memberOf } = useRecordsWords();
  const { trusted } = useRecords();
  const now = useNow();
  const [draft, setDraft] = useState(() => draftOfPolicy(mandate.policy));
  const [failed, attempt] = useAttempt();
  const [tried, setTried] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const who = memberOf(mandate.member);
  const faults = faultsOf(draft, secondsNow());
  const save = async () => {
    setTried(tried + 1);
    if (faults.length > 0 || isBusy) return;
    setBusy(true);
    if (await attempt(() => trusted.changeFor(mandate, draft))) location.hash = to('trusted');
    setBusy(false);
  };
  return (
    <Screen title={r.trusted.changeFor} tab={r.trusted.title} back={to('trusted')}>
      <p>{say(r.trusted.changeForText, { who })}</p>
      <Choices draft={draft} set={(change: Partial<ShareDraft>) => setDraft((before) => ({ ...before, ...change }))} asked={undefined} isOwn={false} />
      {tried > 0 && <ErrorSummary tried={tried} errors={faults.map((fault) => ({ field: FIELDS[fault], says: r.share.faults[fault] }))} />}
      {faults.length === 0 && <section class="saying-box stack-s" aria-label={r.share.confirmChange} aria-live="polite"><PolicyText says={previewOf(draft, mandate.recipient, [], now).says} who={who} now={now} /></section>}
      {failed && <ActingFailed failed={failed} />}
      <Button wide busy={isBusy} onClick={() => void save()}>{r.share.confirmChange}</Button>
    </Screen>
  );
}
