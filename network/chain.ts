// The chain of a network on one machine: anvil with its state kept in the data folder, and blocks enough that what happened becomes final.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { JsonRpcProvider } from 'ethers';
import { connect, startAnvil, type Anvil } from '#contracts';
import { keepCopies, repairState } from './chain-state.ts';

const CHAIN_ID = 31337;
/** Seconds without a block after which an empty one is made, so that the age of the chain says something. */
const HEARTBEAT = 300;
const POLL = 400;
/** Blocks on top of a transaction's own before `finalized` reaches it. */
const FINALITY = 2;

export type LocalChain = { readonly anvil: Anvil; readonly provider: JsonRpcProvider; readonly stop: () => Promise<void> };

/** Starts the chain, from its state if there is one. @throws HealthpassError `chain-unavailable` */
export async function startChain(stateFile: string, port: number): Promise<LocalChain> {
  await mkdir(dirname(stateFile), { recursive: true });
  await repairState(stateFile);
  const anvil = await startAnvil({ port, chainId: CHAIN_ID, stateFile });
  const provider = connect(anvil.url, CHAIN_ID);
  const mining = keepFinalising(provider);
  const copies = keepCopies(stateFile, provider);
  return {
    anvil,
    provider,
    async stop() {
      copies.stop();
      await mining.stop();
      provider.destroy();
      await anvil.stop();
    },
  };
}

/**
 * Makes blocks only while something is not final yet, and now and then: a kept chain should not grow while nothing happens. Every block
 * is looked at, not only the newest: a transaction may come in between the look and the empty block that follows from it.
 */
export function keepFinalising(provider: Pick<JsonRpcProvider, 'getBlock' | 'send'>) {
  const stopping = new AbortController();
  /** The newest block that was looked at, and the newest that has to become final. */
  let seen: number | undefined;
  let wanted = 0;
  const tick = async () => {
    const block = await provider.getBlock('latest');
    if (!block) return;
    if (seen === undefined || block.transactions.length > 0) wanted = block.number;
    for (let number = block.number - 1; number > Math.max(seen ?? number, wanted, block.number - FINALITY); number--) {
      if ((await provider.getBlock(number))?.transactions.length !== 0) wanted = number;
    }
    seen = block.number;
    const quiet = Date.now() / 1000 - block.timestamp;
    if (block.number - wanted < FINALITY || quiet > HEARTBEAT) await provider.send('evm_mine', []);
  };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await tick().catch(() => {}); // an answer that fails now is asked again in a moment
      await new Promise((resolve) => setTimeout(resolve, POLL));
    }
  })();
  return { stop: () => (stopping.abort(), loop) };
}
