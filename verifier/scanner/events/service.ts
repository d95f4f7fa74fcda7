// What the service says of events.
import { z } from 'zod';
import type { Staff } from '#faces/staff/staff.ts';
import { scopeOf } from '#passport';
import type { LaneSetup } from './lane-list.ts';

const eventSchema = z.object({
  id: z.string(), name: z.string(), audience: z.string(), rule: z.string(), days: z.array(z.object({ day: z.string(), event: z.string() })).min(1), capacity: z.int().nullable(), endsAt: z.int(),
});
export type VenueEvent = z.infer<typeof eventSchema>;
const counted = { entries: z.int(), doubles: z.int() };
const countsSchema = z.object({
  ...counted, step: z.int(), steps: z.array(z.object({ at: z.int(), entries: z.int() })), lanes: z.array(z.object({ name: z.string(), seenAt: z.int(), ...counted })),
});
export type Counts = z.infer<typeof countsSchema>;

export const listEvents = async (staff: Staff): Promise<VenueEvent[]> => z.object({ events: z.array(eventSchema) }).parse(await staff.json('GET', '/events')).events;
export const readEvent = async (staff: Staff, id: string): Promise<VenueEvent> => eventSchema.parse(await staff.json('GET', `/events/${id}`));
export const readCounts = async (staff: Staff, id: string): Promise<Counts> => countsSchema.parse(await staff.json('GET', `/events/${id}/counts`));
export const createEvent = async (staff: Staff, body: object): Promise<VenueEvent> => eventSchema.parse(await staff.json('POST', '/events', { body }));
export const deleteEvent = (staff: Staff, id: string): Promise<unknown> => staff.call('DELETE', `/events/${id}`);

/** The day of an event that it is here now, or the next one; the last when all are over. */
export function dayNow({ days }: VenueEvent, today: string): VenueEvent['days'][number] {
  return days.find(({ day }) => day >= today) ?? days.at(-1)!; // an event has a day
}

export const localDay = (now: Date): string => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

export const setupOf = ({ id, name, audience, days, endsAt }: VenueEvent, lane: string): LaneSetup =>
  ({ event: id, name, lane, endsAt, scopes: days.map(({ event }) => scopeOf(audience, event).toString(16)) });
