// Backups: what is in the file, who can open it, and what restoring an old one does to a wallet that went on.
import { describe, expect, test } from 'vitest';
import { sha256 } from '@noble/hashes/sha2.js';
import { makeBackup, openBackup } from '#wallet/backup.ts';
import { planRestore, restoreBackup } from '#wallet/restore.ts';
import { addPerson, createBindings, FIRST_PERSON, heldCredentials, history, peopleOf, presentSdJwtVc, readyPasses, receiveCredential, removeCredential, removePerson, renamePerson, walletOf, type Wallet } from '#wallet';
import { CARE, type Care } from '#wallet/care.ts';
import { CREDENTIALS, PASSES, type ReadyPass } from '#wallet/records.ts';
import { holderOf } from '#wallet/wallet.ts';
import { code, createTestIssuer, issueTo, NEGATIVE_TEST, newWallet, NOW, receiving, trustOf } from './fixture.ts';

const PASSPHRASE = 'a passphrase for the file';
const CHEAP = { N: 2 ** 14, r: 8, p: 1 };
const LATER = (NOW + 1000) as typeof NOW;
const issuer = createTestIssuer();
const context = receiving(trustOf([issuer]));

async function receiveFor(wallet: Wallet, event?: typeof NEGATIVE_TEST): Promise<string> {
  const [binding] = await createBindings(wallet, 1, NOW);
  return (await receiveCredential(wallet, await issueTo(issuer, binding!, event ? { event } : {}), context)).issued.id;
}
const idsOf = async (wallet: Wallet) => (await heldCredentials(wallet)).map(({ issued }) => issued.id);

const careOf = (byte: number): Care => ({
  root: new Uint8Array(32).fill(byte) as Care['root'], createdAt: NOW, seen: 0, names: {}, delegates: 0, card: { name: 'Anna Müller', birthDate: '1980-01-02' }, // 32 bytes
  gateway: { url: 'https://records.example', address: `0x${'ab'.repeat(20)}` as Care['gateway']['address'], chainId: 1, contracts: {} }, // 20 bytes
});

async function family() {
  const wallet = await newWallet();
  await renamePerson(wallet, FIRST_PERSON, 'Anna');
  const { id } = await addPerson(wallet, 'Mia', NOW);
  const child = walletOf(wallet, id);
  const records = [await receiveFor(wallet), await receiveFor(child, NEGATIVE_TEST)] as const;
  return { wallet, child, childId: id, records, file: await makeBackup(wallet, PASSPHRASE, NOW, CHEAP) };
}

describe('makeBackup and openBackup', () => {
  test('a device that was lost is made good by the file and its passphrase', async () => {
    const { wallet, child, records, file } = await family();
    const fresh = await newWallet();
    const backup = await openBackup(file, PASSPHRASE);
    expect([backup.madeAt, await planRestore(undefined, backup)]).toEqual([NOW, [
      { name: 'Anna', records: 1, added: 1, isHere: false }, { name: 'Mia', records: 1, added: 1, isHere: false },
    ]]);
    expect(await restoreBackup(fresh, backup)).toEqual({ people: 2, records: 2 });
    const people = await peopleOf(fresh);
    expect(people.map(({ name }) => name)).toEqual(['Anna', 'Mia']);
    const [anna, mia] = people.map(({ id }) => walletOf(fresh, id)) as [Wallet, Wallet];
    expect([await idsOf(anna), await idsOf(mia)]).toEqual([[records[0]], [records[1]]]);
    expect([(await holderOf(anna)).secret, (await holderOf(mia)).secret]).toEqual([(await holderOf(wallet)).secret, (await holderOf(child)).secret]);
    await presentSdJwtVc(mia, records[1], { audience: 'verifier', nonce: 'a nonce', now: NOW, disclose: [] }); // its key is there too
  });

  test('the roots of records come back too, one for each person, and none in place of one that is here', async () => {
    const { wallet, child } = await family();
    await wallet.change(({ write }) => write(CARE, careOf(1)));
    await child.change(({ write }) => write(CARE, careOf(2)));
    const backup = await openBackup(await makeBackup(wallet, PASSPHRASE, NOW, CHEAP), PASSPHRASE);
    const fresh = await newWallet();
    await restoreBackup(fresh, backup);
    const [anna, mia] = (await peopleOf(fresh)).map(({ id }) => walletOf(fresh, id)) as [Wallet, Wallet];
    expect([await anna.read(CARE), await mia.read(CARE)]).toEqual([careOf(1), careOf(2)]);
    await anna.change(({ write }) => write(CARE, careOf(3)));
    await restoreBackup(fresh, backup);
    expect(await anna.read(CARE)).toEqual(careOf(3));
  });

  test('a person who is removed takes the root of their records along', async () => {
    const { wallet, child, childId } = await family();
    await child.change(({ write }) => write(CARE, careOf(2)));
    await removePerson(wallet, childId);
    expect(await child.read(CARE)).toBeUndefined();
  });

  test('the wrong passphrase opens nothing, and one that is too short makes no file', async () => {
    const { wallet, file } = await family();
    await expect(openBackup(file, 'another passphrase')).rejects.toMatchObject({ code: 'wallet-locked', field: 'passphrase' });
    await expect(makeBackup(wallet, 'short', NOW, CHEAP)).rejects.toMatchObject({ code: 'request-invalid', field: 'passphrase' });
  });

  test('nothing of a person stands in the file', async () => {
    const { file, records } = await family();
    const text = Buffer.from(file).toString('latin1');
    for (const secret of ['Anna', 'Mia', 'Müller', records[0], 'eyJ']) expect(text).not.toContain(secret);
  });

  /** One bit of what is sealed. */
  const turned = (file: Uint8Array) => file.with(file.length - 3, file.at(-3)! ^ 1);
  const checked = (body: Uint8Array) => Uint8Array.from([...sha256(body), ...body]);
  test.each<[string, (file: Uint8Array) => Uint8Array, string, string]>([
    ['cut off', (file) => file.slice(0, -5000), 'backup-invalid', 'checksum'],
    ['with a bit turned over', (file) => turned(file), 'backup-invalid', 'checksum'],
    ['empty', () => new Uint8Array(), 'backup-invalid', 'file'],
    ['a picture', () => Uint8Array.from({ length: 5000 }, (_, i) => i % 251), 'backup-invalid', 'file'],
    ['with a header that is none', (file) => checked(file.slice(32).fill(0x7b, 4, 20)), 'backup-invalid', 'header'],
    ['of a newer version', (file) => checked(Buffer.from(Buffer.from(file.slice(32)).toString('latin1').replace('"version":1', '"version":2'), 'latin1')), 'backup-invalid', 'version'],
    ['whose passphrase was made cheaper to guess', (file) => checked(Buffer.from(Buffer.from(file.slice(32)).toString('latin1').replace('"N":16384', '"N":32768'), 'latin1')), 'wallet-locked', 'passphrase'],
    ['whose content was exchanged, with a checksum that fits', (file) => checked(turned(file).slice(32)), 'backup-invalid', 'content'],
  ])('a file %s is refused', async (_name, change, expected, field) => {
    const { file } = await family();
    await expect(openBackup(change(file), PASSPHRASE)).rejects.toMatchObject({ code: expected, field });
  });
});

