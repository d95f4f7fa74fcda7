// Checkpoints get to the chain each once, whatever is killed in between, and from there anybody proves a log without the gateway. On a real chain.
import { getBytes } from 'ethers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryJournal, createSender, readGateway, setSuspended, type Journal } from '#contracts';
import type { UnixSeconds } from '#passport';
import { createAnchorChain } from '#records/gateway/audit/chain.ts';
import { createAnchoring, type AnchorChain } from '#records/gateway/audit/anchoring.ts';
import { checkpointsAfter, createCheckpoints } from '#records/gateway/audit/checkpoints.ts';
import { proofsOf } from '#records/gateway/audit/proofs.ts';
import type { PatientId } from '#records/gateway/patient-keys.ts';
import { createBudget, RELAY_LIMITS } from '#records/gateway/relay/budget.ts';
import { createRelay } from '#records/gateway/relay/relay.ts';
import { verifyLog, type LogToVerify } from '#records/model/audit/index.ts';
import { addressOf, FAR, startCare, type CareSystem } from '../../../contracts/care/system.ts';
import { account, GOVERNANCE } from '../../../contracts/system.ts';
import { describeOnDatabases } from '../../../server/databases.ts';
import { reading } from '../../model/audit/ledger.ts';
import { createDesk, DESK_MIGRATIONS } from './desk.ts';

let care: CareSystem;
beforeAll(async () => { care = await startCare(); });
afterAll(() => care.stop());

/** What is killed leaves nothing but the database, the journal and the chain. */
class Killed extends Error {}
/** The sender tells of it as of a chain that does not answer. */
const isKill = (error: unknown) => error instanceof Killed || (error as Error).cause instanceof Killed;
type KillAt = 'taken' | 'signed' | 'sent' | 'mined' | 'appended';
const accounts = { PGlite: account(5), PostgreSQL: account(6) };

