// Passes, with real proofs: made, kept ready, shown, and verified by the verifier's own checks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClaimsKeyPair, decodePass, type FieldElement, type TrustState, type UnixSeconds } from '#passport';
import { parseBirthDate } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import {
  createBindings, createMemoryStorage, createWallet, eraseHistory, history, makePass, openWallet, PRESENTATION_SECONDS, preparePasses, presentPass, readyPasses,
  receiveCredential, removeCredential, startPresentation, type MakingDeps, type PresentationRequest, type PresentingDeps, type VaultStorage, type Wallet,
} from '#wallet';
import { PASSES } from '#wallet/records.ts';
import { code, createTestIssuer, HOUR, issueTo, KEY, NOW, POLICIES, policy, receiving, RECOVERY, trustOf, VACCINATION, walletWith } from './fixture.ts';
import { startProofs, type Proofs } from './proofs.ts';

const issuer = createTestIssuer();
const trust = trustOf([issuer]);
const eu = policy('eu-travel-2022');
const REQUEST: PresentationRequest = { policy: eu.id };
const CHALLENGE = new Uint8Array(16).fill(3);
const later = (seconds: number) => (NOW + seconds) as UnixSeconds;

let proofs: Proofs;
beforeAll(async () => { proofs = await startProofs(); });
afterAll(() => proofs.close());

const making = (change: Partial<MakingDeps> = {}): MakingDeps => ({ trust, now: NOW, prover: proofs.prover, ...change });
const presenting = (change: Partial<PresentingDeps> = {}): PresentingDeps => ({ now: NOW, policies: POLICIES, trust, ...change });
/** A prover that must not be asked: whatever is refused is refused before the seconds that proving takes. */
const unasked: MakingDeps['prover'] = { prove: () => { throw new Error('the prover was asked'); } };

/** A storage with a wallet that holds a vaccination and two passes for travel: copied, so that proofs are made once. */
let prepared: { storage: VaultStorage; index: number };
async function copyOf(storage: VaultStorage): Promise<VaultStorage> {
  const copy = createMemoryStorage();
  for (const name of await storage.list()) await copy.write(name, (await storage.read(name))!);
  return copy;
}
const preparedWallet = async (): Promise<Wallet> => openWallet(await copyOf(prepared.storage), KEY);

beforeAll(async () => {
  const storage = createMemoryStorage();
  const wallet = await createWallet(storage, [KEY], NOW);
  const [binding] = await createBindings(wallet, 1, NOW);
  const issued = await issueTo(issuer, binding!);
  await receiveCredential(wallet, issued, receiving(trust));
  expect(await preparePasses(wallet, [{ policy: eu }], 2, making())).toEqual({ dropped: 0, made: 2, unfitting: [] });
  prepared = { storage, index: issued.claims.index };
});

