// All that one certificate says, how it stands, and its removal.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Card, Holdings } from '#wallet-app/states.ts';
import { useAttempt } from '../parts/attempt.ts';
import { CardFace } from '../parts/card.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { detailsOf, kindOfEvent } from '../parts/event-words.ts';
import { Status } from '../parts/status.tsx';
import { useWords } from '../speech.tsx';
import { useOnline, useWallet } from '../wallet-context.tsx';

export function RecordPage({ held, id }: { readonly held: Holdings; readonly id: string }) {
  const speech = useWords();
  const card = held.cards.find((each) => each.id === id);
  if (!card) return <Screen title={speech.w.home.title} back={to()}><p>{speech.w.record.gone}</p></Screen>;
  return (
    <Screen title={kindOfEvent(card.event, speech)} tab={speech.w.home.title} back={to()}>
      {card.alert && <Notice kind={card.alert.kind === 'expiring' || card.alert.kind === 'suspended' ? 'warn' : 'bad'}>{speech.say(speech.w.alerts[card.alert.kind], { date: speech.dates.date(card.alert.at ?? 0) })}</Notice>}
      <div class="pass" data-kind={card.event.kind}><CardFace event={card.event} issuer={card.standing.issuerName} validUntil={card.standing.validUntil} /></div>
      <Details card={card} />
      <Standing card={card} held={held} />
      <Removal card={card} />
    </Screen>
  );
}

function Details({ card }: { readonly card: Card }) {
  const speech = useWords();
  return (
    <section class="stack-s">
      <h2>{speech.w.record.details}</h2>
      <dl class="facts lines">{detailsOf(card.event, speech).map(({ name, label, value }) => <div key={name}><dt>{label}</dt><dd><bdi>{value}</bdi></dd></div>)}</dl>
    </section>
  );
}

function Standing({ card, held }: { readonly card: Card; readonly held: Holdings }) {
  const { w, dates } = useWords();
  const { holdings } = useWallet();
  const isOnline = useOnline();
  const { issuerName, asOf } = card.standing;
  return (
    <section class="stack-s">
      <h2>{w.record.status}</h2>
      <p><Status card={card} /></p>
      {card.isBeingRenewed && <p>{w.card.renewing}</p>}
      <dl class="facts lines">
        {issuerName !== undefined && <div><dt>{w.record.provider}</dt><dd><bdi>{issuerName}</bdi></dd></div>}
        {asOf && <div><dt>{w.record.checkedAt}</dt><dd>{dates.dateTime(asOf.syncedAt)}</dd></div>}
        {asOf && <div><dt>{w.record.provedBy}</dt><dd>{dates.dateTime(asOf.finalizedAt)}</dd></div>}
        <div><dt>{w.record.received}</dt><dd>{dates.date(card.receivedAt)}</dd></div>
      </dl>
      {isOnline && <p><Button kind="secondary" busy={held.trust.isFetching} onClick={() => void holdings.refresh()}>{held.trust.isFetching ? w.record.checking : w.record.checkNow}</Button></p>}
    </section>
  );
}

function Removal({ card }: { readonly card: Card }) {
  const { w, failure } = useWords();
  const [failed, attempt] = useAttempt();
  const { holdings } = useWallet();
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    if (await attempt(() => holdings.removeCard(card.person, card.id))) go(to(), { replace: true });
  };
  return (
    <div class="stack-s">
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <div><Button kind="quiet" onClick={() => setAsking(true)}>{w.record.remove}</Button></div>
      {isAsking && <Confirm title={w.record.removeTitle} text={w.record.removeText} yes={w.record.remove} onYes={() => void remove()} onNo={() => setAsking(false)} />}
    </div>
  );
}
