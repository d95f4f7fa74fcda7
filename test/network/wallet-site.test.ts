// The wallet's site: what it tells wallets, what it lets them do, and that it is not there where the wallet is not built.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CareDeployment } from '#contracts/care/index.ts';
import { readSettings } from '#server';
import { WALLET_VARIABLES } from '#network/config.ts';
import { createWalletSite } from '#network/wallet-site.ts';

describe('createWalletSite', () => {
  let folder: string;
  const mirrors = ['https://verifier.example'];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wallet-site-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>wallet</title>');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('says where wallets learn what the chain says, to pages of its own alone', async () => {
    const answer = await createWalletSite({ mirrors, development: false, folder })!.request('/config.json');
    expect([await answer.json(), answer.headers.get('access-control-allow-origin'), answer.headers.get('cache-control')]).toEqual([{ mirrors, verifierAuthorities: [], development: false }, null, 'no-cache']);
  });
  test('names the gateway of records where there is one, and what it is checked against', async () => {
    const [records, rpc, care] = ['https://records.example', ['https://rpc.example'], { chainId: 1, block: 7, contracts: {} } as CareDeployment];
    expect(await (await createWalletSite({ mirrors, development: false, folder, records, rpc, care })!.request('/config.json')).json()).toMatchObject({ records, rpc, care });
  });
  test('lets the wallet call services anywhere over TLS, and run no script but its own', async () => {
    const policy = (await createWalletSite({ mirrors, development: false, folder })!.request('/')).headers.get('content-security-policy')!;
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'; .*connect-src 'self' https: /);
  });
  test('answers to its own name alone', async () => {
    const app = createWalletSite({ mirrors, development: false, folder, guard: { publicUrl: 'https://wallet.example' } })!;
    expect([(await app.request('https://wallet.example/')).status, (await app.request('https://evil.example/')).status]).toEqual([200, 400]);
  });
  test('is none where the wallet was not built', () => expect(createWalletSite({ mirrors, development: false, folder: join(folder, 'none') })).toBeUndefined());
  test('has to know a mirror', async () => {
    await expect(readSettings({}, WALLET_VARIABLES)).rejects.toMatchObject({ code: 'configuration-invalid', field: 'HEALTHPASS_WALLET_MIRRORS' });
    await expect(readSettings({ HEALTHPASS_WALLET_MIRRORS: 'ftp://x' }, WALLET_VARIABLES)).rejects.toMatchObject({ field: 'HEALTHPASS_WALLET_MIRRORS' });
  });
});
