// Accesses as AuditEvents: as BALP has them, with nothing about health but categories, and back again without loss.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAuditEvent, readAuditEvent, type Access, type AccessPlace, type AuditEvent } from '#records/model/audit/index.ts';
import { validateResource } from '#records/model/fhir/validate.ts';
import type { Address } from '#records/model/members.ts';
import { ROLES } from '#records/model/members.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import { CATEGORIES } from '#records/model/record.ts';
import { at, CHAIN, doctor, hospital, reading, recordId } from './ledger.ts';

const place: AccessPlace = { gateway: { address: '0x3333333333333333333333333333333333333333' as Address, url: 'https://records.example' }, chainId: CHAIN, patient: 'b7e1', time: at(0) };
const grant = `0x${'ab'.repeat(32)}` as const;
const emergency = `0x${'cd'.repeat(32)}` as const;
const member = { kind: 'member', person: { address: doctor, name: 'Dr Ada Ahmadi', role: 'doctor' } } as const;
const read = reading as Extract<Access, { kind: 'read' }>;
const events: Readonly<Record<string, Access>> = {
  query: read,
  byId: { ...read, asked: { records: [recordId('a')] }, grant },
  partly: { ...read, asked: {}, withheld: [{ id: recordId('b'), category: 'sensitive' }], grant },
  inEmergency: { ...read, purpose: 'ETREAT', emergency },
  denied: { kind: 'denied', actor: member, purpose: 'HRESCH', action: 'read', asked: { categories: ['results', 'sensitive'], from: '2026-01-01', until: '2026-12-31' }, grant, reason: 'purpose' },
  deniedWithoutConsent: { kind: 'denied', actor: member, purpose: 'TREAT', action: 'write', asked: {}, reason: 'no-consent' },
  written: { kind: 'written', actor: member, purpose: 'TREAT', record: { id: recordId('c'), category: 'results' }, grant },
  ownRecord: { kind: 'written', actor: { kind: 'patient' }, record: { id: recordId('d'), category: 'vitals' } },
  granted: { kind: 'consent', change: 'granted', actor: { kind: 'patient' }, grant, recipient: { address: hospital, name: 'Harbour Hospital', role: 'hospital' }, categories: ['allergies', 'medications'] },
  changed: { kind: 'consent', change: 'changed', actor: { kind: 'delegate', person: { address: doctor, name: 'A daughter' } }, grant, recipient: { address: hospital } },
  withdrawn: { kind: 'consent', change: 'withdrawn', actor: { kind: 'patient' }, grant, recipient: { address: hospital } },
  opened: { kind: 'emergency', step: 'opened', actor: member, emergency, reason: 'unconscious' },
  reviewed: { kind: 'emergency', step: 'reviewed', actor: { ...member, organisation: { address: hospital } }, emergency },
  disclosed: { kind: 'disclosed', actor: { kind: 'patient' }, to: 'delegate', recipient: { address: doctor, name: 'A daughter' }, categories: ['allergies'] },
};
const of = (name: keyof typeof events): AuditEvent => createAuditEvent(events[name]!, place);
const agentsOf = ({ agent }: AuditEvent) => agent.map(({ type }) => type.coding[0]!.code);
const typesOf = ({ entity }: AuditEvent) => entity.map(({ type }) => type.code);
const profileOf = ({ meta }: AuditEvent) => meta?.profile[0]!.split('IHE.BasicAudit.')[1];

