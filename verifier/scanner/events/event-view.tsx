// One event: how many entered, over time and by lane, the code for wallets, and this device as a lane of it.
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { problemFrom } from '#faces/staff/problem.ts';
import type { Staff } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { errorInWords, ruleInWords, titleOf, type Sentences } from '#faces/words/sentences/index.ts';
import { encodeRequestText } from '#formats/rule/index.ts';
import { POLICIES } from '#passport/policies/index.ts';
import { useSentences } from '../parts/hooks.ts';
import { WithStaff } from '../parts/with-staff.tsx';
import { useKnownRule } from '../rules/rule-view.tsx';
import type { Words } from '../words/index.ts';
import { CountsView } from './counts-view.tsx';
import { LanePanel } from './lane-panel.tsx';
import { dayNow, deleteEvent, localDay, readCounts, readEvent, type Counts, type VenueEvent } from './service.ts';

const COUNT_EVERY = 5000;

export function EventView({ id }: { readonly id: string }) {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  const [event, setEvent] = useState<VenueEvent>();
  return (
    <Screen key={event?.name} title={event?.name ?? words.title} back={to('events')}>
      <WithStaff>{(_me, staff) => <Loaded {...{ id, staff, event, setEvent }} />}</WithStaff>
    </Screen>
  );
}

function Loaded({ id, staff, event, setEvent }: { readonly id: string; readonly staff: Staff; readonly event: VenueEvent | undefined; readonly setEvent: (event: VenueEvent) => void }) {
  const { shared } = useSpeech();
  const sentences = useSentences();
  const [failure, setFailure] = useState<string>();
  useEffect(() => void readEvent(staff, id).then(setEvent, (error: unknown) => setFailure(problemFrom(error).code)), [staff, id]);
  if (failure !== undefined && sentences) return <Notice kind="bad" alert>{errorInWords(failure, sentences)}</Notice>;
  if (!event || !sentences) return <p role="status">{shared.loading}</p>;
  return <Whole {...{ event, staff, sentences }} />;
}

function Whole({ event, staff, sentences }: { readonly event: VenueEvent; readonly staff: Staff; readonly sentences: Sentences }) {
  const { dates } = useSpeech<Words>();
  const counts = useCounts(staff, event.id);
  const [id, version] = event.rule.split('@') as [string, string]; // the service writes both
  const policy = useKnownRule({ id, version: Number(version) });
  return (
    <>
      <p class="soft">{event.days.map(({ day }) => dates.day(day)).join(' · ')} · {event.audience}</p>
      {counts && <CountsView counts={counts} capacity={event.capacity} />}
      <LanePanel event={event} />
      {policy && <><h2>{titleOf(policy, sentences)}</h2><p>{ruleInWords(policy, sentences, { once: true }).proves}</p></>}
      <VenueCode event={event} />
      <Remove event={event} staff={staff} />
    </>
  );
}

/** Anew while the page is seen. */
function useCounts(staff: Staff, id: string): Counts | undefined {
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const load = async () => {
      if (!document.hidden) await readCounts(staff, id).then((read) => current && setCounts(read), () => undefined);
      if (current) timer = setTimeout(() => void load(), COUNT_EVERY);
    };
    void load();
    return () => { current = false; clearTimeout(timer); };
  }, [staff, id]);
  return counts;
}

/** What hangs at the entrance: who asks, for what, and for which event and day. A rule that does not ship with wallets goes with it, signed. */
function VenueCode({ event }: { readonly event: VenueEvent }) {
  const { w: { rules: { events: words, view } }, say } = useSpeech<Words>();
  const [text, setText] = useState<string>();
  const { event: shown } = dayNow(event, localDay(new Date()));
  useEffect(() => {
    const draw = async () => {
      const [id, version] = event.rule.split('@') as [string, string];
      const isShipped = POLICIES.some((policy) => policy.id === id && policy.version === Number(version));
      const rule = isShipped ? undefined : ((await (await fetch(`/rules/${id}/${version}`)).json()) as { text?: string }).text;
      return encodeRequestText({ policy: event.rule, audience: event.audience, scope: { event: shown }, ...(rule !== undefined && { rule }) });
    };
    draw().then(setText, () => undefined);
  }, [event, shown]);
  if (text === undefined) return null;
  return (
    <section class="stack printed" aria-label={say(words.code, { event: shown })}>
      <h2>{shown}</h2>
      <p>{words.codeText}</p>
      <Code text={text} name={say(words.code, { event: shown })} />
      <p class="unprinted"><Button kind="secondary" onClick={() => print()}>{view.print}</Button></p>
    </section>
  );
}

function Remove({ event, staff }: { readonly event: VenueEvent; readonly staff: Staff }) {
  const { w: { rules: { events: words } }, shared } = useSpeech<Words>();
  const [asks, setAsks] = useState(false);
  const [failed, setFailed] = useState(false);
  return (
    <div class="unprinted">
      <Button kind="quiet" onClick={() => setAsks(true)}>{words.remove}</Button>
      {asks && (
        <Dialog title={words.removeSure} onClose={() => setAsks(false)}>
          <p>{words.removeText}</p>
          {failed && <Notice kind="bad" alert>{shared.errors.unexpected}</Notice>}
          <div class="row">
            <Button kind="danger" onClick={() => void deleteEvent(staff, event.id).then(() => go(to('events')), () => setFailed(true))}>{words.remove}</Button>
            <Button kind="quiet" onClick={() => setAsks(false)}>{shared.cancel}</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
