// Who read what, when and why, in words: every kind of access in every language, and names of others that cannot play with the sentence.
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#passport';
import { createDates } from '#faces/words/dates.ts';
import { accessInWords, loadAccessWords, verdictInWords, type AccessWords } from '#faces/words/accesses/index.ts';
import { FINDINGS, type Access, type LogVerdict } from '#records/model/audit/index.ts';
import { DENY_REASONS } from '#records/model/consent/index.ts';
import type { Address } from '#records/model/members.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import { CATEGORIES, type RecordId } from '#records/model/record.ts';

const doctor = { address: `0x${'1'.repeat(40)}` as Address, name: 'Dr Ada Ahmadi', role: 'doctor' } as const;
const hospital = { address: `0x${'2'.repeat(40)}` as Address, name: 'Harbour Hospital' };
const actor = { kind: 'member', person: doctor, organisation: hospital } as const;
const touched = (count: number, category: (typeof CATEGORIES)[number] = 'allergies') => Array.from({ length: count }, (_, i) => ({ id: `${i}`.padStart(32, '0') as RecordId, category }));
const bytes32 = `0x${'ab'.repeat(32)}` as const;
const read = (released: number, more: Partial<Extract<Access, { kind: 'read' }>> = {}): Access => ({ kind: 'read', actor, purpose: 'TREAT', asked: { categories: ['allergies'] }, released: touched(released), ...more });
const accesses: Readonly<Record<string, Access>> = {
  read: read(1), several: read(2, { released: [...touched(1), ...touched(2, 'medications')] }), nothing: read(0), partly: read(1, { withheld: touched(2, 'sensitive') }), emergencyRead: read(3, { purpose: 'ETREAT', emergency: bytes32 }),
  denied: { kind: 'denied', actor, purpose: 'HRESCH', action: 'read', asked: { categories: ['results'] }, grant: bytes32, reason: 'purpose' },
  deniedWriting: { kind: 'denied', actor, purpose: 'TREAT', action: 'write', asked: {}, reason: 'no-consent' },
  written: { kind: 'written', actor, record: touched(1, 'results')[0]! }, own: { kind: 'written', actor: { kind: 'patient' }, record: touched(1, 'vitals')[0]! },
  granted: { kind: 'consent', change: 'granted', actor: { kind: 'patient' }, grant: bytes32, recipient: doctor, categories: ['allergies', 'medications'] },
  changed: { kind: 'consent', change: 'changed', actor: { kind: 'patient' }, grant: bytes32, recipient: doctor },
  withdrawnFor: { kind: 'consent', change: 'withdrawn', actor: { kind: 'delegate', person: { ...hospital, name: 'Noor' } }, grant: bytes32, recipient: doctor },
  opened: { kind: 'emergency', step: 'opened', actor, emergency: bytes32 },
  disclosed: { kind: 'disclosed', actor: { kind: 'patient' }, to: 'delegate', recipient: { ...hospital, name: 'Noor' }, categories: ['allergies'] },
};
const place = { gateway: { address: doctor.address, url: 'did:x' }, chainId: 1, patient: 'p', time: Date.UTC(2027, 4, 3, 12, 5) / 1000 as never };
const all = Object.fromEntries(await Promise.all(LANGUAGES.map(async (language) => [language, await loadAccessWords(language)] as const))) as Record<(typeof LANGUAGES)[number], AccessWords>;
/** Without the marks that keep names from turning the line. */
const bare = (text: string) => text.replace(/[\u2068\u2069]/g, '');
const tell = (access: Access, language: (typeof LANGUAGES)[number] = 'en') => accessInWords({ access, place }, all[language], language);
const sentence = (access: Access) => { const { sentence: said, more } = tell(access); return bare([said, ...more].join(' ')).replace(createDates('en').dateTime(place.time), 'WHEN'); }; // as it is written where the reader is

