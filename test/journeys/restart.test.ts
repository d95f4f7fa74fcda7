// The system as a process: killed at the worst moments and started again, with nothing lost; and nothing about a patient anywhere that it
// writes or says.
import { readdir, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProver, loadArtifacts, type Prover } from '#circuits';
import { encodeClaims, hashClaims, type IssuedCredential } from '#passport';
import type { ReadyPass, Wallet } from '#wallet';
import { makePass } from '#wallet';
import { canaryBundle, CANARIES } from './canary.ts';
import { chainText } from './leaks.ts';
import { newWallet, now, ok, pause, type Answer, type Client } from './network.ts';
import { createProcessNetwork, type ProcessNetwork } from './process.ts';
import { policy, show } from './showing.ts';

const EVENT = `Fair ${new Date().toISOString().slice(0, 10)}`;
const SCOPE = { verifier: 'Gate A', event: EVENT };

describe('a system that is killed and started again', () => {
  let network: ProcessNetwork;
  let client: Client;
  let prover: Prover;
  let wallet: Wallet;
  let issued: IssuedCredential[];
  let marked: ReadyPass;
  const answers: Answer[] = [];
  const ids = () => issued.map(({ id }) => id);
  const kill = async () => {
    await network.end('SIGKILL');
    client = await network.start();
  };
  const enter = async () => ok(await client.verifier('/verify', { text: show(marked, now(), { audience: 'Gate A' }), audience: 'Gate A', scope: SCOPE }));
  const verdict = async (text: string) => ok(await client.verifier('/verify', { text })) as { outcome: string; reason?: string };

  beforeAll(async () => {
    [network, prover] = [await createProcessNetwork(), createProver(await loadArtifacts())];
    client = await network.start();
    wallet = await newWallet();
  });
  afterAll(async () => {
    await prover.close();
    await network.remove();
  });

  test('remembers what it issued, though it was killed in the same moment', async () => {
    issued = await client.issueTo(wallet, canaryBundle(now()));
    const { deployment } = client as Client & { deployment: unknown };
    await kill();
    expect((client as Client & { deployment: unknown }).deployment).toEqual(deployment);
    for (const { vcJwt, sdJwtVc } of issued) for (const text of [vcJwt, sdJwtVc]) expect(await verdict(text)).toMatchObject({ outcome: 'accepted' });
    expect(ok(await client.issuer('/credentials/suspend', { ids: ids() }))).toMatchObject({ credentials: issued.map(() => ({ changed: true })) });
    expect(ok(await client.issuer('/credentials/reinstate', { ids: ids() }))).toMatchObject({ credentials: issued.map(() => ({ changed: true })) });
  });

  test('remembers who entered, and what it revoked in the moment in which it was killed', async () => {
    const trust = await client.trustWhen(({ roots }) => roots.at(-1)!.final);
    marked = await makePass(wallet, policy('eu-travel-2022'), { trust, now: now(), prover, scope: { audience: 'Gate A', event: EVENT } });
    expect(await enter()).toMatchObject({ outcome: 'accepted', shown: { scope: EVENT } });
    const [, recovery] = [issued[0]!, issued.find(({ claims }) => claims.kind === 'recovery')!];
    expect(ok(await client.issuer('/credentials/revoke', { ids: [recovery.id] }))).toMatchObject({ credentials: [{ changed: true }] });
    // The chain dies with it and loses its last second: what was sent then is sent again.
    await network.cutPower();
    client = await network.start();
    await client.trustWhen(({ roots }) => roots.at(-1)!.final && roots.at(-1)!.root !== trust.roots.at(-1)!.root);
    expect(await verdict(recovery.vcJwt)).toMatchObject({ reason: 'credential-revoked' });
    expect(await verdict(issued[0]!.vcJwt)).toMatchObject({ outcome: 'accepted' });
    expect(await enter()).toMatchObject({ outcome: 'refused', reason: 'scope-used' });
  });

  test('finishes a change of keys that was broken off', async () => {
    const before = (await client.trust()).issuers[0]!;
    const broken = client.issuer('/keys/rotate', { keys: 'all' }).catch(() => 'broken off');
    await client.trustWhen(({ issuers }) => issuers[0]!.claimsKey.x !== before.claimsKey.x).catch(() => {});
    await network.end('SIGKILL');
    await broken;
    // And the chain, killed in the same moment, had written only half of its state.
    await pause(1500);
    await truncate(network.folder.chainState, Math.floor((await stat(network.folder.chainState)).size / 2));
    client = await network.start();
    expect((await client.trust()).issuers[0]!.claimsKey).not.toEqual(before.claimsKey);
    expect(await verdict(issued[0]!.vcJwt)).toMatchObject({ outcome: 'accepted' });
    expect(await client.issueTo(await newWallet(), canaryBundle(now()))).toHaveLength(3);
  });

  test('ends when it is told to, lets nobody else into its folder meanwhile, and goes on where it was', async () => {
    expect(await network.startInVain()).toMatchObject({ code: 1, printed: expect.stringContaining('configuration-invalid') });
    const { number } = (await client.trust()).latest;
    expect(await network.end('SIGTERM')).toBe(0);
    client = await network.start();
    const after = await client.trust();
    expect(after.latest.number).toBeGreaterThanOrEqual(number);
    expect(await verdict(issued[0]!.vcJwt)).toMatchObject({ outcome: 'accepted' });
  });

  test('answers errors without a word of what it was sent', async () => {
    const record = JSON.stringify(canaryBundle(now()));
    const spoilt: unknown[] = [
      record, record.slice(0, -5), `${record}${record}`, { fhir: record }, { fhir: canaryBundle(now()), bindings: CANARIES }, { fhir: canaryBundle(now()), [CANARIES[0]!]: 1 },
      ...CANARIES.map((canary) => ({ fhir: { resourceType: canary } })), ...['status', 'birthDate', 'code', 'reference', 'system', 'family', 'occurrenceDateTime', 'effectiveDateTime']
        .map((name) => ({ fhir: record.replaceAll(`"${name}":"`, `"${name}":"${CANARIES[0]}`), bindings: [] })),
      { ids: CANARIES }, { ids: [CANARIES[0]], [CANARIES[1]!]: true }, { keys: CANARIES[0] }, { text: CANARIES.join('.') }, { text: `HP1:${CANARIES.join('').toUpperCase()}` },
      { text: issued[0]!.vcJwt.slice(0, -3) }, { text: issued[0]!.sdJwtVc.slice(0, -3) }, { text: issued[0]!.vcJwt, policy: CANARIES[0] },
      { text: 'HP1:', match: { family: CANARIES[0], given: [CANARIES[1]], birthDate: CANARIES[2] } }, { policy: CANARIES[0], audience: CANARIES[1] },
    ];
    for (const body of spoilt) {
      for (const path of ['/preview', '/credentials', '/credentials/revoke', '/keys/rotate']) if (path !== '/preview' || typeof body !== 'object') answers.push(await client.issuer(path, body));
      for (const path of ['/verify', '/verify/batch', '/requests']) answers.push(await client.verifier(path, body));
    }
    answers.push(await client.issuer(`/anchors/${CANARIES[0]}`), await client.issuer(`/resignatures/${CANARIES[0]}/0`), await client.verifier(`/policies/${CANARIES[0]}`), await client.issuer('/preview', {}, CANARIES.join('')));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const told = answers.filter(({ status }) => status >= 400);
    expect(told.length).toBeGreaterThan(200);
    expect(told.every(({ type }) => type === 'application/problem+json')).toBe(true);
    expect(foundIn(JSON.stringify(told))).toEqual([]);
  });

  test('has said and written nothing about the patient: not in its output, its files or its chain', async () => {
    expect(network.printed()).toContain('is running');
    expect(foundIn(network.printed())).toEqual([]);
    const chain = await chainText(client.endpoints.rpc);
    await network.end('SIGTERM');
    const files = await filesOf(network.folder.root);
    expect(files.length).toBeGreaterThan(100);
    for (const { name, text } of files) expect([name, foundIn(text)]).toEqual([name, []]);
    expect(chain.length).toBeGreaterThan(50_000);
    const numbers = issued.flatMap(({ claims }) => [hashClaims(claims), ...encodeClaims(claims).filter((value) => value > 1n << 64n)]).map((value) => value.toString(16));
    const hex = CANARIES.map((canary) => Buffer.from(canary).toString('hex'));
    expect([...numbers, ...hex].filter((needle) => chain.includes(needle))).toEqual([]);
  });
});

const foundIn = (text: string): string[] => CANARIES.filter((canary) => text.toLowerCase().includes(canary) || text.includes(Buffer.from(canary).toString('base64').slice(0, -4)));

async function filesOf(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(entries.filter((entry) => entry.isFile()).map(async ({ parentPath, name }) => ({ name: join(parentPath, name), text: await readFile(join(parentPath, name), 'latin1') })));
}
