// Anvil rewrites its state file in place every second, whole: who is killed in that moment leaves half a file, and the chain would be lost
// with it. So a whole copy is kept beside it; what was sent since the copy is sent again from the journals.
import { rm } from 'node:fs/promises';
import type { JsonRpcProvider } from 'ethers';
import { HealthpassError } from '#passport';
import { readFileIfThere, writeFileAtomic } from '#server';

const COPY_EVERY = 2000;
const copyOf = (stateFile: string): string => `${stateFile}.copy`;

/** Puts the copy in the place of a state file that is damaged or gone. Without a copy nothing was built on the chain yet: it begins anew. */
export async function repairState(stateFile: string): Promise<void> {
  const state = await readFileIfThere(stateFile);
  if (state && blockOf(state) !== undefined) return;
  const copy = await readFileIfThere(copyOf(stateFile));
  if (copy) await writeFileAtomic(stateFile, copy);
  else await rm(stateFile, { force: true });
}

/** Copies the state file, if it is whole just now. @returns its block */
export async function copyState(stateFile: string): Promise<number | undefined> {
  const state = await readFileIfThere(stateFile);
  const block = state && blockOf(state);
  if (state && block !== undefined) await writeFileAtomic(copyOf(stateFile), state);
  return block;
}

/** Waits until a copy has the block that the chain has now. @throws HealthpassError `chain-unavailable` when the chain saves nothing */
export async function untilCopied(stateFile: string, provider: JsonRpcProvider): Promise<void> {
  const wanted = await provider.getBlockNumber();
  for (let tries = 0; tries < 100; tries++) {
    if (((await copyState(stateFile)) ?? -1) >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new HealthpassError('chain-unavailable', 'the chain does not save its state', { field: 'chain' });
}

/** Copies the state after every change, until stopped. */
export function keepCopies(stateFile: string, provider: JsonRpcProvider): { readonly stop: () => void } {
  let copied = -1;
  const timer = setInterval(() => void (async () => {
    if ((await provider.getBlockNumber()) > copied) copied = (await copyState(stateFile)) ?? copied;
  })().catch(() => {}), COPY_EVERY); // what fails now is tried again in a moment
  return { stop: () => clearInterval(timer) };
}

/** The block that a state file stands at; undefined when it is not whole. */
function blockOf(state: Uint8Array): number | undefined {
  try {
    const { block } = JSON.parse(Buffer.from(state).toString('utf8')) as { block: { number: string } };
    return Number(block.number);
  } catch {
    return undefined;
  }
}
