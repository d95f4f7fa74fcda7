// The story of taking back: suspended, reinstated, revoked; in the wallet, at the counter, and to those who are shown the credential itself.
import { beforeAll, describe, expect, test } from 'vitest';
import { isHealthpassError, toUnixSeconds, windowAt, type IssuedCredential, type TrustState } from '#passport';
import { sampleBundle } from '#network/samples/index.ts';
import { heldCredentials, preparePasses, readyPasses, standingOfCredential, type ReadyPass, type Wallet } from '#wallet';
import { later, newWallet, now, type Answer, type Network } from './network.ts';
import { pass, policy, show } from './showing.ts';

const refusal = (error: unknown): string => (isHealthpassError(error) ? `${error.code} ${error.field}` : String(error));
/** Registry root that counts now, once it is final. */
const current = ({ roots }: TrustState) => (roots.at(-1)!.final ? roots.at(-1)! : undefined);

export const describeRevocation = (of: () => Network) => describe('taking back', () => {
  let wallet: Wallet;
  let issued: IssuedCredential[];
  let yellow: IssuedCredential;
  let ready: ReadyPass;
  const change = (action: string, ...credentials: readonly IssuedCredential[]): Promise<Answer> => of().issuer(`/credentials/${action}`, { ids: credentials.map(({ id }) => id) });
  const strict = (id: string) => of().verifier('/verify', { text: show(ready, now()), policy: id, limits: { root: 0 } });
  /** After a change: once its root is final. */
  const settled = (before: TrustState): Promise<TrustState> => of().trustWhen((trust) => trust.roots.length > before.roots.length && current(trust) !== undefined);

  beforeAll(async () => {
    wallet = await newWallet();
    issued = await of().issueTo(wallet, sampleBundle(now()));
    yellow = issued.find(({ claims }) => claims.disease === 16541001n)!;
    await of().trustWhen((trust) => current(trust) !== undefined); // what an earlier story revoked has replaced its root for good
    // A window that is still open an hour from now, whatever the time.
    ready = await pass(of(), wallet, 'negative-test', { window: windowAt(policy('negative-test').window, now() + 1800) });
  });

  test('a suspended credential is good for nothing until it is reinstated, and then as before', async () => {
    const before = await of().trust();
    await preparePasses(wallet, [{ policy: policy('yellow-fever') }], 1, { trust: before, now: now(), prover: of().prover });
    ready = (await readyPasses(wallet)).find((one) => one.policy === 'yellow-fever')!;
    expect(await strict('yellow-fever')).toMatchObject({ body: { outcome: 'accepted' } });

    expect(await change('suspend', yellow)).toMatchObject({ status: 200, body: { credentials: [{ id: yellow.id, changed: true }] } });
    const during = await settled(before);
    expect(await strict('yellow-fever')).toMatchObject({ body: { outcome: 'refused', reason: 'root-superseded', freshness: { rootSupersededAt: current(during)!.since } } });
    await expect(pass(of(), wallet, 'yellow-fever', { trust: during }).catch(refusal)).resolves.toBe('nothing-fits suspended');
    expect(await of().verifier('/verify', { text: yellow.vcJwt })).toMatchObject({ body: { outcome: 'refused', reason: 'credential-suspended' } });
    expect(await of().verifier('/verify', { text: yellow.sdJwtVc })).toMatchObject({ body: { reason: 'credential-suspended' } });
    expect(standingOfCredential(yellow, during, now()).status).toBe('suspended');

    expect(await change('suspend', yellow)).toMatchObject({ body: { credentials: [{ changed: false }] } });
    expect(await change('reinstate', yellow)).toMatchObject({ body: { credentials: [{ changed: true }] } });
    const after = await settled(during);
    expect(current(after)!.root).toBe(before.roots.at(-1)!.root);
    expect(await strict('yellow-fever')).toMatchObject({ body: { outcome: 'accepted', freshness: expect.not.objectContaining({ rootSupersededAt: expect.anything() }) } });
    expect(await of().verifier('/verify', { text: yellow.vcJwt })).toMatchObject({ body: { outcome: 'accepted' } });
    // The pass made ahead rests on a root that counts again: the wallet keeps it, and makes no other.
    expect(await preparePasses(wallet, [{ policy: policy('yellow-fever') }], 1, { trust: after, now: now(), prover: of().prover })).toEqual({ dropped: 0, made: 0, unfitting: [] });
  });

  test('a revoked credential makes no pass any more, and passes from before die when the rule demands the new root', async () => {
    const negative = (await readyPasses(wallet)).find((one) => one.policy === 'negative-test')!;
    const before = await of().trust();
    const { body } = await change('revoke', ...issued);
    expect(body).toEqual({ credentials: expect.arrayContaining(issued.map(({ id, claims }) => ({ id, list: claims.list, index: claims.index, changed: true }))) });
    const after = await settled(before);
    const supersededAt = after.roots.at(-1)!.since;

    const at = (time: number) => of().verify(show(negative, time), { policy: 'negative-test' }, { trust: after, now: later(0, time) });
    expect(toUnixSeconds(negative.windowEnd)).toBeGreaterThan(supersededAt + 3600);
    expect(await at(supersededAt + 3599)).toMatchObject({ outcome: 'accepted', freshness: { rootSupersededAt: supersededAt } });
    expect(await at(supersededAt + 3600)).toMatchObject({ outcome: 'refused', reason: 'root-superseded' });
    expect(await strict('yellow-fever')).toMatchObject({ body: { reason: 'root-superseded' } });

    for (const id of ['negative-test', 'eu-travel-2022', 'over-18']) {
      await expect(pass(of(), wallet, id, { trust: after }).catch(refusal)).resolves.toBe('nothing-fits revoked');
    }
    for (const text of [yellow.vcJwt, yellow.sdJwtVc]) expect(await of().verifier('/verify', { text })).toMatchObject({ body: { outcome: 'refused', reason: 'credential-revoked' } });
    expect((await heldCredentials(wallet)).map(({ issued: one }) => standingOfCredential(one, after, now()).status)).toEqual(issued.map(() => 'revoked'));
  });

  test('revocation is final, may be repeated, and is for what was issued here', async () => {
    expect(await change('revoke', yellow, yellow)).toMatchObject({ body: { credentials: [{ changed: false }] } });
    expect(await change('reinstate', yellow)).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    expect(await change('suspend', yellow)).toMatchObject({ status: 409, body: { code: 'status-conflict' } });
    const unknown = { ...yellow, id: 'urn:uuid:00000000-0000-4000-8000-000000000000' };
    expect(await change('revoke', unknown)).toMatchObject({ status: 404, body: { code: 'credential-unknown' } });
  });
});
