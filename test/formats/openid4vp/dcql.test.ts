import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { DcqlQuery, type DcqlCredential } from 'dcql';
import { describe, expect, test } from 'vitest';
import { HealthpassError } from '#passport';
import { claimsFor, isAnswered, keepAsked, parseDcqlQuery, passChallenge, selectElements, typesOf } from '#formats/openid4vp/index.ts';

const sd = (change: object = {}) => ({ id: 'a', format: 'dc+sd-jwt', meta: { vct_values: ['x'] }, ...change });
const pass = (meta: object, change: object = {}) => ({ id: 'p', format: 'healthpass-pass', meta, ...change });

describe('parseDcqlQuery', () => {
  test('reads what the specification asks for, and passes over what it does not know', () => {
    const query = parseDcqlQuery({ credentials: [sd({ later: 1, claims: [{ path: ['a', null, 0], later: 2 }] }), { id: 'm', format: 'mso_mdoc', meta: { doctype_value: 'x' } }], later: 3 });
    expect(query).toEqual({ credentials: [{ ...sd(), multiple: false, require_cryptographic_holder_binding: true, claims: [{ path: ['a', null, 0] }] }, { id: 'm', format: 'other' }] });
    expect(parseDcqlQuery(query.credentials[1] ? { credentials: [sd()] } : undefined).credentials).toHaveLength(1);
  });
  test.each<[string, unknown]>([
    ['no object', []], ['no credentials', { credentials: [] }], ['an id with a space', { credentials: [sd({ id: 'a b' })] }], ['an id twice', { credentials: [sd(), sd()] }], ['no type', { credentials: [sd({ meta: {} })] }],
    ['claim sets without claims', { credentials: [sd({ claim_sets: [['x']] })] }], ['claim sets of unknown claims', { credentials: [sd({ claims: [{ id: 'y', path: ['y'] }], claim_sets: [['x']] })] }],
    ['claim sets over a claim without a name', { credentials: [sd({ claims: [{ id: 'y', path: ['y'] }, { path: ['z'] }], claim_sets: [['y']] })] }], ['a claim twice', { credentials: [sd({ claims: [{ path: ['y'] }, { path: ['y'] }] })] }],
    ['an empty path', { credentials: [sd({ claims: [{ path: [] }] })] }], ['a negative index', { credentials: [sd({ claims: [{ path: [-1] }] })] }], ['no values', { credentials: [sd({ claims: [{ path: ['y'], values: [] }] })] }],
    ['sets of unknown credentials', { credentials: [sd()], credential_sets: [{ options: [['b']] }] }], ['a set without options', { credentials: [sd()], credential_sets: [{ options: [] }] }],
    ['a pass for no policy', { credentials: [pass({ policies: [] })] }], ['a pass with a condition that is not known', { credentials: [pass({ policies: ['over-18'], later: 1 })] }],
    ['claims of a pass', { credentials: [pass({ policies: ['over-18'] }, { claims: [{ path: ['y'] }] })] }], ['several passes', { credentials: [pass({ policies: ['over-18'] }, { multiple: true })] }], ['a pass of a trusted issuer', { credentials: [pass({ policies: ['over-18'] }, { trusted_authorities: [{ type: 'did', values: ['x'] }] })] }],
  ])('refuses a query with %s', (_, query) => expect(() => parseDcqlQuery(query)).toThrow(expect.objectContaining({ code: 'request-invalid' })));
});