describe('makePass', () => {
  test('names what every signal must be, and the verifier agrees: with scope, match, audience and challenge', async () => {
    const { wallet } = await walletWith(issuer, [{}]);
    const request: PresentationRequest = { policy: eu.id, audience: 'Gate A', challenge: CHALLENGE, scope: { event: 'Concert 2026-11-22' }, match: true };
    const text = await presentPass(wallet, request, presenting({ prover: proofs.prover }));
    const person = { nameDigest: nameDigest(VACCINATION.person!), birthDate: parseBirthDate('1980-01-02', { now: NOW }) };
    const ask = { policy: eu.id, audience: 'Gate A', challenge: CHALLENGE, scope: { verifier: 'Gate A', event: 'Concert 2026-11-22' }, match: person };
    expect(await proofs.verify(text, ask, trust, NOW)).toMatchObject({ outcome: 'accepted', shown: { matched: true, scope: 'Concert 2026-11-22' } });
    expect(await proofs.verify(text, { ...ask, match: { ...person, birthDate: 19800103 } }, trust, NOW)).toMatchObject({ reason: 'match-wrong' });
    expect(text.length).toBeLessThanOrEqual(431);
    expect(await history(wallet)).toMatchObject([{ audience: 'Gate A', event: 'Concert 2026-11-22', match: true, policy: 'eu-travel-2022@1', form: 'pass' }]);
    expect(await readyPasses(wallet)).toEqual([]);
  });

  const refusals: [string, string, (index: number) => TrustState | undefined][] = [
    ['revoked', 'nothing-fits', (index) => trustOf([issuer], { blocked: { 1: [index] } })],
    ['suspended', 'nothing-fits', (index) => trustOf([issuer], { suspended: { 1: [index] } })],
    ['of an issuer removed', 'nothing-fits', () => trustOf([issuer], { status: 'removed' })],
    ['signed with a key rotated out', 'nothing-fits', () => trustOf([{ ...issuer, claims: createClaimsKeyPair() }])],
    ['without trust data', 'no-trust-data', () => undefined],
    ['under leaves that are not those of the root', 'no-trust-data', () => ({ ...trust, leaves: new Map([...trust.leaves, [77, 5n as FieldElement]]) })],
    ['under words that are not those of the list\'s root', 'no-trust-data', () => ({ ...trust, lists: trust.lists.map((list) => ({ ...list, words: new Map([[0, 2n]]) })) })],
    ['under a leaf of another list', 'no-trust-data', () => ({ ...trust, lists: trust.lists.map((list) => ({ ...list, slot: 9 })) })],
    ['with a clock that is behind the chain', 'no-trust-data', () => trustOf([issuer], { now: later(4000) })],
    ['before any root is final', 'no-trust-data', () => ({ ...trust, roots: trust.roots.map((root) => ({ ...root, final: false })) })],
  ];
  test.each(refusals)('refuses before proving: %s', async (_name, expected, state) => {
    const wallet = await preparedWallet();
    await expect(makePass(wallet, eu, making({ trust: state(prepared.index), prover: unasked }))).rejects.toEqual(code(expected));
    expect(await readyPasses(wallet)).toHaveLength(2);
  });

  test('refuses a match when no name is attested', async () => {
    const { wallet } = await walletWith(issuer, [{ event: RECOVERY }]);
    await expect(makePass(wallet, eu, { ...making({ prover: unasked }), match: true })).rejects.toMatchObject({ code: 'nothing-fits', field: 'name-missing' });
  });

  test('keeps nothing of a prover that proves another statement', async () => {
    const wallet = await preparedWallet();
    const pass = { proof: { a: [1n, 2n], b: [[1n, 2n], [3n, 4n]], c: [1n, 2n] }, times: { witness: 0, proof: 0 } } as const;
    const lying: MakingDeps['prover'] = {
      prove: async (witness) => ({ ...pass, signals: {
        nullifier: 1n, identityTag: 0n, registryRoot: witness.registryRoot, policyRoot: witness.policyRoot, windowStart: BigInt(witness.windowStart),
        windowEnd: BigInt(witness.windowEnd), today: BigInt(witness.today), scope: 0n, deviceKey: witness.deviceKey,
      } as never }),
    };
    await expect(makePass(wallet, eu, making({ prover: lying }))).rejects.toMatchObject({ code: 'artifact-mismatch', field: 'nullifier' });
    expect(await readyPasses(wallet)).toHaveLength(2);
  });

  test('a pass that was cancelled is not kept', async () => {
    const wallet = await preparedWallet();
    await expect(makePass(wallet, eu, { ...making(), signal: AbortSignal.abort() })).rejects.toEqual(code('cancelled'));
    expect(await readyPasses(wallet)).toHaveLength(2);
  });
});

describe('preparePasses', () => {
  test('makes nothing while enough are ready, for now and for the next window', async () => {
    const wallet = await preparedWallet();
    expect(await preparePasses(wallet, [{ policy: eu }], 2, making({ prover: unasked }))).toEqual({ dropped: 0, made: 0, unfitting: [] });
    expect(await preparePasses(wallet, [{ policy: eu }], 2, making({ prover: unasked, now: later(HOUR) }))).toEqual({ dropped: 0, made: 0, unfitting: [] });
  });

  test('makes one for the next window when those at hand will be over then', async () => {
    const wallet = await preparedWallet();
    const now = later(2.75 * HOUR); // 15:15; those at hand end at 16:00
    expect(await preparePasses(wallet, [{ policy: eu }], 1, making({ now, trust: trustOf([issuer], { now }) }))).toMatchObject({ dropped: 0, made: 1 });
    const next = (await readyPasses(wallet)).at(-1)!;
    expect(next.windowStart - (await readyPasses(wallet))[0]!.windowStart).toBe(4 * HOUR);
    await expect(presentPass(wallet, REQUEST, presenting({ now: later(3.6 * HOUR), trust: undefined }))).resolves.toMatch(/^HP1:/);
  });

  test('drops passes whose window is over', async () => {
    const wallet = await preparedWallet();
    const now = later(4 * HOUR);
    expect(await preparePasses(wallet, [{ policy: eu }], 0, making({ now, prover: unasked }))).toMatchObject({ dropped: 2 });
  });

  test('keeps passes whose root was replaced, until the policy takes them no longer', async () => {
    const wallet = await preparedWallet();
    const replaced = trustOf([issuer], { now: later(120), blocked: { 1: [3] }, before: trust });
    expect(await preparePasses(wallet, [{ policy: eu }], 0, making({ trust: replaced, now: later(120) }))).toMatchObject({ dropped: 0 });
    const strict = { ...eu, freshness: { ...eu.freshness, root: 60 } };
    expect(await preparePasses(wallet, [{ policy: strict }], 0, making({ trust: replaced, now: later(120) }))).toMatchObject({ dropped: 2 });
  });

  test.each<[string, (index: number) => TrustState]>([
    ['revoked', (index) => trustOf([issuer], { blockedLately: { 1: [index] } })],
    ['of an issuer suspended', () => ({ ...trust, issuers: trust.issuers.map((record) => ({ ...record, latestStatus: 'suspended' as const })) })],
    ['of another chain', () => trustOf([createTestIssuer(2)])],
  ])('drops passes whose credential is %s, and says that none fits', async (_name, state) => {
    const wallet = await preparedWallet();
    expect(await preparePasses(wallet, [{ policy: eu }], 2, making({ trust: state(prepared.index), prover: unasked }))).toEqual({ dropped: 2, made: 0, unfitting: [eu.id] });
    await expect(presentPass(wallet, REQUEST, presenting())).rejects.toMatchObject({ code: 'nothing-fits', field: 'not-ready' });
  });

  test('a credential that is removed takes its passes along', async () => {
    const wallet = await preparedWallet();
    await removeCredential(wallet, (await readyPasses(wallet))[0]!.credential);
    expect(await readyPasses(wallet)).toEqual([]);
  });
});

