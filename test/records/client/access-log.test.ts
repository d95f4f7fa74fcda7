// The whole way: a doctor reads, the gateway enters and anchors it, the patient verifies it by the chain and in words; and gateways that lie to the
// patient on the way there. With the command line on the file that the wallet saves.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '#cli/run.ts';
import { readGateway } from '#contracts/care/index.ts';
import { HealthpassError } from '#passport';
import { verifyAccessLog, verifyAccessLogFile, type VerifiedLog } from '#records/client/access-log.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { readAuditEvent, type AccessLogFile, type AccessReceipt, type FindingCode } from '#records/model/audit/index.ts';
import { listen, type Listening } from '#server';
import { describeOnDatabases } from '../../server/databases.ts';
import { createExchangeScene, observation, type ExchangeScene, type Member, type Patient } from '../exchange/scene.ts';

let [scene, ana, doctor]: [ExchangeScene, Patient, Member] = [undefined, undefined, undefined] as never; // made below
let listening: Listening;
let receipt: AccessReceipt;
let verified: VerifiedLog;
let folder: string;
/** What the service does by itself in time. */
async function anchor(): Promise<void> {
  scene.clock.pass(61);
  await scene.records.work.find(({ says }) => says.includes('anchored'))!.run();
}
const place = () => ({ deployment: scene.care, endpoints: [scene.records.deps.config.rpc[0]!] });
type Lie = (path: string, body: Record<string, unknown>) => void;
/** The log as the wallet gets it; with a lie, through a gateway that changes its answers. */
function verify(lie?: Lie, more: Partial<Parameters<typeof verifyAccessLog>[0]> = {}): Promise<VerifiedLog> {
  const lying = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    const body = (await response.json()) as Record<string, unknown>;
    lie?.(new URL(url).pathname, body);
    return Response.json(body, { status: response.status });
  };
  const gateway = createGatewayClient({ url: listening.url, fetch: lying as never, token: ana.token, pause: async () => {} });
  return verifyAccessLog({ ...place(), gateway, address: scene.records.deps.signer.address, now: scene.clock.now, ...more });
}
const findingsOf = async (lie: Lie, more?: Parameters<typeof verify>[1]): Promise<FindingCode[]> => {
  const { verdict } = await verify(lie, more);
  return verdict.outcome === 'broken' ? [...new Set(verdict.findings.map(({ code }) => code))] : [];
};
type Shown = { entries: AccessLogFile['entries']; proofs: AccessLogFile['proofs'] };
const entriesOf = (change: (entries: Shown['entries']) => Shown['entries']): Lie => (path, body) => { if (path === '/log') body['entries'] = change(body['entries'] as Shown['entries']); };
const proofsOf = (change: (proofs: Shown['proofs']) => Shown['proofs']): Lie => (path, body) => { if (path === '/log/proofs') body['proofs'] = change(body['proofs'] as Shown['proofs']); };

