// `node verifier/main.ts`: the verifier as a process of its own, against the chain of the network and what its issuer publishes.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleImmunization } from '#network/samples/index.ts';
import type { IssuedCredential } from '#passport';
import { fetchRequest, parsePresentationLink } from '#wallet/openid4vp/index.ts';
import { newWallet, now, ok, pause, type Network } from './network.ts';
import { copyDatabases } from '../server/empty-database.ts';

const MAIN = fileURLToPath(new URL('../../verifier/main.ts', import.meta.url));

function launch(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, printed: () => printed, gone: new Promise<number | null>((resolve) => child.once('exit', resolve)) };
}

export const describeStandAlone = (of: () => Network) => describe('the verifier as a process of its own', () => {
  let verifier: ReturnType<typeof launch>;
  let issued: IssuedCredential;
  const ended: (() => void)[] = [];
  afterAll(() => ended.forEach((end) => end()));
  beforeAll(async () => {
    [issued] = await of().issueTo(await newWallet(), sampleImmunization(now())) as [IssuedCredential];
    ok(await of().issuer('/keys/rotate', { keys: 'did' })); // so that a retired key signed it
    const data = join(of().folder.root, 'stand-alone');
    await copyDatabases([data]);
    verifier = launch({
      HEALTHPASS_RPC: of().endpoints.rpc, HEALTHPASS_DEPLOYMENT: of().folder.deployment, HEALTHPASS_ISSUERS: of().endpoints.issuer, HEALTHPASS_VERIFIER_DATA: data, HEALTHPASS_VERIFIER_PORT: '0', HEALTHPASS_VERIFIER_NAME: 'Gate A',
    });
    ended.push(() => verifier.child.kill('SIGKILL'));
  });

  test('reads the chain, believes what a retired key signed in its time, and ends when told to', async () => {
    while (!verifier.printed().includes('listens on')) await pause(50);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(verifier.printed())![0];
    const verdict = async () => (await fetch(`${url}/verify`, { method: 'POST', body: JSON.stringify({ text: issued.vcJwt }) })).json() as Promise<{ outcome: string; reason?: string }>;
    let answer = await verdict();
    for (let tries = 0; tries < 600 && answer.reason === 'trust-missing'; tries++, answer = await verdict()) await pause(100);
    expect(answer).toMatchObject({ outcome: 'accepted' });
    const [authority, token] = await Promise.all(['development-authority.pem', 'token.txt'].map((file) => readFile(join(of().folder.root, 'stand-alone', file), 'utf8')));
    const asked = await fetch(`${url}/presentations`, { method: 'POST', body: JSON.stringify({ ask: [{ policy: 'over-18' }] }), headers: { authorization: `Bearer ${token!.trim()}` } });
    const { link } = (await asked.json()) as { link: string };
    expect(await fetchRequest(parsePresentationLink(link, { development: true }), { fetch, now: now(), roots: [authority!], development: true })).toMatchObject({ asker: { name: 'Gate A' } });
    verifier.child.kill('SIGTERM');
    expect(await verifier.gone).toBe(0);
  });

  test.each<[string, Record<string, string>, string]>([
    ['does not say where the chain is', {}, 'HEALTHPASS_RPC'],
    ['names a chain that is no URL', { HEALTHPASS_RPC: 'file:///etc/passwd' }, 'HEALTHPASS_RPC'],
    ['is for production, with development keys', { HEALTHPASS_RPC: 'http://127.0.0.1:1', HEALTHPASS_DEPLOYMENT: 'deployment.json', HEALTHPASS_MODE: 'production' }, 'development-keys'],
  ])('does not start where its configuration %s', async (_name, environment, said) => {
    const started = launch({ HEALTHPASS_RPC: '', HEALTHPASS_DEPLOYMENT: '', ...environment });
    ended.push(() => started.child.kill('SIGKILL'));
    expect([await started.gone, started.printed()]).toEqual([1, expect.stringContaining(said)]);
  });
});
