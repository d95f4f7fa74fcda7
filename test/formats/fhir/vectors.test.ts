import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFhir, toFhir } from '#formats/fhir/index.ts';
import { productByIndex } from '#passport/codes/index.ts';
import { nameDigest } from '#passport/name.ts';
import { now, outcome } from './records.ts';

const vectors = process.env['HEALTHPASS_VECTORS'] ?? new URL('../../../../shared/vectors', import.meta.url).pathname;
const read = (path: string) => readFileSync(`${vectors}/${path}`);
const names = (path: string) => parseFhir(read(path), { now }).events.map(({ event }) => productByIndex(event.product)?.id ?? event.kind);

describe.skipIf(!existsSync(vectors))('parseFhir on public records (skipped without the public vectors)', () => {
  test.each([
    ['Alberto_Atencio_fc712d1f-5a2e-4407-9c55-a2a2bad623c2', 'Atencio', 7, 38], ['Blake_Eichmann_6c099f2d-1173-468d-b95f-4fbf960b3b55', 'Eichmann', 9, 52],
    ['Lemuel_Hodkiewicz_ece76cc5-d728-4ddd-a85d-a47de7d1649a', 'Hodkiewicz', 8, 58], ['Liz_Conn_27c911c6-f045-4ffa-af5d-6eba57ac94b2', 'Conn', 4, 37],
  ])('synthetic patient %s: every immunization is an event', (file, family, events, refused) => {
    const parsed = parseFhir(read(`synthea/${file}.json`), { now });
    expect(parsed.patient?.family).toBe(family);
    expect([parsed.events.length, parsed.refused.length]).toEqual([events, refused]);
    for (const { event } of parsed.events) {
      expect(event).toMatchObject({ kind: 'vaccination', country: 'US', person: parsed.patient });
      expect(event.performer).toBeDefined();
      expect(parseFhir(toFhir(event), { now }).events[0]!.event).toEqual(event);
    }
    expect(parsed.refused.some(({ field }) => field?.startsWith('Immunization'))).toBe(false);
    expect(nameDigest(parsed.patient!)).not.toBe(0n);
  });
  test('the list of synthetic patients is whole', () => expect(readdirSync(`${vectors}/synthea`)).toHaveLength(4));
  test('SMART Health Card examples', () => {
    for (const example of ['00', '01']) expect(names(`smart-health-cards/example-${example}-a-fhirBundle.json`)).toEqual(['spikevax-original', 'spikevax-original', 'spikevax-bivalent']);
  });
  test('the yellow fever certificate lacks the day of the vaccination, and the refusal says so', () => {
    expect(outcome(read('icvp/DVCTestQRFHIRBundle.json'))).toBe('fhir-no-event Immunization.occurrenceDateTime');
    const dated = JSON.parse(read('icvp/DVCTestQRFHIRBundle.json').toString()) as { entry: { resource: { resourceType: string; occurrenceDateTime?: string } }[] };
    dated.entry.find(({ resource }) => resource.resourceType === 'Immunization')!.resource.occurrenceDateTime = '2015-02-07';
    const { events, refused } = parseFhir(dated, { now });
    expect(events[0]!.event).toMatchObject({ disease: 16541001n, dose: 0, lot: '123123123', person: { family: '', birthDate: '1905-08-23' } });
    expect(refused.map(({ field }) => field)).toEqual(['Patient.name']);
  });
  test('patient summaries', () => {
    expect(names('ips/AT_ELGA_GmbH_01.json')).toEqual(['test', 'tick-borne-encephalitis', 'tick-borne-encephalitis', 'tick-borne-encephalitis']);
    expect(parseFhir(read('ips/AT_ELGA_GmbH_01.json'), { now }).events.map(({ event }) => event.dose)).toEqual([0, 1, 2, 3]);
    for (const file of ['IPS_IG-bundle-01', 'IPS_IG_bundle-minimal']) expect(outcome(read(`ips/${file}.json`))).toBe('fhir-no-event Condition.clinicalStatus');
  });
});