describe('createAuditEvent', () => {
  test('each kind is the pattern of BALP that it claims to be: type, action, outcome, client and server', () => {
    expect(Object.fromEntries(Object.keys(events).map((name) => {
      const event = of(name);
      return [name, [profileOf(event), event.type.code, event.subtype.map(({ code }) => code).join('+'), event.action, event.outcome, agentsOf(event).join(' '), typesOf(event).join(' ')].join(' | ')];
    }))).toMatchInlineSnapshot(`
      {
        "byId": "PatientRead | rest | read | R | 0 | 110152 110153 IRCP PROV | 1 Consent XrequestId 2",
        "changed": "PatientUpdate | rest | update | U | 0 | 110153 110152 AUT IRCP | 1 2",
        "denied": "AuthZconsent | 110113 | AuthZ-Consent | E | 8 | 110150 authserver IRCP PROV | 1 Consent",
        "deniedWithoutConsent": " | 110113 | AuthZ-Consent | E | 8 | 110150 authserver IRCP PROV | 1",
        "disclosed": "PrivacyDisclosure.Source | 110106 | disclose+delegate | R | 0 | 110153 110152 429577009 | 1 2",
        "granted": "PatientCreate | rest | create | C | 0 | 110153 110152 AUT IRCP | 1 2",
        "inEmergency": "PatientQuery | rest | search | E | 0 | 110153 110152 IRCP PROV | 1 4 XrequestId 2 Binary",
        "opened": " | 110113 | 110127+opened | E | 0 | authserver IRCP | 1 4",
        "ownRecord": "PatientCreate | rest | create | C | 0 | 110153 110152 AUT | 1 2",
        "partly": "PatientQuery | rest | search | E | 0 | 110153 110152 IRCP PROV | 1 Consent XrequestId 2 Binary Binary",
        "query": "PatientQuery | rest | search | E | 0 | 110153 110152 IRCP PROV | 1 XrequestId 2 Binary",
        "reviewed": " | 110113 | reviewed | E | 0 | authserver IRCP PROV | 1 4",
        "withdrawn": "PatientDelete | rest | delete | D | 0 | 110150 custodian AUT IRCP | 1 2",
        "written": "PatientCreate | rest | create | C | 0 | 110153 110152 AUT | 1 2 Consent",
      }
    `);
  });

  test('the query is kept as BALP keeps it, encoded and in clear, and says categories and days only', () => {
    const event = createAuditEvent({ ...read, asked: { categories: ['results'], from: '2026-01-01' } }, place);
    const query = event.entity.find(({ role }) => role?.code === '24')!;
    expect([atob(query.query!), query.description]).toEqual(['category=results&date=ge2026-01-01', 'category=results&date=ge2026-01-01']);
    expect(query.what).toBeUndefined();
  });

  test('the gateway says the same of itself as agent and as source, as BALP’s invariant asks', () => {
    for (const name of ['denied', 'disclosed', 'opened']) {
      const { agent, source } = of(name);
      expect(agent.some(({ who }) => JSON.stringify(who) === JSON.stringify(source.observer)), name).toBe(true);
    }
    expect(of('query').source.observer.identifier.value).toBe('did:ethr:0x7a69:0x3333333333333333333333333333333333333333');
  });

  test('exactly one patient is named, by a pseudonym', () => {
    for (const name of Object.keys(events)) {
      expect(of(name).entity.filter(({ role }) => role?.code === '1').map(({ what }) => what), name).toEqual([{ type: 'Patient', identifier: { system: 'urn:healthpass:relationship', value: 'b7e1' } }]);
    }
  });

  test('a network address of whoever read is not kept', () => {
    for (const name of Object.keys(events)) expect(of(name).agent.flatMap(({ network }) => network?.address ?? []), name).toEqual(['https://records.example']);
  });
});

/** What the profiles of BALP 1.1 fix, as its definitions have it: agents that must be there once, and the entity of the system object (query or data). */
const BALP: Readonly<Record<string, { readonly type: string; readonly subtype: string; readonly action: string; readonly outcome: RegExp; readonly agents: readonly string[]; readonly object?: readonly string[]; readonly closed?: readonly string[] }>> = {
  PatientRead: { type: 'rest', subtype: 'read', action: 'R', outcome: /^0$/, agents: ['110152', '110153'], object: ['3', '4', '20'] },
  PatientQuery: { type: 'rest', subtype: 'search', action: 'E', outcome: /^0$/, agents: ['110153', '110152'], object: ['24'] },
  PatientCreate: { type: 'rest', subtype: 'create', action: 'C', outcome: /^0$/, agents: ['110153', '110152'], object: ['3', '4', '20'] },
  PatientUpdate: { type: 'rest', subtype: 'update', action: 'U', outcome: /^0$/, agents: ['110153', '110152'], object: ['3', '4', '20'] },
  PatientDelete: { type: 'rest', subtype: 'delete', action: 'D', outcome: /^0$/, agents: ['110150', 'custodian'], object: ['3', '4', '20'] },
  AuthZconsent: { type: '110113', subtype: 'AuthZ-Consent', action: 'E', outcome: /^[048]$/, agents: ['110150', 'authserver', 'IRCP', 'PROV'], closed: ['1', 'Consent'] },
  'PrivacyDisclosure.Source': { type: '110106', subtype: 'disclose', action: 'R', outcome: /^[048]$/, agents: ['110153', '110152'], object: ['4'] },
};

