// The events of the organisation, the next ones first.
import { useEffect, useState } from 'preact/hooks';
import { to } from '#faces/navigation.ts';
import { ButtonLink } from '#faces/parts/button.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { problemFrom } from '#faces/staff/problem.ts';
import type { Staff } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { errorInWords } from '#faces/words/sentences/index.ts';
import { useSentences } from '../parts/hooks.ts';
import { WithStaff } from '../parts/with-staff.tsx';
import type { Words } from '../words/index.ts';
import { listEvents, localDay, type VenueEvent } from './service.ts';

export function EventList() {
  const { w: { rules: { events: words } } } = useSpeech<Words>();
  return (
    <Screen title={words.title}>
      <p>{words.text}</p>
      <WithStaff>{(_me, staff) => <List staff={staff} />}</WithStaff>
    </Screen>
  );
}

function List({ staff }: { readonly staff: Staff }) {
  const { w: { rules: { events: words } }, shared } = useSpeech<Words>();
  const sentences = useSentences();
  const [events, setEvents] = useState<readonly VenueEvent[]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => void listEvents(staff).then(setEvents, (error: unknown) => setFailure(problemFrom(error).code)), [staff]);
  if (failure !== undefined && sentences) return <Notice kind="bad" alert>{errorInWords(failure, sentences)}</Notice>;
  if (!events) return <p role="status">{shared.loading}</p>;
  return (
    <>
      <p><ButtonLink href={to('events', 'new')}>{words.create}</ButtonLink></p>
      {events.length === 0 && <p class="soft">{words.none}</p>}
      <ul class="cards">{events.map((event) => <EventCard key={event.id} event={event} />)}</ul>
    </>
  );
}

function EventCard({ event }: { readonly event: VenueEvent }) {
  const { w: { rules: { events: words } }, dates } = useSpeech<Words>();
  const days = event.days.map(({ day }) => day);
  const today = localDay(new Date());
  return (
    <li class="card">
      <h2 class="card-title"><a href={to('events', event.id)}>{event.name}</a></h2>
      <p class="row">
        <span class="soft">{days.length === 1 ? dates.day(days[0]!) : `${dates.day(days[0]!)} – ${dates.day(days.at(-1)!)}`}</span>
        {days.includes(today) && <Tag kind="good">{words.today}</Tag>}
        {days.at(-1)! < today && <Tag>{words.over}</Tag>}
      </p>
    </li>
  );
}
