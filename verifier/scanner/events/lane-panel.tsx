// This device as a lane of an event: what it has noted, and what it cannot know while it has no network.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { thrownInWords } from '#faces/words/sentences/index.ts';
import { useValue } from '#faces/value.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { useSentences } from '../parts/hooks.ts';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { openLane } from './entry-book.ts';
import { openLaneTable } from './indexed-table.ts';
import { listLanes, removeLane, saveLane, type LaneSetup } from './lane-list.ts';
import type { LaneTable } from './lane-table.ts';
import type { LaneState } from './lane.ts';
import { dayNow, localDay, setupOf, type VenueEvent } from './service.ts';

const SYNC_EVERY = 10_000;

export function LanePanel({ event }: { readonly event: VenueEvent }) {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  const [table, setTable] = useState<LaneTable>();
  const [setup, setSetup] = useState<LaneSetup | undefined | 'loading'>('loading');
  useEffect(() => {
    const load = async () => {
      const opened = await openLaneTable();
      setTable(opened);
      setSetup((await listLanes(opened)).find((lane) => lane.event === event.id));
    };
    void load();
  }, [event]);
  if (!table || setup === 'loading') return null;
  return (
    <>
      {!table.lasting && <Notice kind="warn">{words.fleeting}</Notice>}
      {setup ? <Running {...{ table, setup, event }} onStop={() => void removeLane(table, setup).then(() => setSetup(undefined))} /> : <Starting {...{ table, event }} onStart={setSetup} />}
    </>
  );
}

function Starting({ table, event, onStart }: { readonly table: LaneTable; readonly event: VenueEvent; readonly onStart: (setup: LaneSetup) => void }) {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  const { settings } = useScanner();
  const { lane: before } = useValue(settings);
  const [lane, setLane] = useState(before.slice(0, 40));
  const [tried, setTried] = useState(false);
  const start = async () => {
    setTried(true);
    if (lane.trim() === '') return;
    const setup = setupOf(event, lane.trim());
    await saveLane(table, setup);
    settings.change({ lane: setup.lane, venue: event.audience, rule: event.rule, event: dayNow(event, localDay(new Date())).event });
    onStart(setup);
  };
  return (
    <form class="card" noValidate onSubmit={(submitted) => { submitted.preventDefault(); void start(); }}>
      <Field label={words.laneName} hint={words.laneHint} maxLength={40} value={lane} error={tried && lane.trim() === '' ? words.missing : undefined} onInput={({ currentTarget }) => setLane(currentTarget.value)} />
      <p><Button type="submit">{words.start}</Button></p>
    </form>
  );
}

function Running({ table, setup, event, onStop }: { readonly table: LaneTable; readonly setup: LaneSetup; readonly event: VenueEvent; readonly onStop: () => void }) {
  const { w: { rules: { events: words } }, say, shared } = useSpeech<Words>();
  const { settings } = useScanner();
  const [asks, setAsks] = useState(false);
  const { state, failure, sync } = useLane(table, setup);
  const { event: asked } = useValue(settings);
  const today = dayNow(event, localDay(new Date())).event;
  // An event of several days asks for the mark of each day.
  useEffect(() => { if (asked !== today && event.days.some((day) => day.event === asked)) settings.change({ event: today }); }, [asked, today]);
  const stop = () => {
    if (settings.get().event?.startsWith(event.name)) settings.change({ event: undefined });
    onStop();
  };
  return (
    <section class="card" aria-label={setup.lane}>
      <p class="strong">{words.started} {setup.lane}</p>
      {state && <Standing state={state} failure={failure} />}
      <p class="row">
        <ButtonLink href={to()}>{words.scan}</ButtonLink>
        <Button kind="secondary" onClick={sync}>{words.sync}</Button>
        <Button kind="quiet" onClick={() => setAsks(true)}>{words.stop}</Button>
      </p>
      {asks && (
        <Dialog title={words.stop} onClose={() => setAsks(false)}>
          <p>{words.stopSure}</p>
          {state && state.unsent > 0 && <Notice kind="warn">{say(words.unsent, { count: state.unsent })}</Notice>}
          <div class="row"><Button kind="danger" onClick={stop}>{words.stop}</Button><Button kind="quiet" onClick={() => setAsks(false)}>{shared.cancel}</Button></div>
        </Dialog>
      )}
    </section>
  );
}

function useLane(table: LaneTable, setup: LaneSetup) {
  const lane = useMemo(() => openLane(table, setup), [table, setup]);
  const [state, setState] = useState<LaneState>();
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    const turnOver = async () => {
      const failed = await lane.sync().then(() => undefined, (error: unknown) => error);
      const next = await lane.state();
      if (!current) return;
      setFailure(failed);
      setState(next);
      timer = setTimeout(() => void turnOver(), SYNC_EVERY);
    };
    void turnOver();
    return () => { current = false; clearTimeout(timer); };
  }, [lane, turn]);
  return { state, failure, sync: () => setTurn((count) => count + 1) };
}

function Standing({ state: { unsent, doubles, heardAt }, failure }: { readonly state: LaneState; readonly failure: unknown }) {
  const { w: { rules: { events: words } }, say, dates } = useSpeech<Words>();
  const sentences = useSentences();
  return (
    <div role="status" class="stack-s">
      {failure === undefined
        ? <Notice kind="good">{words.inTouch}</Notice>
        : <Notice kind="warn" title={heardAt === undefined ? words.blindAll : say(words.blind, { time: dates.time(heardAt) })}>{sentences && <p>{thrownInWords(failure, sentences)}</p>}</Notice>}
      {unsent > 0 && <p>{say(words.unsent, { count: unsent })}</p>}
      {doubles.length > 0 && (
        <Notice kind="warn" title={say(words.doubles, { count: doubles.length })}>
          <ul>{doubles.map(({ sequence, at, earlier }) => <li key={sequence}>{dates.time(at)}: {earlier ? say(words.letInTwice, { lane: earlier.lane === '' ? words.service : earlier.lane, time: dates.time(earlier.at) }) : words.letInElsewhere}</li>)}</ul>
        </Notice>
      )}
    </div>
  );
}