describeOnDatabases('the account of accesses', RECORDS_MIGRATIONS, ({ database }) => {
  beforeAll(async () => {
    scene = await createExchangeScene(database());
    listening = await listen(scene.records.app, 0);
    [ana, doctor] = [await scene.patient(), await scene.member()];
    folder = await mkdtemp(join(tmpdir(), 'healthpass-audit-'));
    const { id } = await ana.client.createRelationship({ recipient: doctor.address, consent: scene.draft({ purposes: ['TREAT'] }), card: scene.card });
    await doctor.client.write(id, observation(13.2));
    ({ receipt } = await doctor.client.read(id, { purpose: 'TREAT', categories: ['results'] }));
    await expect(doctor.client.read(id, { purpose: 'HRESCH' })).rejects.toMatchObject({ code: 'record-unknown' });
    await anchor();
    await ana.client.revoke(id);
    await anchor();
  });
  afterAll(async () => {
    await listening.stop();
    await scene.stop();
    await rm(folder, { recursive: true, force: true });
  });

  describe('verifyAccessLog', () => {
    test('all that was done is there, in its order, and the chain vouches for it', async () => {
      verified = await verify();
      expect(verified.verdict).toMatchObject({ outcome: 'complete', upTo: 5, unanchored: 0 });
      const accesses = verified.file.entries.map(({ document }) => readAuditEvent(document).access);
      expect(accesses.map(({ kind }) => kind)).toEqual(['consent', 'written', 'read', 'denied', 'consent']);
      expect(accesses[2]).toMatchObject({ purpose: 'TREAT', asked: { categories: ['results'] }, released: [{ category: 'results' }], actor: { person: { address: doctor.address, name: expect.stringMatching(/\w/) as string } } }); // as the directory names the doctor
      expect(accesses[3]).toMatchObject({ purpose: 'HRESCH', reason: 'purpose' });
    });

    test('the receipt that the doctor kept is in it', async () => {
      expect((await verify(undefined, { receipts: [receipt] })).verdict.outcome).toBe('complete');
      expect(Object.keys(receipt)).not.toContain('log');
    });

    test('next time only what is new is fetched', async () => {
      if (verified.verdict.outcome !== 'complete') throw new Error('not complete');
      await ana.client.addRecord(observation(14) as never);
      await anchor();
      const next = await verify(undefined, { from: verified.verdict.checkpoint, fromBlock: verified.file.chain.block });
      expect(next.verdict).toMatchObject({ outcome: 'complete', upTo: 6, unanchored: 0 });
      expect(next.file.entries.map(({ sequence }) => sequence)).toEqual([6]);
      // A receipt that is handed over now may be of an access of before: it is looked for among all entries.
      const since = { from: verified.verdict.checkpoint, fromBlock: verified.file.chain.block };
      const { relationship, request, time } = receipt;
      const unknown = { relationship, request, time, event: `0x${'5'.repeat(64)}` as const };
      const signature = scene.records.deps.signer.sign('AccessReceipt', unknown);
      expect((await verify(undefined, { ...since, receipts: [receipt] })).verdict).toMatchObject({ outcome: 'complete', upTo: 6 });
      expect((await verify(undefined, { ...since, receipts: [{ ...unknown, signature }] })).verdict).toEqual({ outcome: 'broken', findings: [{ code: 'receipt-unknown' }] });
      verified = await verify();
    });

    test.each<[string, Lie, FindingCode]>([
      ['leaves out an entry', entriesOf((entries) => entries.filter(({ sequence }) => sequence !== 3)), 'gap'],
      ['leaves out the newest', entriesOf((entries) => entries.slice(0, -1)), 'gap'],
      ['shows nothing at all', entriesOf(() => []), 'gap'],
      ['changes the order', entriesOf((entries) => entries.toReversed()), 'reordered'],
      ['changes who it was', entriesOf((entries) => entries.map((entry) => ({ ...entry, document: entry.document.replaceAll(/did:ethr:\w+:0x\w{40}/g, 'did:ethr:0x7a69:0x0000000000000000000000000000000000000001') }))), 'event-changed'],
      ['changes when it was', entriesOf((entries) => entries.map((entry) => ({ ...entry, time: (entry.time - 1) as never }))), 'signature-wrong'],
      ['holds the newest anchor back', proofsOf((proofs) => proofs.slice(0, -1)), 'missing-from-anchor'],
      ['shows an old anchor as the newest', proofsOf((proofs) => proofs.map((proof) => ({ ...proofs[0]!, anchor: proof.anchor }))), 'anchor-not-on-chain'],
    ])('a gateway that %s is found out', async (_, lie, code) => {
      expect(await findingsOf(lie)).toContain(code);
    });

    test('a gateway that shows another patient’s log, or two logs, is found out', async () => {
      const other = `0x${'5'.repeat(64)}`;
      expect(await findingsOf((_, body) => { body['log'] = other; })).toEqual(expect.arrayContaining(['signature-wrong', 'anchor-not-on-chain']));
      await expect(verify((path, body) => { if (path === '/log') body['log'] = other; })).rejects.toMatchObject({ code: 'log-malformed', field: 'log' });
    });

    test('a gateway that answers for one of another address is found out', async () => {
      expect(await findingsOf(() => {}, { address: doctor.address })).toEqual(expect.arrayContaining(['signature-wrong', 'gateway-without-role']));
    });

    test('a file that says it was fetched before the block that it names owes its entries to that block', async () => {
      const bob = await scene.patient();
      await bob.client.addRecord(observation(15) as never);
      const gateway = createGatewayClient({ url: listening.url, fetch: fetch as never, token: bob.token });
      const { file, verdict } = await verifyAccessLog({ ...place(), gateway, address: scene.records.deps.signer.address, now: scene.clock.now });
      expect(verdict).toMatchObject({ outcome: 'complete', unanchored: 1 });
      const before = (await scene.provider.send('evm_snapshot', [])) as string;
      await scene.provider.send('evm_setNextBlockTimestamp', [file.fetchedAt + 4000]);
      await scene.provider.send('evm_mine', []);
      const later = { ...file, chain: { block: await scene.provider.getBlockNumber(), time: (file.fetchedAt + 4000) as never } };
      expect(await verifyAccessLogFile(later, place())).toEqual({ outcome: 'broken', findings: [{ code: 'anchor-overdue', entry: 1 }] });
      await scene.provider.send('evm_revert', [before]);
      await scene.provider.send('evm_setTime', [file.chain.time]);
    });

    test('an anchor of a later block says nothing against what was fetched before it, though both blocks name the same second', async () => {
      const { file } = await verify();
      await scene.provider.send('evm_setNextBlockTimestamp', [file.chain.time]);
      await (await scene.patient()).client.addRecord(observation(16) as never);
      await anchor();
      const { anchors } = await readGateway({ ...place(), gateway: file.gateway });
      expect(anchors.at(-1)!.time).toBe(file.chain.time);
      expect(await verifyAccessLogFile(file, place())).toMatchObject({ outcome: 'complete', unanchored: 0 });
      verified = await verify();
    });

    test('an endpoint that leaves out an anchor is not believed, and one of another chain neither', async () => {
      await expect(verify(undefined, { deployment: { ...scene.care, chainId: 1 } })).rejects.toBeInstanceOf(HealthpassError);
      await expect(verify(undefined, { endpoints: ['http://127.0.0.1:1'] })).rejects.toMatchObject({ code: 'chain-unavailable' });
    });
  });

  describe('healthpass audit verify', () => {
    const at = (name: string) => join(folder, name);
    async function healthpass(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
      let [out, err] = ['', ''];
      const code = await run(['audit', 'verify', '--care', at('care.json'), '--rpc', place().endpoints[0]!, ...argv], { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) } });
      return { code, out, err };
    }
    beforeAll(async () => {
      await writeFile(at('care.json'), JSON.stringify(scene.care));
      await writeFile(at('session'), `${ana.token}\n`);
    });

    test('says in words who read what, when and why, and that it is complete', async () => {
      await writeFile(at('log.json'), JSON.stringify(verified.file));
      const { code, out } = await healthpass(at('log.json'));
      expect(out).toMatch(/^Gateway 0x\w{40}; the chain as of block \d+, \d{4}/);
      expect(out).not.toContain('a member without a name');
      expect(out).toMatch(/3 {2}.+ read your results \(1 record\) on .+, for treatment\./);
      expect(out).toMatch(/4 {2}.+ tried to read .+, for research, and was refused\.\n {3}Your consent is not for this purpose\./);
      expect(out).toContain('This account is complete: its 6 entries stand in the public register, unchanged and without a gap.');
      expect(code).toBe(0);
    });

    test('fetches it from the gateway with the session of the wallet, and saves what anybody can verify', async () => {
      expect(await healthpass('--gateway', listening.url, '--session', at('session'), '--save', at('saved.json'))).toMatchObject({ code: 0, out: expect.stringContaining('This account is complete') });
      await anchor();
      const { code, out } = await healthpass(at('saved.json'), '--json');
      const body = JSON.parse(out) as { outcome: string; entries: { sequence: number; sentence: string; access: { kind: string } }[] };
      expect([code, body.outcome, body.entries.map(({ access }) => access.kind)]).toEqual([0, 'complete', ['consent', 'written', 'read', 'denied', 'consent', 'written']]);
    });

    test('accuses nobody where a receipt is forged or the chain is not the one that is known', async () => {
      await writeFile(at('forged.json'), JSON.stringify({ ...verified.file, receipts: [{ ...receipt, event: `0x${'5'.repeat(64)}` }] }));
      expect(await healthpass(at('forged.json'))).toMatchObject({ code: 3, out: '', err: expect.stringContaining('receipt-invalid') });
      await writeFile(at('other.json'), JSON.stringify({ ...scene.care, block: scene.care.block + 1000 }));
      expect(await healthpass(at('log.json'), '--care', at('other.json'))).toMatchObject({ code: 69, out: '', err: expect.stringContaining('chain-inconsistent') });
    });

    test('ends with 1 and says what is wrong when the account does not hold', async () => {
      await writeFile(at('broken.json'), JSON.stringify({ ...verified.file, entries: verified.file.entries.filter(({ sequence }) => sequence !== 3) }));
      expect(await healthpass(at('broken.json'))).toMatchObject({ code: 1, out: expect.stringMatching(/This account does not hold\. .+\n {2}Entry 3 is missing\./) });
      const changed = verified.file.entries.map((entry) => ({ ...entry, document: '{}' }));
      await writeFile(at('changed.json'), JSON.stringify({ ...verified.file, entries: changed }));
      expect(await healthpass(at('changed.json'))).toMatchObject({ code: 1, out: expect.stringContaining('Something was entered here that this program cannot put into words.') });
    });

    test('a file that is none, or that is about another chain, is refused', async () => {
      await writeFile(at('none.json'), '{"format":"healthpass-access-log"}');
      expect(await healthpass(at('none.json'))).toMatchObject({ code: 3, err: expect.stringContaining('log-malformed') });
      await expect(verifyAccessLogFile({ ...verified.file, accessLog: doctor.address }, place())).rejects.toMatchObject({ code: 'log-malformed', field: 'accessLog' });
      expect(await healthpass(at('none.json'), '--session', at('session'))).toMatchObject({ code: 64 });
      expect(await healthpass('--gateway', listening.url)).toMatchObject({ code: 64, err: expect.stringContaining('--session') });
    });

    test('ATTACK: a file from before all accesses that says it is of today', async () => {
      const early = { ...verified.file, chain: { block: 0, time: verified.file.chain.time + 600 }, entries: [], proofs: [] };
      await writeFile(at('early.json'), JSON.stringify(early));
      expect(await healthpass(at('early.json'))).toMatchObject({ code: 3, out: '', err: expect.stringContaining('(log-malformed, chain.time)') });
      await writeFile(at('ahead.json'), JSON.stringify({ ...verified.file, chain: { ...verified.file.chain, block: 10_000_000 } }));
      expect(await healthpass(at('ahead.json'))).toMatchObject({ code: 69 });
    });

    test('ATTACK: a time that no calendar and no receipt has makes a file unreadable, and stops nothing midway', async () => {
      const never = 2 ** 41;
      const { file } = verified;
      for (const [field, hostile] of [['chain.time', { ...file, chain: { ...file.chain, time: 9e15 } }], ['fetchedAt', { ...file, fetchedAt: never }], ['entries.0.time', { ...file, entries: [{ ...file.entries[0]!, time: never }] }]] as const) {
        await writeFile(at('never.json'), JSON.stringify(hostile));
        expect(await healthpass(at('never.json'))).toMatchObject({ code: 3, err: expect.stringContaining(`(log-malformed, ${field})`) });
      }
    });

    test('somebody else’s session shows somebody else’s account, and none without a session', async () => {
      const bob = await scene.patient();
      await writeFile(at('bob'), bob.token);
      expect(await healthpass('--gateway', listening.url, '--session', at('bob'))).toMatchObject({ code: 0, out: expect.stringContaining('Nobody has had access so far') });
      await writeFile(at('nobody'), 'none');
      expect(await healthpass('--gateway', listening.url, '--session', at('nobody'))).toMatchObject({ code: 77, err: expect.stringContaining('not-authorised') });
    });
  });
});