describe('presentPass', () => {
  test('shows a ready pass at once, and the verifier accepts it', async () => {
    const wallet = await preparedWallet();
    const text = await presentPass(wallet, { ...REQUEST, challenge: CHALLENGE }, presenting({ prover: unasked }));
    expect(await proofs.verify(text, { policy: eu.id, challenge: CHALLENGE }, trust, NOW)).toMatchObject({ outcome: 'accepted' });
    expect(await proofs.verify(text, { policy: eu.id, challenge: new Uint8Array(16) }, trust, NOW)).toMatchObject({ outcome: 'refused', reason: 'challenge-wrong' });
    expect(await proofs.verify(text, { policy: eu.id }, trust, NOW)).toMatchObject({ reason: 'challenge-wrong' });
    expect(await proofs.verify(text, { policy: 'over-18', challenge: CHALLENGE }, trust, NOW)).toMatchObject({ reason: 'policy-mismatch' });
    expect(text.length).toBeLessThanOrEqual(340);
  });

  test('no pass is shown twice', async () => {
    const wallet = await preparedWallet();
    const first = decodePass(await presentPass(wallet, { ...REQUEST, audience: 'Gate A' }, presenting()));
    const second = decodePass(await presentPass(wallet, { ...REQUEST, audience: 'Gate A' }, presenting()));
    expect(first.proof).not.toEqual(second.proof);
    await expect(presentPass(wallet, { ...REQUEST, audience: 'Gate B' }, presenting())).rejects.toMatchObject({ code: 'nothing-fits', field: 'not-ready' });
    expect((await history(wallet)).map(({ audience }) => audience)).toEqual(['Gate A', 'Gate A']);
  });

  test('two windows of one wallet that show at the same time take two passes', async () => {
    const storage = await copyOf(prepared.storage);
    const wallets = await Promise.all([openWallet(storage, KEY), openWallet(storage, KEY)]);
    const texts = await Promise.all(wallets.map((wallet) => presentPass(wallet, REQUEST, presenting())));
    const [a, b] = texts.map((text) => Buffer.from(decodePass(text).proof).toString('hex'));
    expect(a).not.toBe(b);
  });

  test('a pass that was taken is gone even if nothing came to be shown', async () => {
    const storage = await copyOf(prepared.storage);
    await startPresentation(await openWallet(storage, KEY), REQUEST, presenting());
    expect(await readyPasses(await openWallet(storage, KEY))).toHaveLength(1);
  });

  test('erasing the history makes nothing showable again', async () => {
    const wallet = await preparedWallet();
    const shown = decodePass(await presentPass(wallet, REQUEST, presenting()));
    await eraseHistory(wallet);
    expect(await history(wallet)).toEqual([]);
    expect(decodePass(await presentPass(wallet, REQUEST, presenting())).proof).not.toEqual(shown.proof);
    await expect(presentPass(wallet, REQUEST, presenting())).rejects.toEqual(code('nothing-fits'));
  });

  test('history can be erased in part', async () => {
    const wallet = await preparedWallet();
    await presentPass(wallet, REQUEST, presenting());
    await presentPass(wallet, REQUEST, presenting({ now: later(60) }));
    await eraseHistory(wallet, NOW + 30);
    expect((await history(wallet)).map(({ at }) => at)).toEqual([later(60)]);
  });

  test('a pass made without an identity tag does not serve where one is asked, nor one without a scope for a scope', async () => {
    const wallet = await preparedWallet();
    await expect(presentPass(wallet, { ...REQUEST, match: true }, presenting())).rejects.toMatchObject({ field: 'not-ready' });
    await expect(presentPass(wallet, { ...REQUEST, audience: 'A', scope: { event: '2026-11-22' } }, presenting())).rejects.toMatchObject({ field: 'not-ready' });
    expect(await readyPasses(wallet)).toHaveLength(2);
  });

  test('a ready pass of a credential that is revoked since is not shown', async () => {
    const wallet = await preparedWallet();
    const state = trustOf([issuer], { blockedLately: { 1: [prepared.index] } });
    await expect(presentPass(wallet, REQUEST, presenting({ trust: state, prover: unasked }))).rejects.toMatchObject({ code: 'nothing-fits', field: 'revoked' });
  });

  test.each<[string, PresentationRequest, string]>([
    ['an event of another day', { policy: eu.id, audience: 'A', scope: { event: '2026-11-20' } }, 'request-invalid'],
    ['a scope without a name', { policy: eu.id, scope: { event: '2026-11-22' } }, 'request-invalid'],
    ['a short challenge', { policy: eu.id, challenge: new Uint8Array(8) }, 'request-invalid'],
    ['a policy that the wallet does not know', { policy: 'tell-me-all' }, 'policy-invalid'],
  ])('refuses %s and takes no pass', async (_name, request, expected) => {
    const wallet = await preparedWallet();
    await expect(presentPass(wallet, request, presenting({ prover: unasked }))).rejects.toEqual(code(expected));
    expect(await readyPasses(wallet)).toHaveLength(2);
    expect(await history(wallet)).toEqual([]);
  });
});

