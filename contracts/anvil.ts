// Starts the native anvil, a real EVM chain on this machine, and makes sure that it ends: the npm shim would leave it orphaned.
import { spawn, type ChildProcess } from 'node:child_process';
import { HealthpassError } from '#passport/errors.ts';
import { foundryBinary } from './foundry-binary.ts';

export type AnvilOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly chainId?: number;
  /** Where the chain is kept between runs; nowhere by default. */
  readonly stateFile?: string;
  /** Seconds between blocks; a block a transaction by default. `finalized` trails the newest block by two, so it needs new blocks. */
  readonly blockTime?: number;
  /** Words that the ten funded accounts come from; anvil's well-known ones by default. */
  readonly mnemonic?: string;
  /** Unix time of the first block. */
  readonly timestamp?: number;
};

export type Anvil = {
  readonly url: string;
  readonly chainId: number;
  readonly pid: number;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<void>;
  /** Ends it; with a state file nothing is lost. */
  stop(): Promise<void>;
  /** Ends it as a power cut does: up to a second of blocks is lost. */
  kill(): Promise<void>;
};

const START_TIMEOUT = 20_000;
/** Asks it to end, so that it writes its state, and makes it end when it has not after 10 s: a node that was told while it still started may not hear. */
const GUARD = 'cat >/dev/null; for _ in 1 2 3 4 5 6 7 8 9 10; do kill "$1" 2>/dev/null || exit 0; sleep 1; done; kill -9 "$1" 2>/dev/null';

/** @throws HealthpassError `chain-unavailable` when it does not start, `configuration-invalid` on a machine it was not built for */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const chainId = options.chainId ?? 31337;
  const child = spawn(foundryBinary('anvil'), anvilArguments(options, chainId), { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const release = endWithUs(child, ended);
  const end = (signal: NodeJS.Signals) => (child.kill(signal), ended.finally(release));
  try {
    const url = await listening(child, ended);
    return { url, chainId, pid: child.pid!, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

function anvilArguments({ port = 0, stateFile, blockTime, mnemonic, timestamp }: AnvilOptions, chainId: number): string[] {
  const pairs: [string, string | number | undefined][] = [
    ['--host', '127.0.0.1'], ['--port', port], ['--chain-id', chainId], ['--slots-in-an-epoch', 1], ['--hardfork', 'prague'],
    ['--state', stateFile], ['--state-interval', stateFile && 1], ['--block-time', blockTime], ['--mnemonic', mnemonic], ['--timestamp', timestamp],
  ];
  // Without it any page that is open in a browser on this machine could write to the chain.
  return ['--no-cors', ...pairs.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]))];
}

/** The address it says it listens on. Its later output is thrown away: it would hold every call. */
async function listening(child: ChildProcess, ended: Promise<void>): Promise<string> {
  const stdout = child.stdout!; // spawned with a pipe
  const found = new Promise<string>((resolve) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const match = /Listening on (127\.0\.0\.1:\d+)/.exec(text);
      if (!match) return;
      stdout.off('data', read).resume();
      resolve(`http://${match[1]!}`);
    };
    stdout.on('data', read);
  });
  const timeout = AbortSignal.timeout(START_TIMEOUT);
  const failed = Promise.race([ended, new Promise<void>((resolve) => timeout.addEventListener('abort', () => resolve()))]);
  const url = await Promise.race([found, failed]);
  if (url === undefined) throw new HealthpassError('chain-unavailable', 'anvil did not start');
  return url;
}

/**
 * Ties the child's life to ours. On an orderly exit it is told to end; where a shell is at hand, a guard does so when we are killed: it
 * reads a pipe that closes with our process.
 */
function endWithUs(child: ChildProcess, ended: Promise<void>): () => void {
  const onExit = () => void child.kill('SIGTERM');
  process.once('exit', onExit);
  const guard = process.platform === 'win32' || child.pid === undefined ? undefined
    : spawn('/bin/sh', ['-c', GUARD, 'sh', String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard?.on('error', () => undefined);
  guard?.unref();
  (guard?.stdin as { unref?: () => void } | undefined)?.unref?.();
  let released = false;
  const release = () => {
    if (released) return;
    released = true;
    process.off('exit', onExit);
    if (guard?.pid !== undefined) process.kill(-guard.pid, 'SIGKILL'); // its whole group, before the child's pid can belong to another
  };
  void ended.then(release);
  return release;
}