describeOnDatabases('anchoring', DESK_MIGRATIONS, (on) => {
  const wallet = accounts[on.kind];
  const gateway = addressOf(wallet);
  const { audit, signer, newPatient } = createDesk(on.database, Uint8Array.from(getBytes(wallet.privateKey)));
  const journal: Journal = createMemoryJournal();
  let [one, other]: PatientId[] = [];
  let time = 0;
  const now = () => time as UnixSeconds;
  beforeAll(async () => {
    await care.member(gateway, 'gateway');
    time = await care.time();
    [one, other] = [await newPatient(), await newPatient()];
  });

  const append = (patient = one!) => on.database().transaction((tx) => audit.append(tx, { patient, access: reading, now: now() }));
  const checkpoints = () => createCheckpoints(on.database());
  /** A process of its own: nothing of one before is in its memory. */
  function startWorker({ killAt, pace = { every: 0, most: 500 }, ...of }: { killAt?: KillAt; pace?: { every: number; most: number }; journal?: Journal } = {}) {
    const kill = (step: KillAt) => { if (step === killAt) throw new Killed(step); };
    const sender = createSender({ provider: care.provider, wallet: wallet.connect(care.provider), journal: of.journal ?? journal, poll: 20, onStep: kill });
    const relay = createRelay({ database: on.database(), budget: createBudget({ blind: (value) => new TextEncoder().encode(value), now, limits: RELAY_LIMITS }), provider: care.provider, sender });
    const chain = createAnchorChain({ relay, provider: care.provider, signer, config: { ...care.deployment, gateway } as never }); // the rest is for clients
    const killed: AnchorChain = { ...chain, append: async (sequence, root) => {
      kill('taken');
      const mined = await chain.append(sequence, root);
      kill('appended');
      return mined;
    } };
    return createAnchoring({ checkpoints: checkpoints(), chain: killed, now, pace });
  }
  const allCheckpoints = () => checkpointsAfter(on.database(), 0, 1000);
  async function given(patient = one!): Promise<LogToVerify> {
    const log = await audit.logOf(on.database(), patient);
    const chain = await readGateway({ endpoints: [care.anvil.url], deployment: care.deployment, gateway });
    const proofs = await proofsOf(on.database(), log, { after: 0, limit: 1000 });
    const entries = await audit.read(on.database(), patient, { after: 0, limit: 1000 });
    return { log, chainId: care.deployment.chainId, gateway, entries, proofs, ...chain, now: now() };
  }
  const isWhole = async (upTo: number, unanchored = 0, patient = one!) => expect(verifyLog(await given(patient))).toMatchObject({ outcome: 'complete', upTo, unanchored });

  test('what is entered is anchored, and proven by the chain', async () => {
    for (let i = 0; i < 3; i++) await append();
    await isWhole(0, 3);
    expect(await startWorker()()).toMatchObject({ sequence: 1 });
    await isWhole(3);
    await isWhole(0, 0, other); // who has no entry is proven to have none
    await append(other);
    expect(await startWorker()()).toMatchObject({ sequence: 2 });
    await isWhole(3);
    await isWhole(1, 0, other);
    expect(await startWorker()()).toBeUndefined(); // nothing new, nothing sent
  });

  test.each<KillAt>(['taken', 'signed', 'sent', 'mined', 'appended'])('killed when it was %s, the same sequence gets the same root, once', async (killAt) => {
    const before = (await allCheckpoints()).length;
    const { upTo } = verifyLog(await given()) as { upTo: number };
    await append();
    await expect(startWorker({ killAt })()).rejects.toSatisfy(isKill);
    const [taken] = await checkpointsAfter(on.database(), before, 10);
    expect(taken).toMatchObject({ sequence: before + 1, anchoredAt: null });
    await append(); // comes between the two lives: the checkpoint that was taken stays as it is
    expect(await startWorker()()).toMatchObject({ sequence: before + 1, root: taken!.root });
    await isWhole(upTo + 1, 1);
    expect(await startWorker()()).toMatchObject({ sequence: before + 2 });
    await isWhole(upTo + 2);
    expect((await given()).anchors.map(({ root }) => root)).toEqual((await allCheckpoints()).map(({ root }) => root));
  });

  test('killed while it is taken, nothing of a checkpoint is left', async () => {
    const before = await allCheckpoints();
    await append();
    const failing = createCheckpoints({ ...on.database(), transaction: (work) => on.database().transaction(async (tx) => { await work(tx); throw new Killed(); }) });
    await expect(failing.take(now())).rejects.toSatisfy(isKill);
    expect(await allCheckpoints()).toEqual(before);
    expect(await startWorker()()).toMatchObject({ sequence: before.length + 1 });
    await isWhole((await given()).entries.length);
  });

  test('two workers at once anchor each checkpoint once', async () => {
    await append();
    const before = (await allCheckpoints()).length;
    await Promise.allSettled([startWorker()(), startWorker()()]);
    await startWorker()();
    expect((await allCheckpoints()).length).toBe(before + 1);
    await isWhole((await given()).entries.length);
  });

  test('with the journal lost, what stands on chain is only noted', async () => {
    await append();
    await expect(startWorker({ killAt: 'appended' })()).rejects.toSatisfy(isKill);
    expect(await startWorker({ journal: createMemoryJournal() })()).toMatchObject({ anchoredAt: null });
    expect((await allCheckpoints()).at(-1)).toMatchObject({ anchoredAt: now(), block: null });
    await isWhole((await given()).entries.length);
  });

  test('a checkpoint waits for its time, unless there are many entries', async () => {
    const pace = { every: 60, most: 3 };
    await append();
    time += 61;
    await startWorker({ pace })();
    await append();
    expect(await startWorker({ pace })()).toBeUndefined();
    await append();
    await append();
    expect(await startWorker({ pace })()).toBeDefined();
    time += 61;
    await append();
    expect(await startWorker({ pace })()).toBeDefined();
  });

  test('leaves that were changed behind the gateway’s back are not anchored', async () => {
    await append();
    const [leaf] = await on.database().query<{ log: Uint8Array; entries: number }>('SELECT log, entries::int8 AS entries FROM access_leaf LIMIT 1');
    const set = (entries: number) => on.database().query('UPDATE access_leaf SET entries = $2 WHERE log = $1', [leaf!.log, entries]);
    await set(leaf!.entries - 1);
    await expect(startWorker()()).rejects.toThrow('not those of the last checkpoint');
    await set(leaf!.entries);
    expect(await startWorker()()).toBeDefined();
  });

  test('a history rewritten in the database after its anchor is another than the chain has', async () => {
    const honest = await given();
    const log = Buffer.from(honest.log.slice(2), 'hex');
    await on.database().query('ALTER TABLE access_entry DISABLE TRIGGER access_entry_append_only');
    await on.database().query('DELETE FROM access_entry WHERE log = $1 AND sequence = $2', [log, honest.entries.length]);
    expect(verifyLog(await given())).toMatchObject({ outcome: 'broken', findings: [{ code: 'gap', entry: honest.entries.length }] });
    await on.database().query('UPDATE access_log SET entries = entries - 1, head = (SELECT previous FROM access_entry WHERE log = $1 AND sequence = $2) WHERE log = $1', [log, 2]);
    await on.database().query('DELETE FROM access_entry WHERE log = $1 AND sequence > 1', [log]);
    expect(verifyLog(await given())).toMatchObject({ outcome: 'broken' });
  });

  test('a gateway that lost its role anchors nothing, and what it signs meanwhile says so', async () => {
    await append(other);
    await care.send(GOVERNANCE, setSuspended(care.deployment, gateway, true));
    time = await care.time() + 1000;
    await append(other);
    await expect(startWorker()()).rejects.toMatchObject({ code: 'transaction-failed' });
    expect(verifyLog(await given(other))).toMatchObject({ outcome: 'broken', findings: [{ code: 'gateway-without-role' }] });
    await care.send(GOVERNANCE, setSuspended(care.deployment, gateway, false));
    const { roles } = await readGateway({ endpoints: [care.anvil.url], deployment: care.deployment, gateway });
    expect(roles).toEqual([{ from: expect.any(Number), until: expect.any(Number) }, { from: expect.any(Number), until: FAR }]);
  });
});
