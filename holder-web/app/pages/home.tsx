// The certificates of a person as cards, and what needs attention.
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Mark } from '#faces/parts/mark.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Alert, Holdings } from '#wallet-app/states.ts';
import { CardLink } from '../parts/card.tsx';
import { titleOfEvent } from '../parts/event-words.ts';
import { nameOf } from '../parts/names.ts';
import { useWords } from '../speech.tsx';

export function HomePage({ held }: { readonly held: Holdings }) {
  const { w, say } = useWords();
  const { person, people, cards } = held;
  return (
    <Screen title={people.length > 1 && person.name !== '' ? say(w.home.titleOf, { name: person.name }) : w.home.title} tab={w.home.title}>
      <Alerts held={held} />
      {cards.length === 0 ? <Empty /> : <ul class="passes" aria-label={w.home.title}>{cards.map((card) => <CardLink key={card.id} card={card} />)}</ul>}
      {cards.length > 0 && <p><ButtonLink wide kind="secondary" href={to('add')}>{w.home.emptyAdd}</ButtonLink></p>}
    </Screen>
  );
}

const Empty = () => {
  const { w } = useWords();
  return (
    <div class="empty">
      <h2>{w.home.empty}</h2>
      <p>{w.home.emptyText}</p>
      <p><ButtonLink href={to('add')}>{w.home.emptyAdd}</ButtonLink></p>
    </div>
  );
};

function Alerts({ held }: { readonly held: Holdings }) {
  const { w } = useWords();
  if (held.alerts.length === 0) return null;
  return (
    <section aria-label={w.alerts.title}>
      <ul class="alerts">{held.alerts.map((alert) => <li key={`${alert.person}${alert.credential}`}><AlertLine alert={alert} held={held} /></li>)}</ul>
    </section>
  );
}

/** In a line; the page of the certificate says what it means. One of another person names them, and leads there by way of the choice of people. */
function AlertLine({ alert, held }: { readonly alert: Alert; readonly held: Holdings }) {
  const speech = useWords();
  const { w, dates } = speech;
  const card = held.cards.find(({ id }) => id === alert.credential);
  const person = held.people.find(({ id }) => id === alert.person) ?? held.person;
  const kind = alert.kind === 'expiring' || alert.kind === 'suspended' ? 'warn' : 'bad';
  const says = w.status[alert.kind === 'issuer-removed' || alert.kind === 'issuer-suspended' ? 'issuer' : alert.kind];
  return (
    <a class="alert" data-kind={kind} href={card ? to('record', card.id) : to('people')}>
      <Mark kind={kind} />
      <span><bdi class="strong">{card ? titleOfEvent(card.event, speech) : nameOf(person, held, w.home.me, w.people.unnamed)}</bdi>: {says}{alert.at !== undefined && <> · <span class="figures">{dates.date(alert.at)}</span></>}</span>
    </a>
  );
}
