import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHolderSigner } from '#formats/credential/index.ts';
import { readAttesters } from '#issuer';

const [{ key }, { key: other }] = [createHolderSigner(), createHolderSigner()];
const NAMED = { ...key, iss: 'https://wallets.example' };

describe('readAttesters', () => {
  const read = async (content: unknown) => {
    const folder = await mkdtemp(join(tmpdir(), 'attesters-'));
    try {
      await writeFile(join(folder, 'jwks.json'), typeof content === 'string' ? content : JSON.stringify(content));
      return await readAttesters(join(folder, 'jwks.json'));
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  test('gives the keys by the iss of their attestations, and nobody’s where no file is named', async () => {
    expect([...await read({ keys: [{ ...NAMED, kid: '1', use: 'sig', alg: 'ES256' }, { ...other, iss: 'b' }] })]).toEqual([['https://wallets.example', key], ['b', other]]);
    expect((await readAttesters(undefined)).size).toBe(0);
  });
  test.each<[string, unknown]>([
    ['no JSON', '{canary'], ['no keys', { keys: [] }], ['a key alone', NAMED], ['a key without an iss', { keys: [key] }], ['one iss twice', { keys: [NAMED, { ...other, iss: NAMED.iss }] }],
    ['a key of another curve', { keys: [{ ...NAMED, crv: 'P-384' }] }], ['a point beside the curve', { keys: [{ ...NAMED, y: NAMED.x }] }], ['a private key', { keys: [{ ...NAMED, d: 'canary' }] }],
  ])('refuses %s, naming the variable', async (_name, content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'configuration-invalid', field: 'HEALTHPASS_ISSUER_WALLET_ATTESTERS', message: expect.not.stringContaining('canary') });
  });
  test('refuses a file that is not there', async () => {
    await expect(readAttesters('/nowhere/jwks.json')).rejects.toMatchObject({ field: 'HEALTHPASS_ISSUER_WALLET_ATTESTERS' });
  });
});