describe('restoreBackup', () => {
  test('an old backup undoes nothing: what came since stays, what was lost comes back, once', async () => {
    const { wallet, child, childId, records, file } = await family();
    const since = await receiveFor(wallet, NEGATIVE_TEST);
    await renamePerson(wallet, childId, 'Maria');
    await removeCredential(child, records[1]);
    const backup = await openBackup(file, PASSPHRASE);
    expect(await planRestore(wallet, backup)).toEqual([{ name: 'Anna', records: 1, added: 0, isHere: true }, { name: 'Mia', records: 1, added: 1, isHere: true }]);
    expect(await restoreBackup(wallet, backup)).toEqual({ people: 0, records: 1 });
    expect([await idsOf(wallet), await idsOf(child)]).toEqual([[records[0], since], [records[1]]]);
    expect((await peopleOf(wallet)).map(({ name }) => name)).toEqual(['Anna', 'Maria']);
    expect(await restoreBackup(wallet, backup)).toEqual({ people: 0, records: 0 });
  });

  test('restoring an old backup (rollback) makes no pass showable that was shown since', async () => {
    const { wallet } = await family();
    const pass: ReadyPass = {
      id: 'p1', policy: 'over-18', version: 1, policyRoot: 1n, registryRoot: 1n, windowStart: NOW, windowEnd: NOW, scope: undefined, match: false, credential: 'c', proof: new Uint8Array(128),
      nullifier: undefined, identityTag: undefined, deviceSecret: new Uint8Array(32).fill(1), madeAt: NOW,
    } as never;
    await wallet.change((change) => change.write(PASSES, [pass]));
    const backup = await openBackup(await makeBackup(wallet, PASSPHRASE, NOW, CHEAP), PASSPHRASE);
    await wallet.change((change) => change.write(PASSES, [])); // shown
    await restoreBackup(wallet, backup);
    const fresh = await newWallet();
    await restoreBackup(fresh, backup);
    expect([await readyPasses(wallet), await readyPasses(fresh)]).toEqual([[], []]);
  });

  test('a key that an issuer still has to answer is kept, and one that was answered since is not waited for again', async () => {
    const wallet = await newWallet();
    const [answered, waiting] = await createBindings(wallet, 2, NOW);
    const backup = await openBackup(await makeBackup(wallet, PASSPHRASE, NOW, CHEAP), PASSPHRASE);
    await receiveCredential(wallet, await issueTo(issuer, answered!), context);
    await restoreBackup(wallet, backup);
    expect((await wallet.read(CREDENTIALS)).pending.map(({ commitment }) => commitment)).toEqual([waiting!.commitment]);
  });

  test('the history of both is there, in order, nothing twice', async () => {
    const { wallet, records, file } = await family();
    const show = (now: typeof NOW) => presentSdJwtVc(wallet, records[0], { audience: 'verifier', nonce: 'a nonce', now, disclose: [] });
    await show(NOW);
    const second = await makeBackup(wallet, PASSPHRASE, LATER, CHEAP);
    await show(LATER);
    for (const bytes of [second, file, second]) await restoreBackup(wallet, await openBackup(bytes, PASSPHRASE));
    expect((await history(wallet)).map(({ at }) => at)).toEqual([NOW, LATER]);
  });

  test('a wallet of somebody else takes the people in beside its own', async () => {
    const { file } = await family();
    const other = await newWallet();
    await renamePerson(other, FIRST_PERSON, 'Anna');
    await receiveFor(other);
    expect(await restoreBackup(other, await openBackup(file, PASSPHRASE))).toEqual({ people: 2, records: 2 });
    expect((await peopleOf(other)).map(({ name }) => name)).toEqual(['Anna', 'Anna 2', 'Mia']);
  });

  test('where there is no room for all, nobody is taken in', async () => {
    const { file } = await family();
    const full = await newWallet();
    for (let i = 1; i < 16; i++) await addPerson(full, `Person ${i}`, NOW);
    await expect(restoreBackup(full, await openBackup(file, PASSPHRASE))).rejects.toEqual(code('request-invalid'));
    expect(await peopleOf(full)).toHaveLength(16);
  });
});
