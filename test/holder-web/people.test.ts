// Several people in one wallet: what is kept for one is not seen, shown or lost with another.
import { describe, expect, test } from 'vitest';
import {
  addPerson, createBindings, createMemoryStorage, createWallet, FIRST_PERSON, heldCredentials, history, openWallet, PEOPLE_MAX, peopleOf, presentSdJwtVc, receiveCredential, removePerson, renamePerson, walletOf,
  type VaultStorage, type Wallet,
} from '#wallet';
import { holderOf } from '#wallet/wallet.ts';
import { code, createTestIssuer, issueTo, KEY, NEGATIVE_TEST, NOW, receiving, trustOf } from './fixture.ts';

const issuer = createTestIssuer();
const context = receiving(trustOf([issuer]));

async function receiveFor(wallet: Wallet, event = undefined as typeof NEGATIVE_TEST | undefined): Promise<string> {
  const [binding] = await createBindings(wallet, 1, NOW);
  return (await receiveCredential(wallet, await issueTo(issuer, binding!, event ? { event } : {}), context)).issued.id;
}
const idsOf = async (wallet: Wallet) => (await heldCredentials(wallet)).map(({ issued }) => issued.id);

async function family(): Promise<{ storage: VaultStorage; wallet: Wallet; child: Wallet; childId: string }> {
  const storage = createMemoryStorage();
  const wallet = await createWallet(storage, [KEY], NOW);
  const { id } = await addPerson(wallet, 'Mia', NOW);
  return { storage, wallet, child: walletOf(wallet, id), childId: id };
}

describe('walletOf', () => {
  test('two people of one wallet share neither secret nor records', async () => {
    const { wallet, child } = await family();
    const [mine, hers] = [await receiveFor(wallet), await receiveFor(child, NEGATIVE_TEST)];
    expect([await idsOf(wallet), await idsOf(child), await idsOf(walletOf(wallet, FIRST_PERSON))]).toEqual([[mine], [hers], [mine]]);
    expect((await holderOf(child)).secret).not.toBe((await holderOf(wallet)).secret);
    await presentSdJwtVc(child, hers, { audience: 'verifier', nonce: 'a nonce', now: NOW, disclose: [] });
    expect([(await history(wallet)).length, (await history(child)).length]).toEqual([0, 1]);
  });

  test('a credential for the binding of one person is not taken for another', async () => {
    const { wallet, child } = await family();
    const [binding] = await createBindings(child, 1, NOW);
    await expect(receiveCredential(wallet, await issueTo(issuer, binding!), context)).rejects.toMatchObject({ code: 'credential-rejected', field: 'claims.holder' });
  });

  test('a wallet of one person, as it was before there could be several, goes on without loss', async () => {
    const storage = createMemoryStorage();
    const before = await createWallet(storage, [KEY], NOW);
    const id = await receiveFor(before);
    const { secret } = await holderOf(before);
    const wallet = await openWallet(storage, KEY);
    expect(await peopleOf(wallet)).toEqual([{ id: FIRST_PERSON, name: '' }]);
    await addPerson(wallet, 'Mia', NOW);
    const again = walletOf(await openWallet(storage, KEY), FIRST_PERSON);
    expect([await idsOf(again), (await holderOf(again)).secret]).toEqual([[id], secret]);
  });

  test('what is under way for somebody who is removed meanwhile keeps nothing', async () => {
    const { storage, wallet, child, childId } = await family();
    const [binding] = await createBindings(child, 1, NOW);
    const issued = await issueTo(issuer, binding!);
    await removePerson(await openWallet(storage, KEY), childId); // in another tab
    await expect(receiveCredential(child, issued, context)).rejects.toEqual(code('person-unknown'));
    expect((await storage.list()).filter((name) => name.includes(childId))).toEqual([]);
    expect(await peopleOf(wallet)).toHaveLength(1);
  });
});

describe('addPerson, renamePerson, removePerson', () => {
  test('whoever is removed goes with everything that was kept for them, and nobody else', async () => {
    const { storage, wallet, child, childId } = await family();
    const mine = await receiveFor(wallet);
    await receiveFor(child);
    await removePerson(wallet, childId);
    expect((await storage.list()).filter((name) => name.includes(childId))).toEqual([]);
    expect([await idsOf(wallet), await peopleOf(wallet)]).toEqual([[mine], [{ id: FIRST_PERSON, name: '' }]]);
    await expect(removePerson(wallet, FIRST_PERSON)).rejects.toMatchObject({ code: 'request-invalid', field: 'people' });
    await expect(removePerson(wallet, childId)).rejects.toEqual(code('person-unknown'));
  });

  test('the first person can be removed when there is another', async () => {
    const { storage, wallet, childId } = await family();
    await removePerson(wallet, FIRST_PERSON);
    const again = await openWallet(storage, KEY);
    expect(await peopleOf(again)).toEqual([{ id: childId, name: 'Mia' }]);
    expect((await holderOf(walletOf(again, childId))).createdAt).toBe(NOW);
  });

  test('names are told apart and tidied, also those that need a joiner', async () => {
    const { wallet, childId } = await family();
    await renamePerson(wallet, FIRST_PERSON, '  क्‍ष ');
    expect((await peopleOf(wallet)).map(({ name }) => name)).toEqual(['क्‍ष', 'Mia']);
    await renamePerson(wallet, childId, 'Mia');
    for (const name of ['Mia', '  ', 'a\u0000', 'a\u202eb', 'x'.repeat(81)]) {
      await expect(addPerson(wallet, name, NOW)).rejects.toMatchObject({ code: 'request-invalid', field: 'name' });
    }
    await expect(renamePerson(wallet, 'ffffffff', 'Leo')).rejects.toEqual(code('person-unknown'));
  });

  test('there is room for a family, not for a village', async () => {
    const { wallet } = await family();
    for (let i = 2; i < PEOPLE_MAX; i++) await addPerson(wallet, `Person ${i}`, NOW);
    await expect(addPerson(wallet, 'One more', NOW)).rejects.toMatchObject({ code: 'request-invalid', field: 'people' });
  });
});
