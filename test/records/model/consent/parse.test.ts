// Consents as IHE PCF writes them: read in full, or refused with the element that is not enforced.
import { describe, expect, test } from 'vitest';
import { compile, createConsent, encodePolicy, parseConsent, parsePolicy, type Choices } from '#records/model/consent/index.ts';
import { validateResource } from '#records/model/fhir/index.ts';
import type { UnixSeconds } from '#passport';
import { standingOf } from './agreement/compare.ts';
import { randomFrom, randomPatient } from './agreement/random.ts';
import { at, choices, consentJson, CONTEXT, DOCTOR, FROM, GATEWAY, HOSPITAL, LABORATORY, NOW, NURSE, PATIENT, policy, recordId, REGISTRY, STRANGER, UNTIL, GRANT } from './sample.ts';

const refused = (code: string, field: string) => expect.objectContaining({ code, field });
type Json = Record<string, unknown>;
const provisionOf = (json: Json) => json.provision as Json;
const expected = { ...CONTEXT, recipient: HOSPITAL };
const read = (json: unknown) => compile(parseConsent(json), expected);

/** A consent in which one thing is changed. */
function changed(change: (json: Json, provision: Json) => void, more: Partial<Choices> = {}): Json {
  const json = consentJson(more);
  change(json, provisionOf(json));
  return json;
}

