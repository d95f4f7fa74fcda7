// The chain of a network on one machine, and what it is after the worst moments to be killed in.
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, startAnvil } from '#contracts';
import { copyState, untilCopied } from '#network/chain-state.ts';
import { keepFinalising, startChain, type LocalChain } from '#network/chain.ts';

const RICH = '0x00000000000000000000000000000000000000aa';

describe('startChain', () => {
  let folder: string;
  let state: string;
  let chain: LocalChain;
  const restarted = async () => (chain = await startChain(state, 0)).provider;
  const kill = async () => {
    await chain.anvil.kill();
    await chain.stop();
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'healthpass-chain-'));
    state = join(folder, 'chain', 'state.json');
    chain = await startChain(state, 0);
  });
  afterAll(async () => {
    await chain.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('begins anew where the first state was cut short and nothing was built on it', async () => {
    await chain.provider.send('anvil_setBalance', [RICH, '0x5']);
    for (let tries = 0; tries < 1200 && (await readFile(state).catch(() => '')).length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    await kill();
    await rm(`${state}.copy`, { force: true });
    await truncate(state, 20);
    expect(await (await restarted()).getBalance(RICH)).toBe(0n);
  });

  test('goes on from a whole copy where it was killed while it wrote its state', async () => {
    await chain.provider.send('anvil_setBalance', [RICH, '0x7']);
    await chain.provider.send('anvil_mine', ['0x3']);
    await untilCopied(state, chain.provider);
    const number = await chain.provider.getBlockNumber();
    await kill();
    for (const length of [(await readFile(state)).length - 1, 1, 0]) {
      await truncate(state, length);
      const provider = await restarted();
      expect([await provider.getBalance(RICH), (await provider.getBlockNumber()) >= number]).toEqual([7n, true]);
      await kill();
    }
    await truncate(state, 5);
    expect(await copyState(state)).toBeUndefined();
    await rm(state);
    expect(await (await restarted()).getBalance(RICH)).toBe(7n);
  });

  test('makes what happened final, and then no more blocks', async () => {
    const [from] = await chain.provider.send('eth_accounts', []) as string[];
    await chain.provider.send('eth_sendTransaction', [{ from, to: RICH, value: '0x1' }]);
    const number = await chain.provider.getBlockNumber();
    for (let tries = 0; tries < 1200 && (await chain.provider.getBlock('finalized'))!.number < number; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await chain.provider.getBlock('finalized'))!.number).toBeGreaterThanOrEqual(number);
    const settled = await chain.provider.getBlockNumber();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await chain.provider.getBlockNumber()).toBe(settled);
  });

  test.each([0, 1])('makes final what comes in between a look at the chain, with %i empty blocks on top, and the block that follows', async (empty) => {
    const anvil = await startAnvil();
    const provider = connect(anvil.url, anvil.chainId);
    const [from] = await provider.send('eth_accounts', []) as string[];
    const pay = async () => (await provider.getTransactionReceipt(await provider.send('eth_sendTransaction', [{ from, to: RICH, value: '0x1' }]) as string))!.blockNumber;
    let looks = 0;
    let late: number | undefined;
    const mining = keepFinalising({
      send: (method, params) => provider.send(method, params),
      async getBlock(which) {
        const block = await provider.getBlock(which);
        if (looks++ === empty) late = await pay();
        return block;
      },
    });
    await expect.poll(async () => late !== undefined && (await provider.getBlock('finalized'))!.number >= late).toBe(true);
    await mining.stop();
    provider.destroy();
    await anvil.stop();
  });
});
