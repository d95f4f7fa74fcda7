import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carry, DELEGATE_SCOPES, domainOf, grant, grantFor, revoke, revokeFor, setDelegate } from '#contracts/care/index.ts';
import type { Statement } from '#records/model/typed-data.ts';
import { account, failure } from '../system.ts';
import { addressOf, bytes32, FAR, RELAYER, somebody, startCare, withHighS, word, type CareSystem } from './system.ts';

const ID = bytes32('grant');
const DAY = 86_400;
const STRANGER = account(7);
const NONE = `0x${'0'.repeat(64)}`;

let care: CareSystem;
let now: number;
beforeAll(async () => {
  care = await startCare();
  now = await care.time();
});
afterAll(() => care?.stop());

const grantOf = (owner: string) => care.view('ConsentRegistry', 'grantOf', owner, ID);
const isActive = (owner: string) => care.view('ConsentRegistry', 'isActive', owner, ID);

describe('grant and revoke', () => {
  test('cost at most 50,000 and 25,000 gas, as whole transactions', async () => {
    const owner = account(1);
    const granted = await care.send(owner, grant(care.deployment, ID, word(now, now + DAY)));
    expect(granted.gasUsed).toBeLessThanOrEqual(50_000n);
    expect(await isActive(owner.address)).toBe('true');
    const revoked = await care.send(owner, revoke(care.deployment, ID));
    expect(revoked.gasUsed).toBeLessThanOrEqual(25_000n);
    expect(await grantOf(owner.address)).toBe(NONE);
  });

  test('by signature, a patient needs no ether, and a relayer pays at most 80,000', async () => {
    const owner = somebody('patient');
    const first = word(now, now + DAY, 'first');
    const receipt = await care.relay(owner, 'Grant', { owner: owner.address, id: ID, word: first });
    expect(receipt.gasUsed).toBeLessThanOrEqual(80_000n);
    expect(await grantOf(owner.address)).toBe(first);
    const second = word(now, now + 2 * DAY, 'second');
    await care.relay(owner, 'Grant', { owner: owner.address, id: ID, word: second });
    expect(await grantOf(owner.address)).toBe(second);
    await care.relay(owner, 'Revoke', { owner: owner.address, id: ID });
    expect(await isActive(owner.address)).toBe('false');
  });

  test.each([
    ['that ends before it begins', (time: number) => word(time + DAY, time)], ['that is over', (time: number) => word(time - DAY, time - 1)],
    ['longer than ten years', (time: number) => word(time, time + 3653 * DAY)], ['without an end', (time: number) => word(time, 0)],
    ['without a policy', (time: number) => `${word(time, time + DAY).slice(0, 22)}${'0'.repeat(44)}` as const],
  ])('a grant %s is refused', async (_what, wordAt) => {
    const owner = somebody('careless');
    expect(await failure(care.relay(owner, 'Grant', { owner: owner.address, id: ID, word: wordAt(now) as `0x${string}` }))).toBe('transaction-failed WordInvalid');
  });

  test('what is not granted cannot be revoked', async () => {
    expect(await failure(care.send(account(2), revoke(care.deployment, bytes32('nothing'))))).toBe('transaction-failed NothingGranted');
  });

  test('a forged grant: a stranger signs for an owner', async () => {
    const owner = somebody('victim');
    const forged = { owner: owner.address, id: ID, word: word(now, now + DAY) };
    expect(await failure(care.relay(somebody('forger'), 'Grant', forged))).toBe('transaction-failed NotAuthorised');
    expect(await failure(care.send(STRANGER, grantFor(care.deployment, owner.address, ID, forged.word)))).toBe('transaction-failed NotAuthorised');
    expect(await grantOf(owner.address)).toBe(NONE);
  });

  test('a replayed, a late, a twisted signature and one for another contract or chain change nothing', async () => {
    const owner = somebody('replayed');
    const { value, signature } = await care.sign(owner, 'Grant', { owner: owner.address, id: ID, word: word(now, now + DAY) });
    const carried = (statement: Statement<'Grant'>, by: string) => failure(care.send(RELAYER, carry(care.deployment, 'Grant', statement, by)));
    expect(await carried(value, withHighS(signature))).toBe('transaction-failed ECDSAInvalidSignatureS');
    expect(await carried(value, signature.slice(0, -2))).toBe('transaction-failed ECDSAInvalidSignatureLength');
    expect(await carried({ ...value, word: word(now, now + 2 * DAY) }, signature)).toBe('transaction-failed NotAuthorised');
    const late = { ...value, deadline: now - 1 };
    expect(await carried(late, owner.sign(domainOf(care.deployment, 'Grant'), 'Grant', late))).toBe('transaction-failed StatementExpired');
    expect(await carried(value, owner.sign(domainOf(care.deployment, 'Dispense'), 'Grant', value))).toBe('transaction-failed NotAuthorised');
    expect(await carried(value, owner.sign({ ...domainOf(care.deployment, 'Grant'), chainId: 1 }, 'Grant', value))).toBe('transaction-failed NotAuthorised');
    expect(await carried(value, signature)).toBe('no failure');
    await care.relay(owner, 'Revoke', { owner: owner.address, id: ID });
    expect(await carried(value, signature)).toBe('transaction-failed InvalidAccountNonce');
    expect(await grantOf(owner.address)).toBe(NONE);
  });
});

describe('delegates', () => {
  const owner = somebody('with a carer');
  const signer = somebody('carer');
  const delegate = account(3);
  const change = () => ({ owner: owner.address, id: ID, word: word(now, now + DAY) });

  test('do what their scope says, until it ends, under their own nonce', async () => {
    await care.relay(owner, 'SetDelegate', { owner: owner.address, delegate: addressOf(delegate), scope: DELEGATE_SCOPES.revoke, until: now + DAY });
    expect(await failure(care.send(delegate, grantFor(care.deployment, owner.address, ID, change().word)))).toBe('transaction-failed NotAuthorised');
    await care.relay(owner, 'Grant', change());
    await care.send(delegate, revokeFor(care.deployment, owner.address, ID));
    expect(await grantOf(owner.address)).toBe(NONE);

    await care.relay(owner, 'SetDelegate', { owner: owner.address, delegate: signer.address, scope: DELEGATE_SCOPES.grant, until: now + DAY });
    await care.relay(signer, 'Grant', change());
    expect(await isActive(owner.address)).toBe('true');
    expect(await failure(care.relay(signer, 'Revoke', { owner: owner.address, id: ID }))).toBe('transaction-failed NotAuthorised');
    await care.relay(owner, 'SetDelegate', { owner: owner.address, delegate: signer.address, scope: 0, until: 0 });
    expect(await failure(care.relay(signer, 'Grant', change()))).toBe('transaction-failed NotAuthorised');
  });

  test('appoint nobody', async () => {
    expect(await failure(care.relay(signer, 'SetDelegate', { owner: owner.address, delegate: signer.address, scope: 3, until: FAR }))).toBe('transaction-failed WrongSigner');
    expect(await failure(care.send(account(2), setDelegate(care.deployment, signer.address, 4, FAR)))).toBe('transaction-failed ScopeInvalid');
  });
});
