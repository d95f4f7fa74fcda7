// `node network/main.ts` as a process of its own, to be killed and started again. What it prints is kept.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataFolder, readEndpoints, type DataFolder } from '#network/folder.ts';
import { createClient, pause, type Client } from './network.ts';
import { copyDatabases } from '../server/empty-database.ts';

const MAIN = fileURLToPath(new URL('../../network/main.ts', import.meta.url));

export type ProcessNetwork = {
  readonly folder: DataFolder;
  /** Everything printed so far, by all starts. */
  readonly printed: () => string;
  /** Starts it and waits until it says that it is running. */
  readonly start: () => Promise<Client>;
  /** Ends it and waits until it is gone. @returns its exit code; null after a signal */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Kills it and its chain in one moment, as a power cut does. */
  readonly cutPower: () => Promise<void>;
  /** A start that is expected to fail. */
  readonly startInVain: () => Promise<{ readonly code: number | null; readonly printed: string }>;
  readonly remove: () => Promise<void>;
};

/** @param environment over the usual, such as a port that stays the same */
export async function createProcessNetwork(environment: Readonly<Record<string, string>> = {}): Promise<ProcessNetwork> {
  const root = await mkdtemp(join(tmpdir(), 'healthpass-process-'));
  const folder = dataFolder(root);
  const records = environment['HEALTHPASS_RECORDS'] === 'on';
  await copyDatabases([folder.issuerDatabase, folder.verifierDatabase, ...(records ? [folder.recordsDatabase] : [])]);
  let printed = '';
  let running: { readonly child: ChildProcess; readonly gone: Promise<number | null> } | undefined;

  const launch = (onPrint: (text: string) => void) => {
    const ports = { HEALTHPASS_RPC_PORT: '0', HEALTHPASS_ISSUER_PORT: '0', HEALTHPASS_VERIFIER_PORT: '0', HEALTHPASS_RECORDS_PORT: '0', HEALTHPASS_STORAGE_PORT: '0', HEALTHPASS_WALLET_PORT: '0', HEALTHPASS_RECORDS: 'off', HEALTHPASS_SAMPLES: 'off' };
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...ports, HEALTHPASS_DATA: root, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => onPrint(chunk.toString()));
    return { child, gone: new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code))) };
  };
  const end = async (signal: NodeJS.Signals) => {
    running?.child.kill(signal);
    const code = (await running?.gone) ?? null;
    running = undefined;
    return code;
  };
  return {
    folder, end,
    async cutPower() {
      if (running) process.kill(-running.child.pid!, 'SIGKILL'); // a group of its own: started detached
      await running?.gone;
      running = undefined;
    },
    printed: () => printed,
    async start() {
      const before = printed.length;
      running = launch((text) => (printed += text));
      let isGone = false;
      void running.gone.then(() => (isGone = true));
      while (!printed.slice(before).includes('healthpass is running')) {
        if (isGone) throw new Error(`it did not start: ${printed.slice(before)}`);
        await pause(50);
      }
      return createClient(folder, (await readEndpoints(folder))!);
    },
    async startInVain() {
      let text = '';
      const { child, gone } = launch((more) => {
        text += more;
        if (text.includes('healthpass is running')) child.kill('SIGKILL'); // not in vain after all
      });
      return { code: await gone, printed: text };
    },
    async remove() {
      await end('SIGKILL');
      await pause(500); // the chain ends by itself when its parent is gone, and writes its state once more
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
