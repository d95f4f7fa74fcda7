// A rule while it is written, and the rules that a device was given.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { createSignedRule, encodeRuleText } from '#formats/rule/index.ts';
import { loadAllSentences } from '#faces/words/sentences/index.ts';
import { LANGUAGES, parsePolicy, type UnixSeconds } from '#passport';
import { policyById } from '#passport/policies/index.ts';
import { didSigner } from '#verifier/openid4vp/identity.ts';
import { sightingOf } from '#verifier/scanner/engine/codes.ts';
import { clausesOf, documentOf, draftOf, emptyDraft, idFor, named, nameOf, wrongClauses } from '#verifier/scanner/rules/draft.ts';
import { createShelf } from '#verifier/scanner/rules/shelf.ts';

const NOW = 1_800_000_000 as UnixSeconds;
const all = await loadAllSentences();
const random = () => 'abcd1234';
const travel = policyById('eu-travel-2022')!.document;

describe('a draft', () => {
  test('has its sentence made of its clauses in every language, whatever its template said', () => {
    const draft = named(draftOf({ ...travel, asks: { en: 'Proves nothing.' } }, { asNew: true }), 'My rule', 'en');
    const document = documentOf(draft, all, random);
    expect(Object.keys(document.asks)).toEqual([...LANGUAGES]);
    expect(document.asks.en).toMatch(/^Proves that you were vaccinated against COVID-19, /);
    expect([document.id, parsePolicy({ ...document, version: 1 }).root]).toEqual(['my-rule', policyById('eu-travel-2022')!.root]);
  });
  test('a change keeps the name in other languages; a copy begins without one', () => {
    const change = draftOf(travel, { asNew: false });
    expect([change.id, change.replaces, nameOf(named(change, 'Reisen', 'de'), 'es')]).toEqual([travel.id, 1, travel.title.es]);
    expect(nameOf(draftOf(travel, { asNew: true }), 'es')).toBe('');
  });
  test('a name typed in one language is there in English too, until English has its own', () => {
    const german = named(named(emptyDraft(), 'M', 'de'), 'Museum', 'de');
    expect(german.title).toEqual({ en: 'Museum', de: 'Museum' });
    expect(named(named(german, 'The museum', 'en'), 'Das Museum', 'de').title).toEqual({ en: 'The museum', de: 'Das Museum' });
  });
  test.each([['Museum, lange Nacht', 'museum-lange-nacht'], ['Café Élysée', 'cafe-elysee'], ['المتحف', 'rule-abcd1234'], ['  --  ', 'rule-abcd1234'], ['x'.repeat(90), 'x'.repeat(40)]])('%s becomes the id %s', (name, id) => {
    expect(idFor(name, random)).toBe(id);
  });
  test('mistake: a value that is not possible is told by its place, and has no preview', () => {
    const draft = { ...emptyDraft(), clauses: [{ kind: 'vaccination' as const }, { minDose: 400 }] };
    expect([wrongClauses(draft), clausesOf(draft), clausesOf({ ...draft, clauses: [] })]).toEqual([[1], undefined, undefined]);
  });
});

describe('the shelf of a device', () => {
  const signer = didSigner(secp256k1.utils.randomSecretKey(), 31337);
  const own = async () => ({ clientIds: ['decentralized_identifier:own'], root: undefined });
  const createStorage = (kept: string | null = null) => ({ getItem: () => kept, setItem: (_key: string, value: string) => { kept = value; }, read: () => kept });
  const rule = async () => encodeRuleText(await createSignedRule({ ...travel, id: 'foreign' }, signer, NOW));
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  test('keeps what was taken over, over a reload, and forgets what is removed', async () => {
    const storage = createStorage();
    const shelf = createShelf({ storage, own, now: () => NOW });
    const read = await shelf.read(await rule());
    await shelf.take(read);
    const again = createShelf({ storage, own, now: () => NOW });
    await expect.poll(() => again.get().map(({ policy, known }) => [policy.id, known])).toEqual([['foreign', false]]);
    await again.remove(read);
    expect(again.get()).toEqual([]);
  });
  test('a signer whom staff have said they know is known, and nobody else', async () => {
    const shelf = createShelf({ storage: createStorage(), own, now: () => NOW });
    await shelf.take(await shelf.read(await rule()));
    await shelf.know(signer.clientId);
    expect(shelf.get().map(({ known }) => known)).toEqual([true]);
    expect((await shelf.read(await encodeRuleText(await createSignedRule(travel, didSigner(secp256k1.utils.randomSecretKey(), 31337), NOW)))).known).toBe(false);
  });
  test('attack: whoever writes into the storage of the browser makes no rule by it', async () => {
    const storage = createStorage();
    await createShelf({ storage, own, now: () => NOW }).take(await createShelf({ storage, own, now: () => NOW }).read(await rule()));
    const { rules } = JSON.parse(storage.read()!) as { rules: string[] };
    const [head, , signature] = rules[0]!.split('.');
    const changed = Buffer.from(JSON.stringify({ iss: signer.clientId, iat: NOW, rule: { ...travel, asks: undefined, clauses: [{ minAge: 1 }] } })).toString('base64url');
    for (const kept of [JSON.stringify({ rules: [[head, changed, signature].join('.'), 'x', ''] }), '{"rules":"x"}', 'nonsense', '[]']) {
      const shelf = createShelf({ storage: createStorage(kept), own, now: () => NOW });
      await settled();
      expect([kept.slice(0, 20), shelf.get()]).toEqual([kept.slice(0, 20), []]);
    }
  });
});

describe('sightingOf', () => {
  const code = (text: string) => ({ bytes: new TextEncoder().encode(text) });
  test('the code of a rule is one of ours, and beside a pass nobody’s turn is guessed', async () => {
    const text = await encodeRuleText(await createSignedRule(travel, didSigner(secp256k1.utils.randomSecretKey(), 31337), NOW));
    expect(sightingOf([code(text), code('https://example.org')])).toEqual({ name: 'one', text });
    expect(sightingOf([code(text), code('HP1:ABC')])).toEqual({ name: 'several' });
  });
});
