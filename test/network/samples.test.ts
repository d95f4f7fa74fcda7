import { describe, expect, test } from 'vitest';
import { parseFhir } from '#formats/fhir/index.ts';
import { sampleBundle, sampleChildBundle, sampleImmunization } from '#network/samples/index.ts';
import { parseBirthDate } from '#passport/birth-date.ts';
import { productByIndex } from '#passport/codes/index.ts';
import { mrzName } from '#passport/name.ts';
import { dayOf } from '#passport/time.ts';

// Now, a leap day, the turn of a year, and long after.
const TIMES = [Date.UTC(2026, 10, 22, 12), Date.UTC(2028, 1, 29, 0, 30), Date.UTC(2027, 0, 1), Date.UTC(2060, 5, 30, 23, 59, 59)].map((time) => time / 1000);

describe.each(TIMES)('samples at %i', (now) => {
  const { events, refused, patient } = parseFhir(sampleBundle(now), { now });
  const ages = (kind: string) => events.filter(({ event }) => event.kind === kind).map(({ event }) => Math.round((now - event.time) / 86_400));

  test('the adult has every kind of event that the policies ask for', () => {
    expect(refused).toEqual([]);
    expect(events.map(({ event }) => [event.kind, productByIndex(event.product)?.id ?? '', event.dose, event.series, event.result])).toEqual([
      ['vaccination', 'comirnaty-original', 1, 2, 'none'], ['vaccination', 'comirnaty-original', 2, 2, 'none'], ['vaccination', 'stamaril', 1, 1, 'none'],
      ['vaccination', 'mmr', 1, 2, 'none'], ['vaccination', 'mmr', 2, 2, 'none'], ['vaccination', 'td', 4, 4, 'none'],
      ['test', '', 0, 0, 'notDetected'], ['test', '', 0, 0, 'detected'], ['recovery', '', 0, 0, 'none'],
    ]);
    for (const { event } of events) expect(event.person).toBe(patient);
    expect(mrzName(patient!.family, patient!.given)).toBe('SPECIMEN<<ERIKA<UTOPIA');
  });
  test('the events are as old as the policies of today and of later ask', () => {
    expect(ages('vaccination').slice(0, 2).every((days) => days > 14 && days < 270)).toBe(true);
    expect(ages('test')).toEqual([0, 110]);
    expect(ages('recovery')[0]).toBeGreaterThan(109);
    expect(dayOf(now) - parseBirthDate(patient!.birthDate, { now })).toBeGreaterThan(410_000);
  });
  test('the child is a child, with one dose', () => {
    const child = parseFhir(sampleChildBundle(now), { now });
    expect(child.events.map(({ event }) => event.dose)).toEqual([1]);
    expect(dayOf(now) - parseBirthDate(child.patient!.birthDate, { now })).toBeLessThan(180_000);
  });
  test('the single vaccination brings its patient and its clinic', () => {
    const { event } = parseFhir(JSON.stringify(sampleImmunization(now)), { now }).events[0]!;
    expect(event).toMatchObject({ disease: 16541001n, country: 'AT', performer: 'Clinic of Utopia (invented)', person: patient });
  });
});
