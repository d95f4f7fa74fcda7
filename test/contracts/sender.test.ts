import { mkdtemp, rm, readFile, writeFile, truncate, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonRpcProvider } from 'ethers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, createFileJournal, createMemoryJournal, createSender, startAnvil, type Anvil, type Journal, type JournalRecord } from '#contracts';
import { repairState, untilCopied } from '#network/chain-state.ts';
import { account, failure } from './system.ts';

const TO = '0x00000000000000000000000000000000000000aa';
const pay = { to: TO, data: '0x' };
const wallet = account(3);

describe('createSender', () => {
  let anvil: Anvil;
  let provider: JsonRpcProvider;
  let snapshot: string;
  beforeAll(async () => {
    anvil = await startAnvil();
    provider = connect(anvil.url, anvil.chainId);
  });
  beforeEach(async () => { snapshot = await provider.send('evm_snapshot', []) as string; });
  afterEach(async () => {
    await provider.send('evm_setAutomine', [true]);
    await provider.send('evm_revert', [snapshot]);
    await provider.send('anvil_setNextBlockBaseFeePerGas', ['0x3b9aca00']);
  });
  afterAll(async () => {
    provider?.destroy();
    await anvil?.stop();
  });

  const senderOn = (journal: Journal, options: { patience?: number; timeout?: number } = {}) => createSender({ provider, wallet, journal, poll: 20, ...options });
  const received = async () => Number(await provider.getBalance(TO));

  test('a call under one id takes effect once, whoever asks again', async () => {
    const journal = createMemoryJournal();
    const first = await senderOn(journal).send(pay, { id: 'a', value: 1n });
    const again = await senderOn(journal).send(pay, { id: 'a', value: 1n });
    expect(again.hash).toBe(first.hash);
    expect(await received()).toBe(1);
  });

  test('calls that are asked for at the same time go one after the other', async () => {
    const sender = senderOn(createMemoryJournal());
    const receipts = await Promise.all(Array.from({ length: 8 }, (_, i) => sender.send(pay, { id: `call ${i}`, value: 1n })));
    expect(new Set(receipts.map((receipt) => receipt.hash)).size).toBe(8);
    expect(await received()).toBe(8);
  });

  test('a call that the contract refuses is not signed and leaves no gap', async () => {
    const journal = createMemoryJournal();
    const sender = senderOn(journal);
    await provider.send('anvil_setCode', [TO, '0x60006000fd']);
    expect(await failure(sender.send(pay, { id: 'refused' }))).toBe('transaction-failed');
    expect((await journal.read()).filter((record) => record.type === 'signed')).toEqual([]);
    await provider.send('anvil_setCode', [TO, '0x']);
    await sender.send(pay, { id: 'next', value: 1n });
    expect(await received()).toBe(1);
  });

  test('what was written down before a crash is sent at the next start', async () => {
    const journal = createMemoryJournal();
    const crashing: Journal = {
      ...journal,
      append: async (record) => {
        await journal.append(record);
        if (record.type === 'signed') throw new Error('power cut');
      },
    };
    expect(await failure(senderOn(crashing).send(pay, { id: 'a', value: 1n }))).toBe('chain-unavailable');
    expect(await received()).toBe(0);
    expect(await senderOn(journal).recover()).toBe(1);
    await senderOn(journal).send(pay, { id: 'a', value: 1n });
    expect(await received()).toBe(1);
  });

  test('after a beginning that failed the next call begins anew', async () => {
    const journal = createMemoryJournal();
    let reads = 0;
    const sender = senderOn({ ...journal, read: async () => { if (reads++ === 0) throw new Error('the disk is away'); return journal.read(); } });
    expect(await failure(sender.recover())).toBe('chain-unavailable');
    await sender.send(pay, { id: 'a', value: 1n });
    expect(await received()).toBe(1);
  });

  test('what a reorganisation dropped is sent again, once', async () => {
    const sender = senderOn(createMemoryJournal());
    await provider.send('anvil_mine', ['0x3']);
    await sender.send(pay, { id: 'a', value: 1n });
    await sender.send(pay, { id: 'b', value: 1n });
    await provider.send('anvil_reorg', [2, []]);
    expect(await received()).toBe(0);
    expect(await sender.recover()).toBe(2);
    await sender.send(pay, { id: 'a', value: 1n });
    expect(await received()).toBe(2);
  });

  test('a transaction that is stuck is replaced by itself with a higher fee', async () => {
    const sender = senderOn(createMemoryJournal(), { patience: 300 });
    await provider.send('evm_setAutomine', [false]);
    const sending = sender.send(pay, { id: 'a', value: 1n });
    while ((await provider.send('txpool_status', []) as { pending: string }).pending === '0x0') await new Promise((resolve) => setTimeout(resolve, 10));
    for (let done = false; !done;) {
      await provider.send('anvil_setNextBlockBaseFeePerGas', ['0x2540be400']);
      await provider.send('evm_mine', []);
      done = await Promise.race([sending.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100))]);
    }
    expect(await received()).toBe(1);
    expect(await provider.getTransactionCount(wallet.address)).toBe(1);
  });

  test('a nonce gap is filled', async () => {
    // The second of two, with the first forgotten: what a tool that dropped its own transaction leaves behind.
    const raw = await wallet.signTransaction({ to: TO, value: 1n, nonce: 1, chainId: anvil.chainId, gasLimit: 21_000, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 1n, type: 2 });
    const hash = await provider.send('eth_sendRawTransaction', [raw]) as string;
    expect(await provider.getTransactionReceipt(hash)).toBeNull();
    expect(await senderOn(createMemoryJournal([{ type: 'signed', id: 'b', nonce: 1, hash, raw }])).recover()).toBe(2);
    expect(await received()).toBe(1);
  });

  test('what is long final is dropped from the journal, however long the sender lives, and known by name all the same', async () => {
    const journal = createMemoryJournal();
    const sender = senderOn(journal);
    const first = await sender.send(pay, { id: 'first', value: 1n });
    await provider.send('anvil_mine', ['0x120']);
    for (let i = 0; i < 200; i++) await sender.send(pay, { id: `call ${i}`, value: 1n });
    const kept = await journal.read();
    expect(kept.filter((record) => record.type !== 'owner' && record.id === 'first').map(({ type }) => type)).toEqual(['mined']);
    expect((await sender.send(pay, { id: 'first', value: 1n })).hash).toBe(first.hash);
    expect(await received()).toBe(201);
  });

  test('a second sender on the same account is noticed, not outbid', async () => {
    const journal = createMemoryJournal();
    await provider.send('evm_setAutomine', [false]);
    expect(await failure(senderOn(journal, { timeout: 1 }).send(pay, { id: 'a', value: 1n }))).toBe('chain-unavailable');
    await provider.send('anvil_dropAllTransactions', []);
    await provider.send('evm_setAutomine', [true]);
    await senderOn(createMemoryJournal()).send({ to: account(4).address, data: '0x' }, { id: 'foreign' });
    expect(await failure(senderOn(journal).send(pay, { id: 'a', value: 1n }))).toBe('chain-inconsistent nonce');
    await provider.send('anvil_mine', ['0x3']); // final: no reorganisation brings ours in any more
    expect(await failure(senderOn(journal).send(pay, { id: 'a', value: 1n }))).toBe('transaction-failed nonce');
    expect(await received()).toBe(0);
  });

  test('a journal of another chain or account is refused', async () => {
    const journal = createMemoryJournal();
    await senderOn(journal).send(pay, { id: 'a', value: 1n });
    const other = createSender({ provider, wallet: account(5), journal });
    expect(await failure(other.send(pay, { id: 'a' }))).toBe('configuration-invalid journal');
  });

  test('a dead endpoint fails in bounded time', async () => {
    const dead = connect('http://127.0.0.1:9', 31337, { timeout: 500 });
    expect(await failure(createSender({ provider: dead, wallet, journal: createMemoryJournal() }).send(pay, { id: 'a' }))).toBe('chain-unavailable');
    dead.destroy();
  });
});

