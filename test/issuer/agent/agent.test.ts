import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transaction, Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isListedAt } from '#passport/trust.ts';
import { verifyEcdsa } from '#formats/credential/signature.ts';
import { createIssuerAgent } from '#issuer/agent/index.ts';
import { startAgent, type AgentFixture } from './fixture.ts';

let issuer: AgentFixture;
beforeAll(async () => { issuer = await startAgent(); });
afterAll(() => issuer.stop());

const current = async () => (await issuer.listed()).filter((key) => key.untilBlock === null);

describe('createIdentity', () => {
  test('gives a did:ethr of the account that signs its transactions', async () => {
    const { did, account } = issuer.me;
    expect(did).toBe(`did:ethr:0x7a69:${account.address}`);
    const raw = await account.signTransaction({ to: account.address, nonce: 0, chainId: 31337, type: 2, gasLimit: 21_000 });
    expect(Transaction.from(raw).from).toBe(account.address);
  });
  test('makes no second one, and takes none over beside it', async () => {
    await expect(issuer.agent.createIdentity()).rejects.toMatchObject({ code: 'configuration-invalid' });
    await expect(issuer.agent.importIdentity(Wallet.createRandom().privateKey)).rejects.toMatchObject({ code: 'configuration-invalid' });
  });
});

describe('a rotation of keys', () => {
  test('before the first keys are listed there is nothing to sign with, and nothing to retire', async () => {
    await expect(issuer.agent.signingKeys()).rejects.toMatchObject({ code: 'key-unknown' });
    await expect(issuer.agent.retireOldKeys()).rejects.toMatchObject({ code: 'key-unknown' });
    await expect(issuer.agent.eraseRetiredKeys()).rejects.toMatchObject({ code: 'key-unknown' });
  });

  test('lists a pair of keys, one of each kind, neither of them the account’s', async () => {
    const first = await issuer.agent.listNewKeys();
    expect(first.calls).toHaveLength(2);
    expect(await issuer.agent.listNewKeys()).toEqual(first); // repeated, as after a crash
    await issuer.send(first);
    expect((await issuer.agent.listNewKeys()).calls).toEqual([]); // and after it took effect
    expect((await current()).map(({ type }) => type)).toEqual(['secp256k1', 'P-256']);
    await issuer.agent.eraseRetiredKeys();
    const keys = await issuer.agent.signingKeys();
    expect([keys.vc.kid, keys.sd.kid]).toEqual((await current()).map(({ kid }) => kid));
    expect(keys.vc.keyRef).not.toBe(issuer.me.account.address);
  });

  test('goes through crashes between any two steps, and ends with the new keys alone', async () => {
    const before = await issuer.agent.signingKeys();
    const begun = await issuer.agent.listNewKeys();
    let agent = await issuer.reopen();
    expect(await agent.listNewKeys()).toEqual(begun);
    await expect(agent.retireOldKeys()).rejects.toMatchObject({ code: 'key-unknown' });
    await issuer.send({ ...begun, calls: begun.calls.slice(0, 1) });
    agent = await issuer.reopen();
    await expect(agent.retireOldKeys()).rejects.toMatchObject({ code: 'key-unknown' });
    expect((await agent.listNewKeys()).calls).toEqual(begun.calls.slice(1));
    await issuer.send(await agent.listNewKeys());

    const after = await agent.signingKeys();
    expect(after.vc.kid).not.toBe(before.vc.kid);
    const retire = await (await issuer.reopen()).retireOldKeys();
    expect(retire.calls).toHaveLength(2);
    expect(retire.id).not.toBe(begun.id);
    await issuer.send(retire);
    expect((await (await issuer.reopen()).retireOldKeys()).calls).toEqual([]);
    expect(await (await issuer.reopen()).eraseRetiredKeys()).toBe(2);

    const last = await issuer.reopen();
    expect((await current()).map(({ kid }) => kid)).toEqual([after.vc.kid, after.sd.kid]);
    expect((await last.signingKeys()).sd.kid).toBe(after.sd.kid);
  });

  test('signs SD-JWT VCs with the P-256 key that is listed', async () => {
    const { sd } = await (await issuer.reopen()).signingKeys();
    const { publicKey } = (await current()).find(({ kid }) => kid === sd.kid)!;
    const message = new TextEncoder().encode('header.payload');
    expect(verifyEcdsa('P-256', publicKey, message, await sd.sign(message))).toBe(true);
  });

  test('a key that is listed lives for years, so that it is replaced and not renewed', async () => {
    for (const key of await current()) expect(isListedAt(key, key.since + 15 * 365 * 86_400)).toBe(true);
  });
});

describe('the key store', () => {
  test('holds nothing in the open: no secret, no DID, no public key', async () => {
    const kept = await readdir(issuer.folder);
    const files = await Promise.all(kept.map((name) => readFile(join(issuer.folder, name))));
    const { privateKeyHex } = await issuer.keyStore.get(`private-key/${issuer.me.account.address}`) as { privateKeyHex: string };
    for (const file of files) {
      for (const text of [privateKeyHex, issuer.me.did, 'privateKeyHex', Buffer.from(privateKeyHex, 'hex')]) expect(file.includes(text)).toBe(false);
    }
    for (const name of kept) expect((await stat(join(issuer.folder, name))).mode & 0o077).toBe(0);
  });
});

describe('createIssuerAgent', () => {
  test('refuses to run while Veramo would print keys and credentials', async () => {
    const { default: debug } = await import('debug');
    for (const names of ['*', 'veramo:*', 'veramo:agent:keyManagerImport', 'express,veramo:credential-jwt:*']) {
      debug.enable(names);
      try {
        expect(() => createIssuerAgent({ rpc: issuer.chain.rpc, ...issuer.chain.deployment, keyStore: issuer.keyStore }))
          .toThrow(expect.objectContaining({ code: 'configuration-invalid', field: 'DEBUG' }));
      } finally {
        debug.disable();
      }
    }
  });
  test.each(['', '0x12', 'g'.repeat(64), `0x${'1'.repeat(66)}`, '0'.repeat(64), 'f'.repeat(64)])('refuses %j as the key of an identity', async (key) => {
    await expect(issuer.agent.importIdentity(key)).rejects.toMatchObject({ code: 'configuration-invalid' });
  });
});
