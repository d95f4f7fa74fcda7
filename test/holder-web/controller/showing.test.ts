// Showing a pass: what is told first, how soon the code is there, how it changes and ends, and what a venue cannot make the wallet do.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { p256 } from '@noble/curves/nist.js';
import { history, readyPasses } from '#wallet';
import { createSignedRule, encodeRequestText, encodeRuleText } from '#formats/rule/index.ts';
import { POLICIES } from '#passport/policies/index.ts';
import type { ProverBridge } from '#wallet-app/platform.ts';
import { recognise } from '#wallet-app/recognise.ts';
import { certificateSigner } from '#verifier/openid4vp/identity.ts';
import { createDevelopmentCertificate } from '#verifier/openid4vp/certificate.ts';
import { NEGATIVE_TEST, NOW, policy, trustOf } from '../fixture.ts';
import { startProofs, type Proofs } from '../proofs.ts';
import { walletApp } from './scene.ts';
import { createByPassphrase, createSurroundings, settle, until } from './surroundings.ts';

const EU = 'eu-travel-2022';
let proofs: Proofs;
beforeAll(async () => {
  proofs = await startProofs();
});
afterAll(() => proofs.close());

/** The real prover, where a browser has it in a worker. */
const bridge = (): ProverBridge => ({ prove: (witness, { signal, onStep } = {}) => proofs.prover.prove(witness, { ...(signal && { signal }), ...(onStep && { onStep }) }) });

describe('passes ahead', () => {
  test('are made for the rules that fit, with progress, and shown at once, each once, with a code that changes until it is over', async () => {
    const { around, app, wallet, issuer } = await walletApp({ prover: bridge() });
    for (const { policy: { id }, isFavourite } of app.holdings.get()!.rules) if (isFavourite && id !== EU) await app.holdings.setFavourite(id, false);
    const seen: string[] = [];
    app.making.subscribe((state) => seen.push(state.name === 'making' ? `${state.policy} ${state.made}/${state.of}` : state.name));
    await app.making.start();
    expect(seen).toEqual(expect.arrayContaining([`${EU} 0/2`, `${EU} 1/2`, 'idle']));
    const ready = await readyPasses(wallet);
    expect(ready.length).toBeGreaterThanOrEqual(2);

    await app.showing.ask({ policy: EU });
    expect(app.showing.get()).toMatchObject({ name: 'asked', isReady: true, policy: { id: EU }, rule: undefined });
    expect(await history(wallet)).toEqual([]);
    const made = proofs.made();
    await app.showing.show();
    const first = app.showing.get();
    if (first.name !== 'shown') throw new Error(first.name);
    expect([proofs.made(), (await readyPasses(wallet)).length, (await history(wallet)).length]).toEqual([made, ready.length - 1, 1]);
    expect(await proofs.verify(first.text, { policy: EU }, trustOf([issuer]), NOW)).toMatchObject({ outcome: 'accepted' });

    await around.pass(5);
    const second = app.showing.get();
    if (second.name !== 'shown') throw new Error(second.name);
    expect(second.text).not.toBe(first.text);
    expect(await proofs.verify(second.text, { policy: EU }, trustOf([issuer]), around.now())).toMatchObject({ outcome: 'accepted' });
    expect(app.door.get()).toMatchObject({ name: 'open' });
    await around.pass(300);
    expect(app.showing.get()).toMatchObject({ name: 'over' });
  });

  test('a proof that is cancelled leaves nothing half made, and the next one is whole', async () => {
    const { app, wallet } = await walletApp({ prover: bridge() });
    const starting = app.making.start();
    await until(app.making, ({ name }) => name === 'making');
    app.making.cancel();
    await starting;
    expect([app.making.get(), await readyPasses(wallet)]).toEqual([{ name: 'idle' }, []]);
  });

  test('locking the wallet ends the work under way', async () => {
    const { app } = await walletApp({ prover: bridge() });
    const starting = app.making.start();
    await until(app.making, ({ name }) => name === 'making');
    app.door.lock();
    await starting;
    expect(app.making.get()).toEqual({ name: 'idle' });
  });

  test('are made by one tab of several', async () => {
    let proving = 0;
    const { around, app } = await walletApp({ prover: { prove: () => { proving++; return new Promise(() => {}); } } });
    const other = await around.openTab();
    await other.door.unlock({ way: 'passphrase', passphrase: 'correct horse battery' });
    await until(other.holdings, (holdings) => holdings?.cards.length === 1);
    void app.making.start();
    await until({ get: () => proving }, (count) => count === 1);
    await other.making.start();
    expect([proving, other.making.get()]).toEqual([1, { name: 'idle' }]);
  });
});

