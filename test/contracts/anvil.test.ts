import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect, startAnvil } from '#contracts';
import { failure } from './system.ts';

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('startAnvil', () => {
  test('two run side by side, and neither is left when it is stopped', async () => {
    const both = await Promise.all([startAnvil(), startAnvil({ chainId: 4242 })]);
    expect(both[0].url).not.toBe(both[1].url);
    const provider = connect(both[1].url, 4242);
    expect(await provider.send('eth_chainId', [])).toBe('0x1092');
    provider.destroy();
    await Promise.all(both.map((anvil) => anvil.stop()));
    expect(both.map(({ pid }) => isRunning(pid))).toEqual([false, false]);
  });

  test('a page of another origin can neither read an answer nor send without asking first', async () => {
    const anvil = await startAnvil();
    const ask = (type: string) => fetch(anvil.url, {
      method: 'POST', headers: { 'content-type': type, origin: 'https://other.example' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }),
    });
    expect((await ask('application/json')).headers.get('access-control-allow-origin')).toBeNull();
    expect(await (await ask('text/plain')).text()).not.toContain('result');
    await anvil.stop();
  });

  test('a port that is taken is said to be, and nothing is left', async () => {
    const first = await startAnvil();
    expect(await failure(startAnvil({ port: Number(new URL(first.url).port) }))).toBe('chain-unavailable');
    await first.stop();
  });

  test('the chain is there again after it was stopped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anvil-'));
    const stateFile = join(folder, 'chain.json');
    const first = await startAnvil({ stateFile });
    const before = connect(first.url, first.chainId);
    await before.send('anvil_mine', ['0x5']);
    const { hash } = (await before.getBlock(5))!;
    before.destroy();
    await first.stop();
    const second = await startAnvil({ stateFile });
    const after = connect(second.url, second.chainId);
    expect((await after.getBlock(5))!.hash).toBe(hash);
    after.destroy();
    await second.stop();
    await rm(folder, { recursive: true });
  });

  test.skipIf(process.platform === 'win32').each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('does not outlive a process that got %s', async (signal) => {
    const surface = join(import.meta.dirname, '../../contracts/anvil.ts');
    const script = `const { startAnvil } = await import(${JSON.stringify(surface)}); const anvil = await startAnvil(); console.log(anvil.pid); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve, reject) => {
      owner.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
      owner.once('exit', () => reject(new Error('it ended before it had a chain')));
    });
    expect(isRunning(pid)).toBe(true);
    owner.kill(signal);
    await waitUntil(() => !isRunning(pid));
  });
});
