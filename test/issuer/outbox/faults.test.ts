// What chains, nodes, clocks and other senders do to a writer, one after the other on a real chain. However long a fault lasts, once it is over
// everything that was asked for is there, once, and nobody had to lend a hand.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JsonRpcProvider } from 'ethers';
import { changeStatus, connect, reinstateIssuer, setDelegate, suspendIssuer } from '#contracts';
import type { Outbox } from '#issuer';
import { createDatabaseJournal, takeAccount } from '#issuer/outbox/journal.ts';
import type { OutboxDeps } from '#issuer/outbox/index.ts';
import { openDoor, type Door, type Fault } from '../../contracts/faults.ts';
import { masksOf, statusRoot } from '#passport';
import { account, failure, GOVERNANCE } from '../../contracts/system.ts';
import { FAST, indexOf, ISSUER, listOf, now, openOutboxScene, pause, trustOf, type OutboxScene } from './scene.ts';

describe('an outbox', () => {
  let scene: OutboxScene;
  let door: Door;
  let provider: JsonRpcProvider;
  let outbox: Outbox | undefined;
  let free = 0;
  let before: number;
  /** A credential that no test has used. */
  const fresh = () => scene.ids[free++]!;
  const isBlocked = async (id: string) => {
    const index = indexOf(scene.ids.indexOf(id));
    return (((await listOf(scene.trust)).words.get(Math.floor(index / 248)) ?? 0n) >> BigInt(index % 248) & 1n) === 1n;
  };
  const events = async () => (await scene.events()).slice(before);
  /** An outbox behind the door. */
  const open = (options: Partial<OutboxDeps> = {}) => (outbox = scene.outbox({ provider, sync: trustOf([door.url], scene.system.deployment), patience: 400, ...options }));
  const always = (fault: Fault, ...methods: string[]): Door['fault'] => ({ method }) => (methods.length === 0 || methods.includes(method) ? fault : undefined);
  const trouble = async (says: string) => {
    for (let tries = 0; (await outbox!.state()).trouble !== says; tries++) {
      if (tries > 2400) throw new Error(`it is not troubled by ${says} but by ${(await outbox!.state()).trouble}`);
      await pause(25);
    }
  };
  const cured = async () => {
    door.fault = () => undefined;
    await scene.quiet(outbox!);
    const { sound } = await listOf(scene.trust);
    expect(sound).toBe(true);
  };
  beforeAll(async () => {
    scene = await openOutboxScene(200);
    door = await openDoor(scene.system.anvil.url);
    provider = connect(door.url, scene.system.anvil.chainId, { timeout: 400 });
  });
  beforeEach(async () => {
    before = (await scene.events()).length;
  });
  afterEach(async () => {
    door.fault = () => undefined;
    await scene.system.provider.send('evm_setAutomine', [true]);
    await outbox?.stop();
    outbox = undefined;
  });
  afterAll(async () => {
    provider?.destroy();
    await door?.stop();
    await scene?.stop();
  });

  test.each<[string, Fault]>([['down', 'broken'], ['asked too often (429)', { status: 429 }], ['slow beyond all patience', { delay: 600 }], ['answering with errors of its own (502)', { status: 502 }]])('of a chain that is %s keeps what it was asked for, and makes it afterwards', async (_name, fault) => {
    door.fault = always(fault);
    open();
    const id = fresh();
    expect(await failure(scene.change(outbox!, 'revoke', [id]))).toBe('chain-unavailable chain');
    await trouble('chain-unavailable');
    expect((await outbox!.lag()).pending).toBe(1);
    expect(await events()).toEqual([]);
    await cured();
    expect([await events(), await isBlocked(id)]).toEqual([['Revoked'], true]);
  });

  test('whose transaction was taken while the answer got lost does not send another', async () => {
    door.fault = always({ delay: 600 }, 'eth_sendRawTransaction');
    open({ patience: 10_000 });
    const count = await provider.getTransactionCount(ISSUER.address);
    expect(await scene.change(outbox!, 'revoke', [fresh()])).toMatchObject([{ changed: true }]);
    await cured();
    expect([await events(), await provider.getTransactionCount(ISSUER.address)]).toEqual([['Revoked'], count + 1]);
  });

  test('of an endpoint that serves another chain signs nothing', async () => {
    door.fault = always({ answer: () => '0x1' }, 'eth_chainId');
    open({ sync: trustOf([scene.system.anvil.url], scene.system.deployment) });
    const signed = async () => (await scene.database.query(`SELECT 1 FROM chain_journal WHERE type = 'signed'`)).length;
    const count = await signed();
    expect(await failure(scene.change(outbox!, 'revoke', [fresh()]))).toBe('chain-unavailable chain');
    await trouble('chain-inconsistent chainId');
    expect(await signed()).toBe(count);
    await cured();
    expect(await events()).toEqual(['Revoked']);
  });

  test('that reads the chain at an old block does not take a change for done', async () => {
    open({ patience: 20_000 });
    const id = fresh();
    const old = await scene.system.provider.getBlockNumber();
    expect(await scene.change(outbox!, 'suspend', [id])).toMatchObject([{ changed: true }]);
    await outbox!.stop();
    await scene.system.mine(3);
    // The index asks an endpoint that stands still; transactions go to one that does not.
    const stale = await openDoor(scene.system.anvil.url);
    stale.fault = ({ method, params }) => (method === 'eth_getBlockByNumber' && ['latest', 'finalized'].includes(params[0] as string) ? { ask: { method, params: [`0x${old.toString(16)}`, false] } } : undefined);
    open({ sync: trustOf([stale.url], scene.system.deployment) });
    expect(await failure(scene.change(outbox!, 'reinstate', [id]))).toBe('chain-unavailable chain');
    await trouble('chain-inconsistent latest');
    stale.fault = () => undefined;
    await cured();
    await stale.stop();
    expect([await events(), await isBlocked(id)]).toEqual([['Suspended', 'Reinstated'], false]);
  });

  test('of a chain whose newest block is an hour old waits for a younger one, whatever the clock has done', async () => {
    let skew = 7200;
    open({ now: () => now() + skew, maxHeadAge: 3600 });
    const id = fresh();
    expect(await failure(scene.change(outbox!, 'revoke', [id]))).toBe('chain-unavailable chain');
    await trouble('chain-inconsistent latest');
    skew = -86_400; // a clock that steps back: the age of what waits is never less than nothing
    expect((await outbox!.lag()).oldestSeconds).toBe(0);
    await cured();
    expect(await events()).toEqual(['Revoked']);
  });

  test('of endpoints that disagree waits until they agree', async () => {
    const liar = await openDoor(scene.system.anvil.url);
    liar.fault = ({ method }) => (method === 'eth_getBlockByNumber' ? { answer: (truth) => truth && { ...truth as object, hash: `0x${'6'.repeat(64)}` } } : undefined);
    open({ sync: trustOf([scene.system.anvil.url, liar.url], scene.system.deployment) });
    const id = fresh();
    expect(await failure(scene.change(outbox!, 'revoke', [id]))).toBe('chain-unavailable chain');
    await trouble('chain-inconsistent');
    expect(await events()).toEqual([]);
    liar.fault = () => undefined;
    await cured();
    await liar.stop();
    expect([await events(), await isBlocked(id)]).toEqual([['Revoked'], true]);
  });

  test('of which a reorganisation of three blocks drops what was mined makes it again, and says nothing twice', async () => {
    open({ patience: 20_000 });
    const [a, b] = [fresh(), fresh()];
    await scene.system.mine(3);
    await scene.change(outbox!, 'suspend', [a]);
    await scene.change(outbox!, 'revoke', [b]);
    await scene.change(outbox!, 'reinstate', [a]);
    await scene.system.provider.send('anvil_reorg', [3, []]);
    expect(await events()).toEqual([]);
    await cured();
    expect([await events(), await isBlocked(a), await isBlocked(b)]).toEqual([['Suspended', 'Revoked', 'Reinstated'], false, true]);
  });

  test('whose transaction runs out of gas makes it again with enough', async () => {
    let lies = 1;
    door.fault = ({ method }) => (method === 'eth_estimateGas' && lies-- > 0 ? { answer: (truth) => `0x${(BigInt(truth as string) * 6n / 10n).toString(16)}` } : undefined);
    open({ patience: 20_000 });
    const id = fresh();
    expect(await scene.change(outbox!, 'revoke', [id])).toMatchObject([{ changed: true }]);
    await cured();
    expect([await events(), await isBlocked(id)]).toEqual([['Revoked'], true]);
  });

  test('whose transaction no node takes for too little gas replaces it', async () => {
    let lies = 1;
    door.fault = ({ method }) => (method === 'eth_estimateGas' && lies-- > 0 ? { answer: () => '0x5208' } : undefined);
    open({ patience: 20_000, sending: { poll: 20, patience: 300 } });
    expect(await scene.change(outbox!, 'revoke', [fresh()])).toMatchObject([{ changed: true }]);
    await cured();
    expect(await events()).toEqual(['Revoked']);
  });

  test('whose transaction is stuck at a fee that is too low pays more', async () => {
    await scene.system.provider.send('evm_setAutomine', [false]);
    open({ patience: 20_000, sending: { poll: 20, patience: 300 } });
    const count = await provider.getTransactionCount(ISSUER.address);
    const changing = scene.change(outbox!, 'revoke', [fresh()]);
    while ((await scene.system.provider.send('txpool_status', []) as { pending: string }).pending === '0x0') await pause(10);
    for (let done = false; !done;) {
      await scene.system.provider.send('anvil_setNextBlockBaseFeePerGas', ['0x2540be400']);
      await scene.system.provider.send('evm_mine', []);
      done = await Promise.race([changing.then(() => true), pause(100).then(() => false)]);
    }
    expect(await changing).toMatchObject([{ changed: true }]);
    await scene.system.provider.send('evm_setAutomine', [true]);
    await scene.system.provider.send('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
    await cured();
    expect([await events(), await provider.getTransactionCount(ISSUER.address)]).toEqual([['Revoked'], count + 1]);
  });

  test('beside another sender of the same account finds its place again', async () => {
    await scene.system.provider.send('evm_setAutomine', [false]);
    open();
    const id = fresh();
    expect(await failure(scene.change(outbox!, 'revoke', [id]))).toBe('chain-unavailable chain');
    // A fee that no repricing of ours comes near: whichever of the two arrives first, the other sender's is mined.
    const nonce = await scene.system.provider.getTransactionCount(ISSUER.address);
    const raw = await ISSUER.signTransaction({ to: account(9).address, nonce, chainId: scene.system.anvil.chainId, gasLimit: 21_000, maxFeePerGas: 10n ** 15n, maxPriorityFeePerGas: 10n ** 14n, type: 2 });
    const foreign = await scene.system.provider.broadcastTransaction(raw);
    await scene.system.provider.send('evm_setAutomine', [true]);
    await scene.system.provider.send('anvil_mine', ['0x1']);
    expect(await foreign.wait()).toMatchObject({ status: 1 });
    await cured();
    expect([await events(), await isBlocked(id)]).toEqual([['Revoked'], true]);
  });

  test('that finds a gap in its numbers fills it', async () => {
    const nonce = await provider.getTransactionCount(ISSUER.address);
    const raw = await ISSUER.signTransaction({ to: account(9).address, nonce: nonce + 1, chainId: scene.system.anvil.chainId, gasLimit: 21_000, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 1n, type: 2 });
    await createDatabaseJournal(scene.database, await takeAccount(scene.database, ISSUER.address)).append({ type: 'signed', id: 'torn', nonce: nonce + 1, hash: `0x${'1'.repeat(64)}`, raw });
    open({ patience: 20_000 });
    await scene.change(outbox!, 'revoke', [fresh()]);
    await cured();
    expect([await events(), await provider.getTransactionCount(ISSUER.address)]).toEqual([['Revoked'], nonce + 3]);
  });

  test('without money waits for some', async () => {
    const balance = await provider.getBalance(ISSUER.address);
    await scene.system.provider.send('anvil_setBalance', [ISSUER.address, '0x0']);
    open();
    expect(await failure(scene.change(outbox!, 'revoke', [fresh()]))).toBe('chain-unavailable chain');
    await trouble('transaction-failed balance');
    await scene.system.provider.send('anvil_setBalance', [ISSUER.address, `0x${balance.toString(16)}`]);
    await cured();
    expect(await events()).toEqual(['Revoked']);
  });

  test('beside which somebody else changed the list in the meantime plans anew', async () => {
    const [mine, theirs] = [fresh(), fresh()];
    // Between plan and transaction, where the endpoint gives no estimate.
    door.fault = always('broken', 'eth_estimateGas');
    open({ patience: 20_000 });
    const changing = scene.change(outbox!, 'revoke', [mine]);
    await trouble('chain-unavailable');
    await delegateSuspends(scene, indexOf(scene.ids.indexOf(theirs)));
    door.fault = () => undefined;
    expect(await changing).toMatchObject([{ changed: true }]);
    await cured();
    expect([await events(), await isBlocked(mine), await isBlocked(theirs)]).toEqual([['Suspended', 'Revoked'], true, true]);
  });

  test('of an issuer that is suspended says so, and writes on once it is not', async () => {
    open({ patience: 20_000 });
    const id = fresh();
    await scene.change(outbox!, 'suspend', [id]);
    await scene.system.send(GOVERNANCE, suspendIssuer(scene.system.deployment, 1));
    expect(await failure(scene.change(outbox!, 'reinstate', [id]))).toBe('transaction-failed WrongStanding');
    expect(await scene.change(outbox!, 'revoke', [fresh()])).toMatchObject([{ changed: true }]);
    await scene.system.send(GOVERNANCE, reinstateIssuer(scene.system.deployment, 1));
    expect(await scene.change(outbox!, 'reinstate', [id])).toMatchObject([{ changed: true }]);
    await cured();
    expect(await events()).toEqual(['Suspended', 'Revoked', 'Reinstated']);
  });

  test('started twice on one database writes once', async () => {
    const both = [open({ patience: 20_000, pace: { ...FAST, idle: 20 } }), scene.outbox({ patience: 20_000, pace: { ...FAST, idle: 20 } })];
    const ids = Array.from({ length: 30 }, fresh);
    const answers = await Promise.all(ids.map((id, i) => scene.change(both[i % 2]!, 'suspend', [id])));
    expect(answers.flat().every(({ changed }) => changed)).toBe(true);
    await both[1]!.stop();
    await cured();
    expect(await Promise.all(ids.map(isBlocked))).toEqual(ids.map(() => true));
    const moved = await scene.database.query(`SELECT count(*)::int AS moves, count(DISTINCT index)::int AS entries FROM status_change WHERE moves AND credential = ANY($1::text[])`, [ids]);
    expect(moved).toEqual([{ moves: 30, entries: 30 }]);
  });
});

/** The delegate of the issuer suspends an entry by itself. */
async function delegateSuspends({ system, trust }: OutboxScene, index: number): Promise<void> {
  const delegate = account(5);
  const { words } = await listOf(trust);
  const masks = masksOf([index]);
  const next = new Map(words);
  for (const [word, mask] of masks) next.set(word, (next.get(word) ?? 0n) | mask);
  await system.send(GOVERNANCE, setDelegate(system.deployment, 1, delegate.address));
  await system.send(delegate, changeStatus(system.deployment, 'suspend', { list: 1, masks, previousRoot: statusRoot(words), newRoot: statusRoot(next) }));
}
