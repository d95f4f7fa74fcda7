// Events: the list, a new one, one of them. `#/events`, `#/events/new`, `#/events/<id>`.
import { usePlace } from '#faces/navigation.ts';
import { EventForm } from './event-form.tsx';
import { EventList } from './event-list.tsx';
import { EventView } from './event-view.tsx';

export function EventsPage() {
  const { path: [, id] } = usePlace();
  if (id === undefined) return <EventList />;
  return id === 'new' ? <EventForm /> : <EventView key={id} id={id} />;
}