describe('startPresentation', () => {
  test('signs the same pass anew every few seconds, as one entry of the history', async () => {
    const wallet = await preparedWallet();
    const presentation = await startPresentation(wallet, REQUEST, presenting());
    const [first, second] = [presentation.sign(NOW), presentation.sign(later(5))].map(decodePass);
    expect(first!.proof).toEqual(second!.proof);
    expect(first!.signature).not.toEqual(second!.signature);
    expect(await history(wallet)).toHaveLength(1);
    expect(await readyPasses(wallet)).toHaveLength(1);
  });

  test('a picture of the code dies, the live code does not', async () => {
    const presentation = await startPresentation(await preparedWallet(), REQUEST, presenting());
    const picture = presentation.sign(NOW);
    expect(await proofs.verify(picture, { policy: eu.id }, trust, later(eu.freshness.code + 1))).toMatchObject({ reason: 'code-expired' });
    expect(await proofs.verify(presentation.sign(later(eu.freshness.code)), { policy: eu.id }, trust, later(eu.freshness.code + 1))).toMatchObject({ outcome: 'accepted' });
  });

  test('ends after a while, with the window, and when the wallet is locked', async () => {
    const wallet = await preparedWallet();
    const presentation = await startPresentation(wallet, REQUEST, presenting());
    expect(() => presentation.sign(later(PRESENTATION_SECONDS))).toThrow(code('presentation-over'));
    const late = later(3.5 * HOUR - 60); // a minute before the window ends
    const short = await startPresentation(wallet, REQUEST, presenting({ now: late, trust: undefined }));
    expect(short.until).toBe(late + 60);
    wallet.lock();
    expect(wallet.state()).toBe('locked');
    expect(() => short.sign(late)).toThrow(code('wallet-locked'));
    await wallet.unlock(KEY);
    expect(short.sign(late)).toMatch(/^HP1:/);
  });

  test('of passes that last long enough, the one that ends first is taken', async () => {
    const wallet = await preparedWallet();
    const shift = (seconds: number) => (pass: Awaited<ReturnType<typeof readyPasses>>[number]) => ({ ...pass, windowStart: pass.windowStart + seconds as never, windowEnd: pass.windowEnd + seconds as never });
    await wallet.change(async (change) => {
      const [a, b] = await change.read(PASSES);
      change.write(PASSES, [shift(0)(a!), shift(-HOUR)(b!)]); // until 16:00, until 15:00
    });
    const at = (now: UnixSeconds) => presenting({ now, trust: undefined });
    expect((await startPresentation(wallet, REQUEST, at(later(2.4 * HOUR)))).windowEnd).toBe(later(3.5 * HOUR)); // 14:54: the other has 6 minutes left
  });
});