test('parseDcqlQuery answers anything with a query or a coded error', () => {
  const part = fc.object({ key: fc.constantFrom('id', 'format', 'meta', 'claims', 'path', 'policies', 'vct_values', 'options', 'credentials', 'credential_sets'), maxDepth: 4 });
  fc.assert(fc.property(fc.oneof(fc.anything(), part, fc.record({ credentials: fc.array(part) })), (input) => {
    try {
      expect(parseDcqlQuery(input).credentials.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(HealthpassError);
    }
  }), { numRuns: 1000 });
});

describe('selectElements', () => {
  const root = { name: 'A', nested: { deep: [1, { x: 2 }] }, list: [{ x: 1 }, { x: 2 }, { y: 3 }] };
  test.each<[(string | number | null)[], unknown[]]>([
    [['name'], ['A']], [['nested', 'deep', 1, 'x'], [2]], [['list', null, 'x'], [1, 2]], [['list', 2, 'y'], [3]], [['list', 3], []], [['missing'], []], [['name', 'x'], []], [['name', null], []], [['nested', 0], []], [['nested', 'deep', null, 'x'], []], [['__proto__'], []], [['constructor'], []],
  ])('%j gives %j', (path, elements) => expect(selectElements(root, path)).toEqual(elements));
});

describe('claimsFor', () => {
  const claims = [{ id: 'a', path: ['a'] }, { id: 'b', path: ['b'], values: [1, 'x'] }, { id: 'c', path: ['c', 'd'] }];
  test('asks for all claims where no sets are given, and compares type and value', () => {
    expect(claimsFor({ claims, claim_sets: undefined }, { a: null, b: 1, c: { d: 0 } })).toEqual(claims);
    for (const root of [{ a: null, b: '1', c: { d: 0 } }, { a: null, b: 2, c: { d: 0 } }, { b: 1, c: { d: 0 } }, { a: 1, b: 'x', c: {} }]) expect(claimsFor({ claims, claim_sets: undefined }, root)).toBeUndefined();
  });
  test('takes the first set that can be met', () => {
    const sets = [['a', 'b'], ['c'], ['a']];
    expect(claimsFor({ claims, claim_sets: sets }, { a: 1, c: { d: 1 } })).toEqual([claims[2]]);
    expect(claimsFor({ claims, claim_sets: sets }, { a: 1 })).toEqual([claims[0]]);
    expect(claimsFor({ claims, claim_sets: sets }, {})).toBeUndefined();
  });

  test('answers as the dcql library does, whatever is asked and held', () => {
    const value = fc.oneof(fc.constantFrom('x', 'y', 1, 2, true, false), fc.record({ n: fc.constantFrom('x', 1) }, { noNullPrototype: true }), fc.array(fc.constantFrom('x', 1), { maxLength: 2 }));
    const held = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { noNullPrototype: true });
    const path = fc.oneof(fc.constantFrom('a', 'b', 'c').map((name) => [name]), fc.constantFrom('a', 'b', 'c').map((name) => [name, 'n']));
    const asked = fc.uniqueArray(fc.record({ path, values: fc.option(fc.array(fc.constantFrom<string | number | boolean>('x', 1, true), { minLength: 1, maxLength: 2 }), { nil: undefined }) }), { minLength: 1, maxLength: 3, selector: ({ path }) => path.join('.') });
    const sets = fc.option(fc.array(fc.uniqueArray(fc.nat(2), { minLength: 1 }), { minLength: 1, maxLength: 2 }), { nil: undefined });
    fc.assert(fc.property(held, asked, sets, (claimsHeld, wanted, chosen) => {
      const named = wanted.map((claim, i) => ({ id: `c${i}`, path: claim.path, ...(claim.values && { values: claim.values }) }));
      const named_sets = chosen?.map((set) => set.filter((i) => i < named.length).map((i) => `c${i}`)).filter((set) => set.length > 0);
      const query = { credentials: [sd({ claims: named, ...(named_sets?.length ? { claim_sets: named_sets } : {}) })] };
      const library = DcqlQuery.parse(query as DcqlQuery.Input);
      const credential: DcqlCredential = { credential_format: 'dc+sd-jwt', vct: 'x', claims: claimsHeld as never, cryptographic_holder_binding: true }; // any JSON
      const [ours] = parseDcqlQuery(query).credentials;
      const met = ours?.format === 'dc+sd-jwt' && claimsFor(ours, claimsHeld) !== undefined;
      expect(met).toBe(DcqlQuery.query(library, [credential]).can_be_satisfied);
    }), { numRuns: 1000 });
  });
});

describe('isAnswered', () => {
  const of = (sets?: object[]) => parseDcqlQuery({ credentials: ['a', 'b', 'c'].map((id) => sd({ id })), ...(sets && { credential_sets: sets }) });
  test('wants everything without sets, and an option of each required set with them', () => {
    expect([isAnswered(of(), new Set(['a', 'b'])), isAnswered(of(), new Set(['a', 'b', 'c']))]).toEqual([false, true]);
    const sets = of([{ options: [['a'], ['b', 'c']] }, { options: [['c']], required: false }]);
    expect([['a'], ['b'], ['b', 'c'], ['c'], []].map((ids) => isAnswered(sets, new Set(ids)))).toEqual([true, false, true, false, false]);
  });
});

describe('keepAsked', () => {
  const shown = { kind: 'vaccination', event: { disease: { system: 's', code: 'c' }, country: 'DE' }, person: { familyName: 'A' } } as const;
  test('keeps what a path names, a part of or the whole, and names the rest', () => {
    expect(keepAsked('dc+sd-jwt', shown, [{ path: ['disease', 'code'] }])).toEqual({ claims: { kind: 'vaccination', event: { disease: shown.event.disease }, person: {} }, dropped: ['country', 'familyName'] });
    expect(keepAsked('jwt_vc_json', shown, [{ path: ['credentialSubject', 'person'] }])).toEqual({ claims: { kind: 'vaccination', event: {}, person: { familyName: 'A' } }, dropped: ['disease', 'country'] });
    expect(keepAsked('dc+sd-jwt', shown, [])).toMatchObject({ claims: { event: {}, person: {} } });
  });
});

test('typesOf names the types of a credential as they stand in it and as its contexts expand them', () => {
  expect(typesOf({ kind: 'recovery' })).toEqual([
    'VerifiableCredential', 'HealthCredential', 'RecoveryCredential', 'https://www.w3.org/2018/credentials#VerifiableCredential', 'urn:healthpass:terms:HealthCredential', 'urn:healthpass:terms:RecoveryCredential',
  ]);
});

test('passChallenge differs whenever the client identifier, the nonce or the address of the answer does', () => {
  const binding = { clientId: 'x509_hash:a', nonce: 'n', responseUri: 'https://gate.example/1' };
  const all = [binding, { ...binding, clientId: 'x509_hash:b' }, { ...binding, nonce: 'm' }, { ...binding, responseUri: 'https://gate.example/2' }, { ...binding, clientId: 'x509_hash:an', nonce: '' }].map((one) => Buffer.from(passChallenge(one)).toString('hex'));
  expect(new Set(all).size).toBe(5);
  expect(all[0]).toBe(createHash('sha256').update('healthpass/openid4vp/v1\0x509_hash:a\0n\0https://gate.example/1').digest('hex'));
});