describe('createConsent and parseConsent', () => {
  const everything = choices({
    actions: ['read', 'write'], purposes: ['TREAT', 'CAREMGT'], categories: ['results', 'sensitive'], dataPeriod: { from: '2020-02-29', until: '2026-12-31' }, authors: ['patient', LABORATORY],
    exceptions: [
      { records: [recordId(1), recordId(2)] }, { authors: ['patient'], purposes: ['CAREMGT'] }, { actors: [NURSE, DOCTOR] }, { dataPeriod: { from: '2021-01-01' } },
      { categories: ['sensitive'], period: { from: at('2026-03-01T00:00:00Z'), until: at('2026-04-01T06:30:15Z') } },
    ],
  });

  test('what was chosen is read again, in the canonical form', () => {
    const again = read(JSON.parse(JSON.stringify(createConsent(everything, CONTEXT))));
    expect(again).toEqual(parsePolicy({ version: 1, ...everything }));
    expect(encodePolicy(again)).toBe(encodePolicy({ version: 1, ...everything }));
    expect(again.exceptions).toHaveLength(5);
  });

  test('it is the Consent of the profile: no element that PCF rules out, one record an exception', () => {
    const json = createConsent(everything, CONTEXT);
    expect(Object.keys(json).toSorted()).toEqual([
      'category', 'dateTime', 'meta', 'organization', 'patient', 'performer', 'policy', 'provision', 'resourceType', 'scope', 'sourceReference', 'status',
    ]);
    const nested = json.provision.provision!;
    expect([json.provision, ...nested].flatMap(Object.keys).filter((name) => ['action', 'class', 'code', 'securityLabel'].includes(name))).toEqual([]);
    expect(nested).toHaveLength(6);
    expect(nested.every(({ data = [], provision }) => data.length <= 1 && provision === undefined)).toBe(true);
    expect(validateResource(json)).toEqual([]);
  });

  describe('a provision as the examples of IHE PCF write it, for one recipient and a time', () => {
    const said = (system: string, ...codes: string[]) => codes.map((code) => ({ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }));
    const usual = said('v3-ActReason', 'TREAT', 'HPAYMT', 'HOPERAT');
    const by = { data: [{ meaning: 'authoredby', reference: { reference: `did:ethr:0x7a69:${DOCTOR}` } }] };
    const instance = { data: [{ meaning: 'instance', reference: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' } }] };
    const year = { dataPeriod: { start: '2022-01-01', end: '2022-12-31' } };
    const record = '00000000000040008000000000000001';
    test.each([
      ['basic, accepted', { type: 'permit', purpose: usual }, {}], ['basic, rejected', { type: 'deny', purpose: usual }, { effect: 'deny' }],
      ['to research', { type: 'permit', purpose: said('v3-ActReason', 'HRESCH') }, { purposes: ['HRESCH'] }],
      ['data of an author', { type: 'permit', purpose: usual, ...by }, { authors: [DOCTOR] }], ['not of an author', { type: 'permit', purpose: usual, provision: [{ type: 'deny', ...by }] }, { exceptions: [{ authors: [DOCTOR] }] }],
      ['data by id', { type: 'permit', purpose: usual, ...instance }, { records: [record] }], ['not those', { type: 'permit', purpose: usual, provision: [{ type: 'deny', ...instance }] }, { exceptions: [{ records: [record] }] }],
      ['a timeframe', { type: 'permit', purpose: usual, ...year }, { dataPeriod: { from: '2022-01-01', until: '2022-12-31' } }],
      ['all but a timeframe', { type: 'permit', purpose: usual, provision: [{ type: 'deny', ...year }] }, { exceptions: [{ dataPeriod: { from: '2022-01-01', until: '2022-12-31' } }] }],
    ])('%s', (_, provision, meant) => {
      const json = consentJson();
      const { actor, period } = provisionOf(json);
      expect(read({ ...json, provision: { ...provision, actor, period } })).toEqual({ version: 1, effect: 'permit', recipient: HOSPITAL, actions: ['read'], from: FROM, until: UNTIL, purposes: ['TREAT', 'HPAYMT', 'HOPERAT'], exceptions: [], ...meant });
    });
  });

  test('whatever can be compiled can be written and is read again as the same', () => {
    const random = randomFrom(11);
    for (const { policy } of Array.from({ length: 200 }, () => standingOf(randomPatient(random))).flat()) {
      const again = compile(parseConsent(createConsent(policy, CONTEXT)), { ...CONTEXT, recipient: policy.recipient, now: policy.from });
      expect(encodePolicy(again)).toBe(encodePolicy(policy));
    }
  });

  test('more exceptions than can be read are not written', () => {
    const records = Array.from({ length: 1025 }, (_, i) => recordId(i));
    expect(() => createConsent(choices({ exceptions: [{ records }] }), CONTEXT)).toThrow(refused('policy-invalid', 'exceptions'));
    expect(read(createConsent(choices({ exceptions: [{ records: records.slice(1) }] }), CONTEXT)).exceptions).toHaveLength(1);
  });

  test('a plain PCF consent of others, by day, without our extensions, is one to read', () => {
    const plain = changed((json, provision) => {
      delete provision.modifierExtension;
      provision.period = { start: '2026-01-01', end: '2026-12-31' };
      provision.purpose = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT', display: 'treatment' }];
      json.id = 'c1';
      json.text = { status: 'generated', div: '<div/>' };
      json.extension = [{ url: 'http://example.org/clerk', valueString: 'A' }];
    });
    expect(read(plain)).toEqual(policy({ purposes: ['TREAT'] }));
  });

  test('the end of a period is included as far as it is precise, and a zone is reckoned with', () => {
    const ends = (end: string) => read(changed((_, provision) => { provision.period = { start: '2026-01-01T01:00:00+01:00', end }; }));
    expect(ends('2026-12-31')).toMatchObject({ from: FROM, until: UNTIL });
    expect(ends('2026-12-31T23:59:59Z')).toMatchObject({ until: UNTIL });
    expect(ends('2027-01-01T00:59:58+01:00')).toMatchObject({ until: UNTIL - 1 });
  });
});

describe('parseConsent refuses', () => {
  const ext = (url: string, valueCoding: unknown) => [{ url, valueCoding }];
  const nest = (more: Json) => (_: Json, provision: Json) => { provision.provision = [{ type: 'deny', ...more }]; };
  const data = (meaning: string, reference: string) => ({ meaning, reference: { reference } });
  const RECORD = 'urn:uuid:00000000-0000-0000-0000-000000000001';
  const cases: readonly (readonly [string, Json, string, string])[] = [
    ['a consent that is not active', changed((json) => { json.status = 'inactive'; }), 'fhir-status', 'Consent.status'],
    ['a consent to research', changed((json) => { json.scope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'research' }] }; }), 'fhir-unsupported', 'Consent.scope'],
    ['a consent without a patient', changed((json) => { delete json.patient; }), 'fhir-invalid', 'Consent.patient'],
    ['a consent to the policy of others', changed((json) => { json.policy = [{ uri: 'http://example.org/policies/base.txt' }]; }), 'fhir-unsupported', 'Consent.policy[0].uri'],
    ['a policy rule beside the policy', changed((json) => { json.policyRule = { coding: [] }; }), 'fhir-unsupported', 'Consent.policyRule'],
    ['a verification, which PCF has not', changed((json) => { json.verification = [{ verified: true }]; }), 'fhir-unsupported', 'Consent.verification'],
    ['implicit rules', changed((json) => { json.implicitRules = 'http://example.org/rules'; }), 'fhir-unsupported', 'Consent.implicitRules'],
    ['a modifier extension of the whole', changed((json) => { json.modifierExtension = [{ url: 'http://example.org/not' }]; }), 'fhir-unsupported', 'Consent.modifierExtension'],
    ['a patient of another chain', changed((json) => { json.patient = { reference: `did:ethr:0x1:${PATIENT}` }; }), 'fhir-unsupported', 'Consent.patient.reference'],
    ['a patient by name only', changed((json) => { json.patient = { display: 'A' }; }), 'fhir-invalid', 'Consent.patient.reference'],
    ['a source that is no grant', changed((json) => { json.sourceReference = { reference: 'DocumentReference/1' }; }), 'fhir-unsupported', 'Consent.sourceReference.reference'],
    ['a period without an end', changed((_, provision) => { provision.period = { start: '2026-01-01' }; }), 'fhir-unsupported', 'Consent.provision.period'],
    ['a period by the month', changed((_, provision) => { provision.period = { start: '2026-01', end: '2026-12' }; }), 'fhir-unsupported', 'Consent.provision.period.start'],
    ['a time without a zone', changed((_, provision) => { provision.period = { start: '2026-01-01T00:00:00', end: '2026-12-31' }; }), 'fhir-unsupported', 'Consent.provision.period.start'],
    ['a day that no calendar has', changed((_, provision) => { provision.period = { start: '2026-02-30', end: '2026-12-31' }; }), 'fhir-unsupported', 'Consent.provision.period.start'],
    ['everybody as the recipient', changed((_, provision) => { delete provision.actor; }), 'fhir-unsupported', 'Consent.provision.actor'],
    ['two recipients', changed((_, provision) => { provision.actor = [...(provision.actor as unknown[]), ...(provision.actor as unknown[])]; }), 'fhir-unsupported', 'Consent.provision.actor'],
    ['an actor of another role', changed((_, provision) => { (provision.actor as Json[])[0]!.role = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PRF' }] }; }), 'fhir-unsupported', 'Consent.provision.actor[0].role'],
    ['an action of FHIR, which PCF has not', changed((_, provision) => { provision.action = [{ coding: [] }]; }), 'fhir-unsupported', 'Consent.provision.action'],
    ['a class', changed((_, provision) => { provision.class = [{ code: 'Observation' }]; }), 'fhir-unsupported', 'Consent.provision.class'],
    ['a security label', changed((_, provision) => { provision.securityLabel = [{ code: 'R' }]; }), 'fhir-unsupported', 'Consent.provision.securityLabel'],
    ['a purpose that nobody enforces', changed((_, provision) => { provision.purpose = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HMARKT' }]; }), 'fhir-code-unknown', 'Consent.provision.purpose[0]'],
    ['a purpose of another system', changed((_, provision) => { provision.purpose = [{ system: 'http://example.org', code: 'TREAT' }]; }), 'fhir-code-unknown', 'Consent.provision.purpose[0]'],
    ['a modifier that nobody knows', changed((_, provision) => { provision.modifierExtension = ext('http://example.org/only-on-mondays', {}); }), 'fhir-unsupported', 'Consent.provision.modifierExtension[0]'],
    ['a category that nobody has', changed((_, provision) => { provision.modifierExtension = ext('urn:healthpass:consent:category', { system: 'urn:healthpass:record-category', code: 'everything' }); }), 'fhir-code-unknown', 'Consent.provision.modifierExtension[0].valueCoding'],
    ['data related to an encounter', changed((_, provision) => { provision.data = [data('related', 'Encounter/1')]; }), 'fhir-unsupported', 'Consent.provision.data[0].meaning'],
    ['an instance that is no record', changed((_, provision) => { provision.data = [data('instance', 'Observation/1')]; }), 'fhir-unsupported', 'Consent.provision.data[0].reference.reference'],
    ['records and authors in one provision', changed((_, provision) => { provision.data = [data('instance', RECORD), data('authoredby', `did:ethr:0x7a69:${DOCTOR}`)]; }), 'fhir-unsupported', 'Consent.provision.data'],
    ['a data period to the second', changed((_, provision) => { provision.dataPeriod = { start: '2026-01-01T00:00:00Z' }; }), 'fhir-unsupported', 'Consent.provision.dataPeriod.start'],
    ['a nested permit that would widen a permit', changed(nest({ type: 'permit', purpose: [] })), 'fhir-unsupported', 'Consent.provision.provision[0].type'],
    ['an exception to an exception', changed(nest({ provision: [{ type: 'permit' }] })), 'fhir-unsupported', 'Consent.provision.provision[0].provision'],
    ['an exception of an action', changed(nest({ modifierExtension: ext('urn:healthpass:consent:action', { system: 'http://terminology.hl7.org/CodeSystem/consentaction', code: 'collect' }) })), 'fhir-unsupported', 'Consent.provision.provision[0].modifierExtension'],
    ['an exception of two records at once', changed(nest({ data: [data('instance', RECORD), data('instance', RECORD)] })), 'fhir-unsupported', 'Consent.provision.provision[0].data'],
    ['a misspelt element, that would be passed over', changed((_, provision) => { provision.dataperiod = { start: '2026-01-01' }; }), 'fhir-unsupported', 'Consent.provision.dataperiod'],
    ['an extension of a primitive', changed((_, provision) => { Object.assign(provision, { _type: { extension: [{ url: 'http://example.org/not' }] } }); }), 'fhir-unsupported', 'Consent.provision._type'],
    ['a list where FHIR has one', changed((json) => { json.provision = [json.provision]; }), 'fhir-invalid', 'Consent.provision'],
  ];
  test.each(cases)('%s', (_, json, code, field) => expect(() => parseConsent(json)).toThrow(refused(code, field)));

  test('a prototype in the place of an element', () => {
    const json = JSON.stringify(consentJson());
    expect(() => parseConsent(JSON.parse(json.replace('"type":"permit"', '"__proto__":{"type":"permit"}')))).toThrow(refused('fhir-unsupported', 'Consent.provision.__proto__'));
    expect(() => parseConsent(JSON.parse(json.replace('"status":"active"', '"__proto__":{"status":"active"}')))).toThrow(refused('fhir-unsupported', 'Consent.__proto__'));
    expect(() => parseConsent(Object.create(consentJson()))).toThrow(refused('fhir-invalid', 'Consent.resourceType'));
  });

  test('ten thousand provisions, before it looks into any', () => {
    const unread = Object.defineProperty({}, 'type', { enumerable: true, get: () => { throw new Error('it is read'); } });
    const many = changed((_, provision) => { provision.provision = Array.from({ length: 10_000 }, () => unread); });
    expect(() => parseConsent(many)).toThrow(refused('fhir-unsupported', 'Consent.provision.provision'));
  });

  test('what is no consent at all', () => {
    for (const nothing of [null, [], 'Consent', 1, {}]) expect(() => parseConsent(nothing)).toThrow(expect.objectContaining({ code: 'fhir-invalid' }));
  });
});

describe('compile refuses', () => {
  const mandate = { delegate: STRANGER, scope: ['grant'], until: (NOW + 60) as UnixSeconds } as const;
  const byOther = () => parseConsent(createConsent(choices(), { ...CONTEXT, performer: STRANGER }));

  test('the consent of another patient', () => {
    expect(() => compile(parseConsent(consentJson()), { ...expected, patient: STRANGER })).toThrow(refused('fhir-patient-mismatch', 'Consent.patient'));
  });

  test('the consent to another recipient, gateway, grant, registry or chain', () => {
    const consent = parseConsent(consentJson());
    for (const [other, field] of [
      [{ recipient: STRANGER }, 'Consent.provision.actor'], [{ gateway: STRANGER }, 'Consent.organization'], [{ grant: GRANT.replace('a', 'b') as typeof GRANT }, 'Consent.sourceReference'],
      [{ registry: STRANGER }, 'Consent.sourceReference'], [{ chainId: 1 }, 'Consent.sourceReference'],
    ] as const) expect(() => compile(consent, { ...expected, ...other })).toThrow(refused('policy-invalid', field));
    expect([GATEWAY, REGISTRY]).not.toContain(STRANGER);
  });

  test('a consent that somebody else gave, unless a mandate to grant still runs', () => {
    expect(() => compile(byOther(), expected)).toThrow(refused('not-authorised', 'Consent.performer'));
    expect(compile(byOther(), { ...expected, mandate })).toEqual(policy());
    for (const other of [{ until: NOW }, { scope: ['revoke'] as const }, { delegate: DOCTOR }]) {
      expect(() => compile(byOther(), { ...expected, mandate: { ...mandate, ...other } })).toThrow(refused('not-authorised', 'Consent.performer'));
    }
  });

  test('a consent that is over, or that no contract would take yet', () => {
    for (const now of [UNTIL, at('2016-12-01T00:00:00Z')]) expect(() => compile(parseConsent(consentJson()), { ...expected, now })).toThrow(refused('policy-invalid', 'Consent.provision.period'));
  });
});
