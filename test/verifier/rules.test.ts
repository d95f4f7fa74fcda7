// Rules of a verifier over HTTP: who may make them, what a change is, who signed, and what attackers make of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifySignedRule } from '#formats/rule/index.ts';
import { policyById } from '#passport/policies/index.ts';
import { openRuleBook } from '#verifier/rules/rule-book.ts';
import { VERIFIER_MIGRATIONS } from '#verifier';
import { POLICIES } from '#passport/policies/index.ts';
import { describeOnDatabases } from '../server/databases.ts';
import { startKeeping, type Answer, type Keeping } from './keeping-scene.ts';

const { version: _, ...adult } = policyById('over-18')!.document;
const rule = (id: string, change: object = {}) => ({ ...adult, id, ...change });
const told = ({ status, body }: Answer) => [status, body['code']];

describeOnDatabases('the rules of a verifier', VERIFIER_MIGRATIONS, ({ database }) => {
  let scene: Keeping;
  beforeAll(async () => { scene = await startKeeping(database()); });
  afterAll(() => scene.stop());
  const save = (id: string, change: object = {}, replaces?: number) => scene.operator('POST', '/rules', { document: rule(id, change), ...(replaces !== undefined && { replaces }) });
  const context = () => ({ now: scene.now(), roots: [scene.identity.root!] });

  test('a rule that was made is known, asked for, and signed under both names of the verifier', async () => {
    const { status, body } = await save('museum', { clauses: [{ minAge: 16 }] });
    expect([status, body['id'], body['version']]).toEqual([201, 'museum', 1]);
    const signed = body['signed'] as { did: string; certificate: string };
    const [byDid, byCertificate, byText] = await Promise.all([signed.did, signed.certificate, String(body['text'])].map((text) => verifySignedRule(text, context())));
    expect(byCertificate).toMatchObject({ known: true, signer: { name: 'City hall' }, policy: { id: 'museum', version: 1 } });
    expect(byDid).toMatchObject({ known: false, signer: { by: 'did' } });
    expect(byText!.policy.root).toBe(byDid!.policy.root);
    const signer = await scene.stranger('GET', '/signer');
    expect(signer.body['clientIds']).toEqual(expect.arrayContaining([byDid!.signer.clientId, byCertificate!.signer.clientId]) as unknown);
    expect((await scene.stranger('POST', '/requests', { policy: 'museum' })).status).toBe(201);
    expect((await scene.stranger('GET', '/policies/museum')).body).toMatchObject({ id: 'museum', version: 1 });
  });

  test('a changed rule is a new version; the old one stays what it was', async () => {
    await save('cinema');
    expect((await save('cinema', { clauses: [{ minAge: 21 }] }, 1)).body['version']).toBe(2);
    expect((await scene.stranger('GET', '/rules/cinema')).body).toMatchObject({ version: 2, document: { clauses: [{ minAge: 21 }] } });
    expect((await scene.stranger('GET', '/rules/cinema/1')).body).toMatchObject({ version: 1, document: { clauses: [{ minAge: 18 }] } });
    expect(told(await scene.stranger('GET', '/rules/cinema/3'))).toEqual([404, 'rule-unknown']);
  });

  test('two who change the same rule at once do not overwrite each other', async () => {
    await save('pool');
    const answers = await Promise.all([1, 2, 3].map((minAge) => save('pool', { clauses: [{ minAge }] }, 1)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    expect(told(await save('pool', {}, 1))).toEqual([409, 'rule-conflict']);
  });

  test('mistake: a name that is taken', async () => {
    expect(told(await save('over-18'))).toEqual([409, 'rule-conflict']);
    await save('gym');
    expect(told(await save('gym'))).toEqual([409, 'rule-conflict']);
  });

  test('a retired rule is not asked for any more, not signed, and not changed', async () => {
    await save('market');
    expect((await scene.operator('DELETE', '/rules/market')).status).toBe(204);
    expect(told(await scene.stranger('POST', '/requests', { policy: 'market' }))).toEqual([422, 'policy-invalid']);
    expect((await scene.stranger('GET', '/rules/market')).body).toMatchObject({ signed: {}, retiredAt: expect.any(Number) as number });
    expect(told(await save('market', {}, 1))).toEqual([410, 'rule-retired']);
    expect(told(await scene.operator('DELETE', '/rules/market'))).toEqual([404, 'rule-unknown']);
  });

  test('the list has all versions, shipped and own', async () => {
    const { rules } = (await scene.stranger('GET', '/rules')).body as { rules: { id: string; version: number; shipped: boolean }[] };
    expect(rules.filter(({ shipped }) => shipped).map(({ id }) => id)).toEqual(POLICIES.map(({ id }) => id));
    expect(rules.filter(({ id }) => id === 'cinema').map(({ version }) => version)).toEqual([1, 2]);
  });

  test('another process of the service knows of a rule when it looks again', async () => {
    const other = await openRuleBook({ database: database(), shipped: POLICIES, now: scene.now });
    await save('library');
    expect(other.policies.some(({ id }) => id === 'library')).toBe(false);
    await other.refresh();
    expect(other.policies.some(({ id }) => id === 'library')).toBe(true);
  });

  describe('attack', () => {
    test('a stranger makes or retires a rule', async () => {
      expect(told(await scene.stranger('POST', '/rules', { document: rule('evil') }))).toEqual([401, 'not-authorised']);
      expect(told(await scene.stranger('DELETE', '/rules/museum'))).toEqual([401, 'not-authorised']);
    });
    test('a turnstile that may only let people in makes a rule', async () => {
      const gate = await scene.client(['entries:claim']);
      expect(told(await gate('POST', '/rules', { document: rule('evil') }))).toEqual([403, 'forbidden']);
    });
    test.each([
      ['a rule that nothing meets', { clauses: [] }], ['33 clauses', { clauses: Array.from({ length: 33 }, (_, i) => ({ minAge: i + 1 })) }], ['a vaccine that is not there', { clauses: [{ products: ['elixir'] }] }],
      ['a name that leaves the folder', { id: '../../etc' }], ['markup for a name', { id: '<b>' }], ['something that a rule does not have', { script: 'x' }], ['months, which have no length', { clauses: [{ ageTo: 'P1M' }] }],
    ])('%s', async (_name, change) => {
      const { status } = await save('strange', change);
      expect([400, 422]).toContain(status);
      expect(told(await scene.stranger('GET', '/rules/strange'))).toEqual([404, 'rule-unknown']);
    });
  });

  test('every change stands in the audit trail, without a word of the rule', async () => {
    const rows = await database().query<{ action: string; target: string; detail: string }>("SELECT action, target, detail FROM audit WHERE action LIKE 'rule.%' ORDER BY id");
    expect(rows.slice(0, 3).map(({ action, target }) => `${action} ${target}`)).toEqual(['rule.create museum@1', 'rule.create cinema@1', 'rule.change cinema@2']);
    expect(rows.every(({ detail }) => detail === '{}')).toBe(true);
  });
});