describe('createSender, a chain that is killed', () => {
  test('blocks that the node forgot are made again, each call once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sender-'));
    const stateFile = join(folder, 'chain.json');
    const journal = createFileJournal(join(folder, 'journal'));
    let anvil = await startAnvil({ stateFile });
    let provider = connect(anvil.url, anvil.chainId);
    try {
      await createSender({ provider, wallet, journal, poll: 20 }).send(pay, { id: 'kept', value: 1n });
      await untilCopied(stateFile, provider);
      const sender = createSender({ provider, wallet, journal, poll: 20 });
      for (let i = 0; i < 5; i++) await sender.send(pay, { id: `lost ${i}`, value: 1n });
      await anvil.kill();
      provider.destroy();
      await repairState(stateFile); // where it was killed while it wrote
      anvil = await startAnvil({ stateFile });
      provider = connect(anvil.url, anvil.chainId);
      const next = createSender({ provider, wallet, journal, poll: 20 });
      await next.recover();
      for (let i = 0; i < 5; i++) await next.send(pay, { id: `lost ${i}`, value: 1n });
      expect(Number(await provider.getBalance(TO))).toBe(6);
    } finally {
      provider.destroy();
      await anvil.stop();
      await rm(folder, { recursive: true });
    }
  });
});

describe('createFileJournal', () => {
  const record = (n: number): JournalRecord => ({ type: 'signed', id: `é ${n}`, nonce: n, hash: '0x', raw: '0x' });
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'));
    path = join(folder, 'deep', 'journal');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('a line that was being written when the power went is dropped, at any length', async () => {
    await createFileJournal(path).append(record(1));
    await createFileJournal(path).append(record(2));
    const whole = await readFile(path);
    const second = whole.indexOf('\n') + 1;
    for (let cut = second; cut < whole.length; cut += 7) {
      await writeFile(path, whole.subarray(0, cut));
      expect(await createFileJournal(path).read()).toEqual([record(1)]);
      await createFileJournal(path).append(record(3));
      expect(await createFileJournal(path).read()).toEqual([record(1), record(3)]);
    }
  });

  test('damage before the end is an error, not a forgotten transaction', async () => {
    const journal = createFileJournal(path);
    for (let i = 0; i < 3; i++) await journal.append(record(i));
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"nonce":1', '"nonce":7'));
    expect(await failure(createFileJournal(path).read())).toBe('configuration-invalid journal');
    await truncate(path, 0);
    await appendFile(path, `${text}garbage\n`);
    expect(await failure(createFileJournal(path).read())).toBe('configuration-invalid journal');
  });

  test('replacing keeps what is named and nothing else', async () => {
    const journal = createFileJournal(path);
    for (let i = 0; i < 3; i++) await journal.append(record(i));
    await journal.replace([record(2)]);
    await journal.append(record(4));
    expect(await createFileJournal(path).read()).toEqual([record(2), record(4)]);
  });
});