describe('an AuditEvent of ours', () => {
  test.each(Object.keys(events).filter((name) => profileOf(of(name)) !== undefined))('%s keeps to the profile that it names', (name) => {
    const event = of(name);
    const profile = BALP[profileOf(event)!]!;
    expect([event.type.code, event.action]).toEqual([profile.type, profile.action]);
    expect(event.subtype.map(({ code }) => code)).toContain(profile.subtype);
    expect(event.outcome).toMatch(profile.outcome);
    for (const code of profile.agents) expect(agentsOf(event).filter((type) => type === code), code).toHaveLength(1);
    for (const agent of event.agent) expect(agent.who).toBeDefined();
    const objects = event.entity.filter(({ type }) => type.code === '2').map(({ role }) => role!.code);
    if (profile.object) expect([objects.length, profile.object.includes(objects[0]!)]).toEqual([1, true]);
    if (profile.closed) expect(typesOf(event).filter((type) => !profile.closed!.includes(type))).toEqual([]);
    // Client and server are on a network; people are not (0..0).
    for (const { type, network } of event.agent) expect([type.coding[0]!.code, network !== undefined]).toEqual([type.coding[0]!.code, !['IRCP', 'AUT', 'PROV', '429577009'].includes(type.coding[0]!.code)]);
  });


  test.each(Object.keys(events))('%s is valid FHIR R4', (name) => {
    expect(validateResource(of(name))).toEqual([]);
  });
});

describe('readAuditEvent', () => {
  test.each(Object.keys(events))('%s comes back as it was told', (name) => {
    expect(readAuditEvent(JSON.stringify(of(name)))).toEqual({ access: events[name], place });
  });

  test('whatever is told comes back', () => {
    const ids = fc.stringMatching(/^[0-9a-f]{32}$/).map(recordOf);
    const named = { address: fc.stringMatching(/^0x[0-9a-f]{40}$/) as fc.Arbitrary<Address>, name: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }) };
    const person = fc.record({ ...named, role: fc.constantFrom(...ROLES.slice(1)) }, { requiredKeys: ['address'] });
    const organisation = fc.record(named, { requiredKeys: ['address'] });
    const touched = fc.record({ id: ids, category: fc.constantFrom(...CATEGORIES) });
    const asked = fc.record({ categories: fc.subarray([...CATEGORIES], { minLength: 1 }), from: fc.constant('2026-01-01'), until: fc.constant('2027-02-03'), records: fc.array(ids, { minLength: 1, maxLength: 3 }) }, { requiredKeys: [] });
    const access = fc.record({
      kind: fc.constant('read' as const), purpose: fc.constantFrom(...PURPOSES), asked, released: fc.array(touched, { maxLength: 3 }), withheld: fc.array(touched, { minLength: 1, maxLength: 3 }),
      actor: fc.record({ kind: fc.constant('member' as const), person, organisation }, { requiredKeys: ['kind', 'person'] }),
    }, { requiredKeys: ['kind', 'purpose', 'asked', 'released', 'actor'] });
    fc.assert(fc.property(access, (told) => {
      fc.pre(told.actor.organisation?.address !== told.actor.person.address);
      expect(readAuditEvent(JSON.stringify(createAuditEvent(told as Access, place))).access).toEqual(told);
    }), { numRuns: 200 });
  });

  test('what no gateway of ours has written is refused, however little differs', () => {
    const text = JSON.stringify(of('query'));
    for (const wrong of ['', '{}', 'null', text.replace('"rest"', '"soap"'), text.replace('"outcome":"0"', '"outcome":"4"'), text.replace('allergies', 'secrets'), `${text.slice(0, -1)},"text":{}}`, text.replace('TREAT', 'MONEY')]) {
      expect(() => readAuditEvent(wrong), wrong.slice(0, 40)).toThrow(expect.objectContaining({ code: 'log-malformed' }));
    }
  });
});

const recordOf = (text: string) => text as ReturnType<typeof recordId>;