describe('ask', () => {
  test('when nothing fits, says why, and what would', async () => {
    const { app } = await walletApp({ events: [NEGATIVE_TEST] });
    await app.showing.ask({ policy: 'yellow-fever' });
    expect(app.showing.get()).toMatchObject({ name: 'nothing-fits', report: { why: 'unmet', fits: [] } });
  });

  test('without trust data, says so', async () => {
    const app = await createSurroundings().openTab();
    await createByPassphrase(app);
    await app.showing.ask({ policy: EU });
    expect(app.showing.get()).toEqual({ name: 'failed', failure: { code: 'no-trust-data', field: 'trust' } });
  });

  test('a pass that was not made ahead is made when it is to be shown, and can be called off', async () => {
    const { app, wallet } = await walletApp({ prover: bridge() });
    await app.showing.ask({ policy: EU, match: true });
    expect(app.showing.get()).toMatchObject({ name: 'asked', isReady: false });
    const steps: string[] = [];
    app.showing.subscribe((state) => {
      if (state.name === 'making') steps.push(state.step);
      if (steps.at(-1) === 'proof') app.showing.close();
    });
    await app.showing.show();
    expect(steps).toEqual(['prepare', 'witness', 'proof']);
    expect([app.showing.get(), await history(wallet)]).toEqual([{ name: 'idle' }, []]);
  });

  test.each<[string, string, string]>([
    ['a code of no venue', 'hello', 'json-malformed'],
    ['a request with a member that is not known', '{"policy":"eu-travel-2022","spy":true}', 'request-invalid'],
    ['a rule that nobody here knows', '{"policy":"made-up"}', 'policy-invalid'],
    ['an event of another day, by which a venue could follow people', '{"policy":"eu-travel-2022","audience":"Club","scope":{"event":"Night 2026-11-01"}}', 'request-invalid'],
    ['a name that turns around what is read', '{"policy":"eu-travel-2022","audience":"Club \\u202e"}', 'request-invalid'],
    ['a request that has run out', `{"policy":"eu-travel-2022","expiresAt":${NOW - 1}}`, 'request-invalid'],
    ['a rule that is no rule', 'HPR1:ABC', 'rule-malformed'],
  ])('refuses %s', async (_name, text, code) => {
    const { app } = await walletApp();
    await app.showing.ask(text);
    expect(app.showing.get()).toMatchObject({ name: 'failed', failure: { code } });
  });
});

describe('a rule that a venue has signed', () => {
  const rule = async () => {
    const certificate = await createDevelopmentCertificate('https://gate.example', 'Gate A', NOW);
    const { clientId, sign } = certificateSigner(certificate);
    const document = { ...policy(EU).document, id: 'gate-rule', version: 3 };
    return { certificate, text: await encodeRuleText(await createSignedRule(document, { clientId, sign }, NOW)) };
  };
  test('is used for this request alone, and is said to be by somebody who is not known, unless an authority vouches', async () => {
    const { app, around } = await walletApp();
    const { certificate, text } = await rule();
    await app.showing.ask(text);
    expect(app.showing.get()).toMatchObject({ name: 'asked', policy: { id: 'gate-rule', version: 3 }, rule: { known: false, signer: { by: 'certificate' } } });
    await app.showing.ask(`https://wallet.example/#/rule?t=${encodeURIComponent(text)}`);
    expect(app.showing.get()).toMatchObject({ name: 'asked', policy: { id: 'gate-rule' } });
    expect(app.holdings.get()!.rules.map(({ policy: { id } }) => id).toSorted()).toEqual(POLICIES.map(({ id }) => id).toSorted());
    const knowing = await around.openTab({ config: async () => ({ mirrors: ['https://verifier.example'], verifierAuthorities: [certificate.root], development: false }) });
    await knowing.door.unlock({ way: 'passphrase', passphrase: 'correct horse battery' });
    await until(knowing.holdings, (holdings) => holdings?.cards.length === 1);
    await knowing.showing.ask(await encodeRequestText({ policy: 'gate-rule@3', audience: 'Gate A', rule: text }));
    expect(knowing.showing.get()).toMatchObject({ name: 'asked', request: { audience: 'Gate A' }, rule: { known: true, signer: { name: 'Gate A' } } });
  });

  test('and that was changed afterwards is refused', async () => {
    const { app } = await walletApp();
    const forged = p256.utils.randomSecretKey();
    const certificate = await createDevelopmentCertificate('https://gate.example', 'Gate A', NOW);
    const { clientId, sign } = certificateSigner({ ...certificate, secretKey: forged });
    await app.showing.ask(await encodeRuleText(await createSignedRule({ ...policy(EU).document, id: 'gate-rule' }, { clientId, sign }, NOW)));
    expect(app.showing.get()).toMatchObject({ name: 'failed', failure: { code: 'rule-signature-invalid' } });
    await settle();
  });
});

describe('recognise', () => {
  test.each([
    ['openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Fo', 'offer'], ['https://wallet.example/?credential_offer=%7B%7D', 'offer'], ['haip-vci://?credential_offer=%7B%7D', 'offer'],
    ['openid4vp://?client_id=x&request_uri=https%3A%2F%2Fa.example', 'request'], ['haip-vp://?client_id=x', 'request'], ['{"policy":"over-18"}', 'venue'], ['HPQ1:ABC', 'venue'], ['HPR1:ABC', 'venue'],
    ['https://wallet.example/#/rule?t=HPR1%3AABC', 'venue'], ['HP1:ABC', 'pass'], ['https://example.org/', 'unknown'], ['javascript:alert(1)', 'unknown'], ['', 'unknown'],
  ])('%s is for %s', (text, expected) => expect(recognise(text)).toBe(expected));
});
