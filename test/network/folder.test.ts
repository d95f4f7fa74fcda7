import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolder, lockFolder, readEndpoints } from '#network/folder.ts';
import { startSystem } from '#network/system.ts';

let root: string;
beforeAll(async () => { root = await mkdtemp(join(tmpdir(), 'healthpass-folder-')); });
afterAll(() => rm(root, { recursive: true, force: true }));

describe('readEndpoints', () => {
  const good = { issuer: 'http://127.0.0.1:1', verifier: 'http://127.0.0.1:2', rpc: 'http://127.0.0.1:3' };
  const read = async (json: unknown) => {
    const folder = dataFolder(join(root, 'endpoints'));
    await mkdir(folder.root, { recursive: true });
    await writeFile(folder.endpoints, typeof json === 'string' ? json : JSON.stringify(json));
    return readEndpoints(folder);
  };
  test('knows the services, and those that others add', async () => {
    expect(await readEndpoints(dataFolder(join(root, 'none')))).toBeUndefined();
    expect(await read({ ...good, other: 'http://127.0.0.1:4' })).toEqual(good);
  });
  test.each([[{}], [{ ...good, rpc: 'file:///etc/passwd' }], [{ ...good, issuer: 'javascript:alert(1)' }], [{ ...good, verifier: 5 }], [[]], [null]])('takes no other form: %j', async (json) => {
    await expect(read(json)).rejects.toMatchObject({ code: 'configuration-invalid', field: 'endpoints.json' });
  });
});

describe('a data folder', () => {
  test('serves one network at a time', async () => {
    const folder = dataFolder(join(root, 'locked'));
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'configuration-invalid', field: 'HEALTHPASS_DATA' }));
    await expect(startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 })).rejects.toMatchObject({ code: 'configuration-invalid', field: 'HEALTHPASS_DATA' });
    release();
    lockFolder(folder)();
  });

  test('of production is not served with development keys', async () => {
    const folder = dataFolder(join(root, 'production'));
    await expect(startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { environment: { HEALTHPASS_MODE: 'production' } })).rejects.toMatchObject({ code: 'development-keys' });
    await expect(startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { environment: { HEALTHPASS_MODE: 'prod' } })).rejects.toMatchObject({ code: 'configuration-invalid', field: 'HEALTHPASS_MODE' });
  });

  test('whose chain is gone says so, and how to begin anew', async () => {
    const folder = dataFolder(join(root, 'lost'));
    const address = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
    const names = ['EthereumDIDRegistry', 'PoseidonT3', 'RegistryTree', 'IssuerRegistry', 'StatusRegistry', 'Groth16Verifier', 'PassVerifier'];
    await mkdir(dirname(folder.deployment), { recursive: true });
    await writeFile(folder.deployment, JSON.stringify({ chainId: 31337, block: 1, contracts: Object.fromEntries(names.map((name) => [name, address])) }));
    await expect(startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 })).rejects.toMatchObject({ code: 'configuration-invalid', field: 'deployment.json', message: expect.stringContaining('remove the folder') });
    await writeFile(folder.deployment, '{"chainId":');
    await expect(startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 })).rejects.toMatchObject({ code: 'json-malformed' });
  });
});
