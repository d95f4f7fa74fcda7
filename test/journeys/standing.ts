// The standing of an issuer: what suspension and removal by governance do to it, to holders and to those who check.
import { beforeAll, describe, expect, test } from 'vitest';
import { reinstateIssuer, removeIssuer, suspendIssuer, type Call } from '#contracts';
import { sampleBundle } from '#network/samples/index.ts';
import { encodeHolderBinding, isHealthpassError, type IssuedCredential, type TrustState } from '#passport';
import { createBindings, type Wallet } from '#wallet';
import { newWallet, now, ok, type Network } from './network.ts';
import { pass } from './showing.ts';

const refusal = (error: unknown): string => (isHealthpassError(error) ? `${error.code} ${error.field}` : String(error));

export const describeStanding = (of: () => Network) => describe('an issuer', () => {
  let wallet: Wallet;
  let issued: IssuedCredential;
  const govern = async (call: Call, status: string): Promise<TrustState> => {
    await of().governance.send(call, { id: `${status}:${Math.random()}` });
    return of().trustWhen(({ issuers }) => issuers[0]!.status === status);
  };
  const verdicts = async () => Promise.all([issued.vcJwt, issued.sdJwtVc].map(async (text) => ok(await of().verifier('/verify', { text })) as { outcome: string; reason?: string }));
  const issue = async () => of().issuer('/credentials', { fhir: sampleBundle(now()), bindings: (await createBindings(wallet, 9, now())).map(encodeHolderBinding) });

  beforeAll(async () => {
    wallet = await newWallet();
    issued = (await of().issueTo(wallet, sampleBundle(now())))[0]!;
  });

  test('that is suspended is believed in nothing and issues nothing, until it is reinstated', async () => {
    const during = await govern(suspendIssuer(of().deployment, 1), 'suspended');
    expect(await verdicts()).toEqual([0, 1].map(() => expect.objectContaining({ outcome: 'refused', reason: 'issuer-suspended', fixer: 'issuer' })));
    await expect(pass(of(), wallet, 'over-18', { trust: during }).catch(refusal)).resolves.toBe('nothing-fits issuer-suspended');
    expect(await issue()).toMatchObject({ status: 409, body: { code: 'issuer-not-accredited' } });
    await govern(reinstateIssuer(of().deployment, 1), 'active');
    expect(await verdicts()).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
    expect(await issue()).toMatchObject({ status: 201 });
  });

  test('that is removed is out for good', async () => {
    const after = await govern(removeIssuer(of().deployment, 1), 'removed');
    expect(await verdicts()).toEqual([0, 1].map(() => expect.objectContaining({ outcome: 'refused', reason: 'issuer-removed' })));
    await expect(pass(of(), wallet, 'over-18', { trust: after }).catch(refusal)).resolves.toBe('nothing-fits issuer-removed');
    expect(await issue()).toMatchObject({ status: 409, body: { code: 'issuer-not-accredited' } });
    expect(await of().issuer('/keys/rotate', { keys: 'claims' })).toMatchObject({ body: { code: expect.stringMatching(/^(transaction-failed|issuer-not-accredited)$/) } });
    await expect(of().governance.send(reinstateIssuer(of().deployment, 1), { id: 'again' }).catch(refusal)).resolves.toMatch(/^transaction-failed/);
  });
});