describe('accessInWords', () => {
  test('says in English who did what, when and why', () => {
    expect(Object.fromEntries(Object.entries(accesses).map(([name, access]) => [name, sentence(access)]))).toMatchInlineSnapshot(`
      {
        "changed": "On WHEN you changed what Dr Ada Ahmadi may see: your records.",
        "denied": "Dr Ada Ahmadi of Harbour Hospital tried to read your results on WHEN, for research, and was refused. Your consent is not for this purpose.",
        "deniedWriting": "Dr Ada Ahmadi of Harbour Hospital tried to add to your records on WHEN, for treatment, and was refused. You have allowed nothing of the kind.",
        "disclosed": "On WHEN you let Noor act for you, about your allergies.",
        "emergencyRead": "In an emergency, without your consent, Dr Ada Ahmadi of Harbour Hospital read your allergies (3 records) on WHEN.",
        "granted": "On WHEN you let Dr Ada Ahmadi see your allergies and medicines.",
        "nothing": "Dr Ada Ahmadi of Harbour Hospital asked for your allergies on WHEN, for treatment, and was shown nothing.",
        "opened": "On WHEN your records were opened to Dr Ada Ahmadi of Harbour Hospital for an emergency.",
        "own": "You added a record of your own to your vital signs on WHEN.",
        "partly": "Dr Ada Ahmadi of Harbour Hospital read your allergies (1 record) on WHEN, for treatment. 2 records that were asked for were not shown.",
        "read": "Dr Ada Ahmadi of Harbour Hospital read your allergies (1 record) on WHEN, for treatment.",
        "several": "Dr Ada Ahmadi of Harbour Hospital read your allergies and medicines (3 records) on WHEN, for treatment.",
        "withdrawnFor": "On WHEN Noor (on your behalf) withdrew what Dr Ada Ahmadi was allowed.",
        "written": "Dr Ada Ahmadi of Harbour Hospital added a record to your results on WHEN.",
      }
    `);
  });

  test.each(LANGUAGES)('%s: every kind has its sentence, all places filled, names and time in it', (language) => {
    for (const [name, access] of Object.entries(accesses)) {
      const { sentence: said, more } = tell(access, language);
      for (const text of [said, ...more]) expect(text, name).not.toMatch(/[{}]|undefined/);
      expect(said, name).toMatch(/2027|٢٠٢٧/);
      if (access.kind !== 'disclosed' && access.kind !== 'consent' && access.actor.kind === 'member') expect(said, name).toContain('Dr Ada Ahmadi');
      if (access.kind === 'consent') expect(said, name).toContain('Dr Ada Ahmadi');
    }
  });

  test.each(LANGUAGES)('%s: every purpose, kind of record, reason and step has words of its own', (language) => {
    for (const purpose of PURPOSES) expect(tell(read(1, { purpose }), language).sentence).toContain(all[language].why[purpose]);
    for (const category of CATEGORIES) expect(tell({ kind: 'written', actor, record: touched(1, category)[0]! }, language).sentence).toContain(all[language].what[category]);
    const reasons = DENY_REASONS.map((reason) => tell({ ...accesses['denied'], reason } as Access, language).more[0]);
    expect(new Set(reasons).size).toBe(DENY_REASONS.length);
  });

  test('counts are in the form of their language', () => {
    expect(bare(tell(read(1), 'en').sentence)).toContain('(1 record)');
    expect(bare(tell(read(2), 'en').sentence)).toContain('(2 records)');
    expect([1, 2, 3, 11, 100].map((count) => /\(([^(]*?)\)، في/.exec(bare(tell(read(count), 'ar').sentence))?.[1])).toEqual(['سجل واحد', 'سجلان', '3 سجلات', '11 سجلًا', '100 سجل']);
  });

  test('a member without a name is told by the address, and hidden characters in a name are shown', () => {
    expect(bare(tell({ ...read(1), actor: { kind: 'member', person: { address: doctor.address } } } as Access).sentence)).toMatch(/^a member without a name \(0x1111…1111\) read your allergies/);
    const said = tell({ ...read(1), actor: { kind: 'member', person: { ...doctor, name: 'Eve\u202e read nothing\u0007' } } } as Access).sentence;
    for (const hidden of ['\u202e', '\u0007']) expect(said).not.toContain(hidden);
    expect(said).toContain('\u2068Eve\ufffd read nothing\ufffd\u2069');
  });

  test('what calls for attention says so', () => {
    expect(Object.entries(accesses).map(([name, access]) => [name, tell(access).tone]).filter(([, tone]) => tone !== 'ordinary')).toEqual([
      ['emergencyRead', 'emergency'], ['denied', 'refused'], ['deniedWriting', 'refused'], ['own', 'own'], ['granted', 'own'], ['changed', 'own'], ['withdrawnFor', 'own'], ['opened', 'emergency'], ['disclosed', 'own'],
    ]);
  });
});

describe('verdictInWords', () => {
  const checkpoint = {} as never; // says nothing
  const verdict = (upTo: number, unanchored: number): LogVerdict => ({ outcome: 'complete', upTo, unanchored, checkpoint });
  const said = (given: LogVerdict, language: (typeof LANGUAGES)[number] = 'en') => { const { headline, more } = verdictInWords(given, all[language], language); return [headline, ...more].map(bare); };

  test('says that an account is complete, what is still to come, and that there was nothing', () => {
    expect(said(verdict(1, 0))).toEqual(['This account is complete: its 1 entry stands in the public register, unchanged.']);
    expect(said(verdict(12, 2))).toEqual(['This account is complete: its 12 entries stand in the public register, unchanged and without a gap.', '2 entries are so new that they are not in the public register yet.']);
    expect(said(verdict(0, 1))).toEqual(['1 entry is so new that it is not in the public register yet.']);
    expect(said(verdict(0, 0))).toEqual(['Nobody has had access so far, and the public register confirms it.']);
  });

  test.each(LANGUAGES)('%s: every finding has a sentence of its own', (language) => {
    const [headline, ...more] = said({ outcome: 'broken', findings: FINDINGS.map((code) => ({ code, entry: 7, anchor: 3 })) }, language);
    expect(headline).toBe(all[language].verdict.broken);
    expect(new Set(more).size).toBe(FINDINGS.length);
    for (const text of more) expect(text).not.toMatch(/[{}]/);
  });
});
