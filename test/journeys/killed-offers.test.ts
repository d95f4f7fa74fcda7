// The issuer is killed while a wallet asks for a credential, at several moments: whatever the moment, the wallet that asks the same again gets its
// credential, and there is one.
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { createJws } from '#formats/credential/jws.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { now, ok, pause, type Client } from './network.ts';
import { createProcessNetwork, type ProcessNetwork } from './process.ts';

/** Milliseconds between a request and the kill; a request takes some fifty to two hundred. */
const MOMENTS = [1, 40, 90, 300];
let network: ProcessNetwork;
let client: Client;
beforeAll(async () => {
  // The same one for each of its lives; below those that the system gives to whoever asks for any while it is down.
  network = await createProcessNetwork({ HEALTHPASS_ISSUER_PORT: String(randomInt(20_000, 32_000)) });
  client = await network.start();
});
afterAll(async () => {
  await network.end('SIGKILL');
  await network.remove();
});

const post = (path: string, body: string, headers: Record<string, string>) => fetch(client.endpoints.issuer + path, { method: 'POST', body, headers });
const json = { 'content-type': 'application/json' };
type Issuances = { issuances: { credentials: { id: string }[]; source: string }[] };

test.each(MOMENTS)('killed after %i ms, the same request is answered after the restart, and one credential is in the register', async (moment) => {
  const url = client.endpoints.issuer;
  const made = ok(await client.issuer('/offers', { fhir: sampleImmunization(now()) })) as { txCode: string; offer: { grants: Record<string, Record<string, string>> } };
  const grant = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
  const form = new URLSearchParams({ grant_type: grant, 'pre-authorized_code': made.offer.grants[grant]!['pre-authorized_code']!, tx_code: made.txCode });
  const { access_token: token } = await (await post('/token', form.toString(), { 'content-type': 'application/x-www-form-urlencoded' })).json() as { access_token: string };
  const { c_nonce: nonce } = await (await post('/nonce', '', {})).json() as { c_nonce: string };
  const holder = createHolderSigner();
  const proof = await createJws({ alg: 'ES256', typ: 'openid4vci-proof+jwt', jwk: holder.key }, { aud: url, iat: now(), nonce }, holder.sign);
  const ask = () => post('/credential', JSON.stringify({ credential_configuration_id: 'vaccination_dc_sd_jwt', proofs: { jwt: [proof] } }), { ...json, authorization: `Bearer ${token}` });

  const first = ask().then(async (answer) => answer.text()).catch(() => undefined);
  await pause(moment);
  await network.end('SIGKILL');
  const heard = await first;
  client = await network.start();
  expect(client.endpoints.issuer).toBe(url);
  const again = await ask();
  const text = await again.text();
  expect([again.status, heard === undefined || heard === text]).toEqual([200, true]);
  const { issuances } = ok(await client.issuer('/issuances')) as Issuances;
  expect(issuances.filter(({ source }) => source === 'offer').map(({ credentials }) => credentials.length)).toEqual(issuances.map(() => 1));
});
