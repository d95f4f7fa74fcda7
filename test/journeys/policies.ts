// Every policy with somebody whom it fits and somebody whom it does not, and the synthetic patients where the public vectors are at hand.
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isHealthpassError } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { sampleBundle, sampleChildBundle } from '#network/samples/index.ts';
import { fitPolicy, heldCredentials, type Wallet } from '#wallet';
import { DAY, newWallet, now, type Network } from './network.ts';
import { pass, policy, show } from './showing.ts';

const IDS = POLICIES.map(({ id }) => id);
const vectors = process.env['HEALTHPASS_VECTORS'] ?? new URL('../../../shared/vectors', import.meta.url).pathname;
const hasPatients = existsSync(`${vectors}/synthea`);

/** Code and shortest reason of a refusal to make a pass. */
const refusal = (error: unknown): string => (isHealthpassError(error) ? `${error.code} ${error.field}` : String(error));

export const describePolicies = (of: () => Network) => describe('every policy', () => {
  let adult: Wallet;
  let child: Wallet;
  beforeAll(async () => {
    [adult, child] = [await newWallet(), await newWallet()];
    await of().issueTo(adult, sampleBundle(now()));
    await of().issueTo(child, sampleChildBundle(now()));
  });

  test.each(IDS)('%s fits the adult and not the child', async (id) => {
    const question = { trust: await of().trust(), now: now() };
    expect(fitPolicy(await heldCredentials(adult), policy(id), question).fits.length).toBeGreaterThan(0);
    expect(fitPolicy(await heldCredentials(child), policy(id), question)).toMatchObject({ fits: [], why: expect.stringMatching(/^(unmet|not-yet)$/) });
    await expect(pass(of(), child, id).catch(refusal)).resolves.toMatch(/^nothing-fits (unmet|not-yet)$/);
  });
  // Passes for the others are proven in the other stories, two of them by the patients.
  test.each(hasPatients ? ['measles-school'] : ['measles-school', 'tetanus-booster', 'over-18'])('a pass for %s serves for it alone', async (id) => {
    const ready = await pass(of(), adult, id);
    expect(await of().verifier('/verify', { text: show(ready, now()), policy: id })).toMatchObject({ body: { outcome: 'accepted', shown: { policy: id } } });
    for (const other of IDS.filter((candidate) => candidate !== id)) {
      expect(await of().verifier('/verify', { text: show(ready, now()), policy: other })).toMatchObject({ body: { outcome: 'refused', reason: 'policy-mismatch' } });
    }
  });
});

/** Name and last vaccination against tetanus, as their records have them. None was vaccinated against what the other policies ask for. */
const PATIENTS = [
  { name: 'Alberto_Atencio_fc712d1f-5a2e-4407-9c55-a2a2bad623c2', family: 'Atencio', tetanus: '2016-03-07' },
  { name: 'Blake_Eichmann_6c099f2d-1173-468d-b95f-4fbf960b3b55', family: 'Eichmann', tetanus: '2015-03-16' },
  { name: 'Lemuel_Hodkiewicz_ece76cc5-d728-4ddd-a85d-a47de7d1649a', family: 'Hodkiewicz', tetanus: '2021-01-01' },
  { name: 'Liz_Conn_27c911c6-f045-4ffa-af5d-6eba57ac94b2', family: 'Conn', tetanus: '2018-08-17' },
];

export const describePatients = (of: () => Network) => describe.skipIf(!hasPatients)('the synthetic patients (skipped without the public vectors)', () => {
  test.each(PATIENTS)('$name', async ({ name, tetanus, family }) => {
    const wallet = await newWallet();
    const issued = await of().issueTo(wallet, JSON.parse(readFileSync(`${vectors}/synthea/${name}.json`, 'utf8')));
    expect(issued.length).toBeGreaterThan(3);
    const isRecent = Date.parse(tetanus) / 1000 + 3652 * DAY > now() + 3 * DAY;
    const fitting = isRecent ? 'tetanus-booster' : 'over-18';
    const ready = await pass(of(), wallet, fitting);
    expect(await of().verifier('/verify', { text: show(ready, now()), policy: fitting })).toMatchObject({ body: { outcome: 'accepted', shown: { policy: fitting } } });
    const unfitting = IDS.filter((id) => !['over-18', ...(isRecent ? ['tetanus-booster'] : [])].includes(id));
    for (const id of unfitting) await expect(pass(of(), wallet, id).catch(refusal)).resolves.toBe('nothing-fits unmet');
    // Shown openly, the same credentials meet the same policies, and the name on them is that of the record.
    const verdicts = await Promise.all(issued.map(async ({ vcJwt }) => (await of().verifier('/verify', { text: vcJwt, policy: 'tetanus-booster' })).body));
    expect(verdicts.some((verdict) => (verdict as { outcome: string }).outcome === 'accepted')).toBe(isRecent);
    expect(await of().verifier('/verify', { text: issued[0]!.vcJwt, policy: 'over-18' })).toMatchObject({ body: { outcome: 'accepted', shown: { claims: { person: { familyName: expect.stringContaining(family) } } } } });
  });
});
