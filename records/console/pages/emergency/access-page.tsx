// One access of one's hospital: waits for approvals, opens by itself, shows what the patient laid ready, and ends.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { OpenedEmergency, OwnEmergency } from '#records/client/emergency/institution.ts';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { CATEGORIES } from '#records/model/record.ts';
import { factsOf } from '../../desk/facts.ts';
import { useDesk, useDoing, useLoad, useNews } from '../../desk-context.tsx';
import { Name } from '../../parts/name.tsx';
import { Confirm, Loaded, Wrong } from '../../parts/parts.tsx';
import { useWords } from '../../speech.tsx';
import { AuthorTag, FactText, titleInWords } from '../record/read-parts.tsx';
import { Facts, StateTag } from './emergency-page.tsx';

/** Milliseconds until it is tried again whether the last part has come. */
const SOON = 1000;

export function AccessPage({ id }: { readonly id: string }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const [isOpen, setOpen] = useState(false);
  const round = useNews('emergency');
  const access = useLoad(async () => (await desk.urgent.hospital()).find(id), [id, isOpen ? 0 : round]);
  return (
    <Screen title={w.places.emergency} back={to('emergency')} wide>
      <Loaded of={access}>{(one) => (
        <>
          <div class="row-between"><h2>{w.emergency.reasons[one.reason]}</h2><StateTag of={one} /></div>
          <Facts>
            <dt>{w.emergency.by}</dt><dd><Name of={one.institution} /></dd>
            <dt>{w.emergency.at}</dt><dd>{dates.dateTime(one.askedAt)}</dd>
            <dt>{w.emergency.until}</dt><dd>{dates.dateTime(one.until)}</dd>
            {one.approvals.length > 0 && <><dt>{w.emergency.approvedBy}</dt><dd>{one.approvals.map((each) => <p key={each}><Name of={each} /></p>)}</dd></>}
          </Facts>
          {one.state === 'asked' && <div role="status"><Notice kind="warn" title={w.emergency.waits}><p>{say(w.emergency.approvals, { have: one.approvals.length, needed: one.needed })}. {w.emergency.waitsSays}</p></Notice></div>}
          {(one.state === 'ended' || one.state === 'reviewed') && <div role="status"><Notice>{w.emergency.over}</Notice></div>}
          {one.state === 'released' && <Opened access={one} onOpen={() => setOpen(true)} onEnd={() => { setOpen(false); access.reload(); }} />}
        </>
      )}</Loaded>
    </Screen>
  );
}

type Reading = { readonly opened: OpenedEmergency; readonly records: readonly OpenedRecord[] };

function Opened({ access, onOpen, onEnd }: { readonly access: OwnEmergency; readonly onOpen: () => void; readonly onEnd: () => void }) {
  const { w, say, dates } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const [reading, setReading] = useState<Reading>();
  const [isEnding, setEnding] = useState(false);
  const open = () => doing.run(async () => {
    const opened = await (await desk.urgent.hospital()).open(access.id);
    setReading({ opened, records: await opened.readAll() });
    onOpen();
  });
  useEffect(() => { void open(); }, [access.id]);
  // The last part may be on its way.
  const isOnItsWay = doing.failure?.code === 'emergency-waiting';
  useEffect(() => {
    if (!isOnItsWay) return;
    const timer = setTimeout(() => void open(), SOON);
    return () => clearTimeout(timer);
  }, [isOnItsWay]);
  if (isOnItsWay) return <p role="status"><Button kind="secondary" busy={doing.busy} onClick={() => void open()}>{w.emergency.waits}</Button></p>;
  if (!reading) return doing.failure ? <Wrong failure={doing.failure} again={() => void open()} /> : <p class="waiting" role="status">{w.emergency.reading}</p>;
  const { opened: { about, categories }, records } = reading;
  return (
    <>
      <section class="stack-s">
        <h2>{w.emergency.who}</h2>
        <p class="lead strong">{about.name === undefined ? w.emergency.nameless : <Text>{about.name}</Text>}{about.birthDate !== undefined && <span class="regular"> · {say(w.patients.born, { date: dates.day(about.birthDate) })}</span>}</p>
      </section>
      <section class="stack">
        <h2>{w.emergency.records}</h2>
        {records.length === 0 && <p class="soft">{say(w.emergency.empty, { categories: dates.list(categories.map((category) => w.categories[category])) })}</p>}
        {CATEGORIES.filter((category) => records.some(({ meta }) => meta.category === category)).map((category) => (
          <div key={category} class="stack-s">
            <h3>{w.categories[category]}</h3>
            <ol class="entries">{records.filter(({ meta }) => meta.category === category).map((record) => <Entry key={record.meta.id} record={record} />)}</ol>
          </div>
        ))}
      </section>
      <div class="row"><Button kind="danger" onClick={() => setEnding(true)}>{w.emergency.end}</Button></div>
      {isEnding && <Ending id={access.id} onClose={() => setEnding(false)} onEnd={() => { setReading(undefined); onEnd(); }} />}
    </>
  );
}

function Ending({ id, onClose, onEnd }: { readonly id: string; readonly onClose: () => void; readonly onEnd: () => void }) {
  const { w } = useWords();
  const desk = useDesk();
  const doing = useDoing();
  const end = async () => {
    await (await desk.urgent.hospital()).end(id);
    onClose();
    onEnd();
  };
  return <Confirm title={w.emergency.endTitle} says={w.emergency.endSays} act={w.emergency.end} doing={doing} onAct={end} onClose={onClose} />;
}

function Entry({ record }: { readonly record: OpenedRecord }) {
  const { w, dates } = useWords();
  const facts = isRead(record) ? factsOf(record.resource) : [];
  return (
    <li class="entry">
      <time class="entry-date soft" dateTime={record.meta.date}>{dates.day(record.meta.date)}</time>
      <span class="entry-what">
        <strong>{isRead(record) ? <Text>{titleInWords(record.resource)}</Text> : w.item.broken}</strong>
        {facts.map((fact) => <span key={fact.name} class="small"><br /><span class="soft">{w.facts[fact.name]}:</span> {fact.says.map((text) => <span key={text}><FactText fact={fact} text={text} /> </span>)}</span>)}
      </span>
      <AuthorTag record={record} />
    </li>
  );
}
