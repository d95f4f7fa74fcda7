// A gateway that is killed without warning, over and over, while it enters accesses and anchors them: no acknowledged entry is lost, none is there twice,
// no anchor is sent twice, and the chain vouches for all of it.
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGateway } from '#contracts';
import type { UnixSeconds } from '#passport';
import { checkpointsAfter } from '#records/gateway/audit/checkpoints.ts';
import { proofsOf } from '#records/gateway/audit/proofs.ts';
import { verifyLog } from '#records/model/audit/index.ts';
import type { Address } from '#records/model/members.ts';
import { startCare, type CareSystem } from '../../../contracts/care/system.ts';
import { describeOnDatabases } from '../../../server/databases.ts';
import { createDesk, DESK_MIGRATIONS } from './desk.ts';
import type { Place } from './keep-anchoring.ts';

const ROUNDS = 2;
let care: CareSystem;
beforeAll(async () => { care = await startCare(); });
afterAll(() => care.stop());

describeOnDatabases('a gateway killed at any moment', DESK_MIGRATIONS, ({ database, place, reopen }) => {
  test('keeps what it acknowledged, and anchors each checkpoint once', async () => {
    const [key, sealing] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))];
    const folder = await mkdtemp(join(tmpdir(), 'healthpass-anchoring-'));
    const gateway = new Wallet(`0x${Buffer.from(key).toString('hex')}`).address.toLowerCase() as Address;
    await care.provider.send('anvil_setBalance', [gateway, '0x56bc75e2d63100000']);
    await care.member(gateway, 'gateway');
    const patient = await createDesk(database, key, sealing).newPatient();
    await database().close(); // PGlite is one process's
    const where: Place = { database: place() ?? null, journal: join(folder, 'journal'), url: care.anvil.url, care: care.deployment, key: Buffer.from(key).toString('hex'), sealing: Buffer.from(sealing).toString('hex'), patient };
    const said: string[] = [];
    for (let round = 0; round < ROUNDS; round++) said.push(...await anchorAndKill(JSON.stringify(where)));

    const on = await reopen();
    const { audit } = createDesk(() => on, key, sealing);
    const log = await audit.logOf(on, patient);
    const chain = await readGateway({ endpoints: [care.anvil.url], deployment: care.deployment, gateway });
    const [proofs, entries] = [await proofsOf(on, log, { after: 0, limit: 1000 }), await audit.read(on, patient, { after: 0, limit: 1000 })];
    const verdict = verifyLog({ log, chainId: care.deployment.chainId, gateway, entries, proofs, ...chain, now: Math.floor(Date.now() / 1000) as UnixSeconds });
    expect(verdict).toMatchObject({ outcome: 'complete' });

    const numbers = (what: string) => said.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ')[1]));
    expect(numbers('entry').length).toBeGreaterThanOrEqual(ROUNDS); // each is killed after its first word
    expect(numbers('entry').every((sequence, i, all) => i === 0 || sequence > all[i - 1]!)).toBe(true);
    expect(entries.length).toBeGreaterThanOrEqual(numbers('entry').at(-1)!);
    const anchors = new Map(said.filter((line) => line.startsWith('anchor')).map((line) => line.split(' ').slice(1) as [string, string]));
    expect(chain.anchors.length).toBeGreaterThanOrEqual(anchors.size);
    const kept = await checkpointsAfter(on, 0, 1000);
    for (const { sequence, root } of chain.anchors) expect([kept[sequence - 1]!.root, anchors.get(String(sequence)) ?? root]).toEqual([root, root]);
    expect(kept.length - chain.anchors.length).toBeLessThanOrEqual(1);
    await rm(folder, { recursive: true, force: true });
  });
});

/** Kills the process without warning soon after its first word. @returns what it had said, whole lines */
function anchorAndKill(place: string): Promise<string[]> {
  const child = spawn(process.execPath, [new URL('keep-anchoring.ts', import.meta.url).pathname, place], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), randomInt(50, 500));
      said += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', () => resolve(said.split('\n').slice(0, -1)));
  });
}
