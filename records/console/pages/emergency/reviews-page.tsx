// What a professional body looks at afterwards: each access, and what it found.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Radios } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { ReviewableEmergency } from '#records/client/emergency/review.ts';
import { EMERGENCY_FINDINGS, type EmergencyFinding } from '#records/model/emergency/codes.ts';
import { useDesk, useDoing, useLoad } from '../../desk-context.tsx';
import { Name } from '../../parts/name.tsx';
import { Confirm, Loaded } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { Facts, StateTag } from './emergency-page.tsx';

export function ReviewsPage() {
  const { w } = useWords();
  const desk = useDesk();
  const list = useLoad(async () => (await desk.urgent.reviews()).list(), []);
  const [reviewing, setReviewing] = useState<ReviewableEmergency>();
  const [isTold, setTold] = useState(false);
  const done = () => {
    setReviewing(undefined);
    setTold(true);
    list.reload();
  };
  return (
    <Screen title={w.places.reviews}>
      <p>{w.reviews.lead}</p>
      {isTold && <div role="status"><Notice kind="good">{w.reviews.done}</Notice></div>}
      <Loaded of={list}>{(all) => (all.length === 0 ? <div class="empty"><p class="strong">{w.reviews.none}</p></div> : <ul class="cards">{all.map((one) => <One key={one.id} one={one} onReview={() => setReviewing(one)} />)}</ul>)}</Loaded>
      {reviewing && <Review one={reviewing} onClose={() => setReviewing(undefined)} onDone={done} />}
    </Screen>
  );
}

function One({ one, onReview }: { readonly one: ReviewableEmergency; readonly onReview: () => void }) {
  const { w, say, dates } = useWords();
  return (
    <li class="card">
      <div class="row-between"><h2 class="card-title">{w.emergency.reasons[one.reason]}</h2><StateTag of={one} /></div>
      <Facts>
        <dt>{w.emergency.by}</dt><dd><Name of={one.institution} /></dd>
        <dt>{w.emergency.at}</dt><dd>{dates.dateTime(one.askedAt)}</dd>
        <dt>{w.emergency.approvedBy}</dt><dd>{one.approvals.length === 0 ? '–' : one.approvals.map((each) => <p key={each}><Name of={each} /></p>)}</dd>
        <dt>{w.reviews.openedAt}</dt><dd>{one.openedAt === undefined ? w.reviews.neverOpened : `${dates.dateTime(one.openedAt)} · ${say(w.reviews.reads, { count: one.reads })}`}</dd>
      </Facts>
      {one.state !== 'reviewed' && <div class="row"><Button onClick={onReview}>{w.reviews.review}</Button></div>}
    </li>
  );
}

function Review({ one, onClose, onDone }: { readonly one: ReviewableEmergency; readonly onClose: () => void; readonly onDone: () => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [finding, setFinding] = useState<EmergencyFinding>();
  const act = async () => {
    if (finding === undefined) return;
    await (await desk.urgent.reviews()).review(one.id, finding);
    onDone();
  };
  return (
    <Confirm title={w.reviews.title} says={w.reviews.says} act={w.reviews.review} danger={false} isReady={finding !== undefined} doing={doing} onAct={act} onClose={onClose}>
      <Radios legend={w.reviews.finding} name="finding" value={finding} onChoose={setFinding} options={EMERGENCY_FINDINGS.map((value) => ({ value, label: w.emergency.findings[value] }))} />
    </Confirm>
  );
}
