// The programs as containers/compose.yaml starts them, without a container: a chain node, governance, an issuer, a verifier, a storage and a gateway of
// records, each a process of its own, which know of each other only what their environment and a shared folder say.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, parseDeployment, startAnvil, type Anvil } from '#contracts';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleImmunization } from '#network/samples/index.ts';
import { encodeHolderBinding, parseIssuedCredential, type IssuedCredential } from '#passport';
import { fetchConfig } from '#records/client/config.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { createMembership } from '#records/client/membership.ts';
import { signIn } from '#records/client/session.ts';
import { derive, LABELS } from '#records/model/keys/derive.ts';
import { createRoot, type Root } from '#records/model/keys/root.ts';
import { createSigner } from '#records/model/signing.ts';
import { createBindings } from '#wallet';
import { stageImage } from '../containers/image.ts';
import { canaryBundle, CANARIES } from './canary.ts';
import { newWallet, now, pause } from './network.ts';
import { copyDatabases } from '../server/empty-database.ts';

const POSTGRES = process.env['TEST_DATABASE_URL'];
const CHAIN = 41_337;

type Program = { readonly child: ChildProcess; readonly printed: () => string; readonly gone: Promise<number | null> };

const IMAGES: Readonly<Record<string, string>> = { 'network/govern.ts': 'tools', 'records/store/main.ts': 'storage', 'records/gateway/main.ts': 'records' };

/** A program from the files of its image. Nothing of our own environment but the path: what it needs, it is given. */
function launch(images: string, main: string, words: readonly string[], environment: Readonly<Record<string, string>>): Program {
  const cwd = join(images, IMAGES[main] ?? main.split('/')[0]!);
  const child = spawn(process.execPath, [main, ...words], { cwd, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, printed: () => printed, gone: new Promise((resolve) => child.once('exit', resolve)) };
}

async function until(program: Program, words: RegExp): Promise<RegExpExecArray> {
  let isGone = false;
  void program.gone.then(() => (isGone = true));
  for (;;) {
    const found = words.exec(program.printed());
    if (found) return found;
    if (isGone) throw new Error(`it ended: ${program.printed()}`);
    await pause(50);
  }
}
const urlOf = async (program: Program) => (await until(program, /listens on (http:\/\/127\.0\.0\.1:\d+)/))[1]!;
const getJson = async (url: string) => (await fetch(url)).json() as Promise<Record<string, unknown>>;

describe.each(['PGlite', 'PostgreSQL'] as const)('services on their own, with %s', (kind) => {
  const run = kind === 'PostgreSQL' && POSTGRES === undefined ? test.skip : test;
  let folder: string;
  let anvil: Anvil;
  let environment: Record<string, string>;
  const programs: Program[] = [];
  const cleaning: (() => Promise<unknown>)[] = [];
  const start = (main: string, words: readonly string[] = [], besides: Record<string, string> = {}) => {
    const program = launch(join(folder, 'images'), main, words, { ...environment, ...besides });
    programs.push(program);
    return program;
  };
  const end = async (program: Program, signal: NodeJS.Signals = 'SIGTERM') => (program.child.kill(signal), program.gone);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'healthpass-services-'));
    for (const target of ['issuer', 'verifier', 'storage', 'records', 'tools']) await stageImage(target, join(folder, 'images', target));
    anvil = await startAnvil({ chainId: CHAIN, blockTime: 1 });
    environment = {
      HEALTHPASS_RPC: anvil.url, HEALTHPASS_DEPLOYMENT: join(folder, 'deployment.json'), HEALTHPASS_GOVERNANCE_DATA: join(folder, 'governance'),
      HEALTHPASS_ISSUER_DATA: join(folder, 'issuer'), HEALTHPASS_ISSUER_PORT: '0', HEALTHPASS_VERIFIER_DATA: join(folder, 'verifier'), HEALTHPASS_VERIFIER_PORT: '0',
      HEALTHPASS_CARE_DEPLOYMENT: join(folder, 'care-deployment.json'), HEALTHPASS_STORAGE_DATA: join(folder, 'storage'), HEALTHPASS_STORAGE_PORT: '0', HEALTHPASS_RECORDS_DATA: join(folder, 'records'), HEALTHPASS_RECORDS_PORT: '0',
      HEALTHPASS_LOG: 'debug', HEALTHPASS_METRICS_PORT: '0',
      NODE_COMPILE_CACHE: join(folder, 'compiled'), // some forty processes load the same files
    };
    if (kind === 'PGlite') await copyDatabases(['issuer', 'verifier', 'records'].map((service) => join(folder, service, 'database')));
    else if (POSTGRES !== undefined) environment['DATABASE_URL'] = await createPostgres(POSTGRES, cleaning);
  });
  afterAll(async () => {
    for (const { child } of programs) child.kill('SIGKILL');
    await Promise.all(programs.map(({ gone }) => gone));
    await anvil.stop();
    for (const clean of cleaning) await clean();
    await rm(folder, { recursive: true, force: true });
  });

  let issuer: Program;
  let issuerUrl: string;
  let verifier: Program;
  let verifierUrl: string;
  let token: string;
  let issued: IssuedCredential;
  const post = async (path: string, body: unknown) => {
    const response = await fetch(issuerUrl + path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const issue = async (fhir: unknown, count = 1) => {
    const bindings = (await createBindings(await newWallet(), count, now())).map(encodeHolderBinding);
    return post('/credentials', { fhir, bindings });
  };

  run('governance deploys the contracts, and does not do it twice', async () => {
    expect(await start('network/govern.ts', ['deploy']).gone).toBe(0);
    const written = await readFile(environment['HEALTHPASS_DEPLOYMENT']!, 'utf8');
    expect(parseDeployment(JSON.parse(written)).chainId).toBe(CHAIN);
    expect(await start('network/govern.ts', ['deploy']).gone).toBe(0);
    expect(await readFile(environment['HEALTHPASS_DEPLOYMENT']!, 'utf8')).toBe(written);
  });

  run('the issuer makes its identity, says what governance has to do, waits for it, and serves', async () => {
    issuer = start('issuer/main.ts');
    await until(issuer, /waiting for money/);
    const request = JSON.parse(await readFile(join(folder, 'issuer', 'accreditation-request.json'), 'utf8')) as { identity: string };
    expect(issuer.printed()).toContain(request.identity);
    const governance = start('network/govern.ts', ['accredit', join(folder, 'issuer', 'accreditation-request.json'), '--name', 'Clinic', '--by', 'Ministry']);
    expect([await governance.gone, governance.printed()]).toEqual([0, expect.stringContaining('accredited')]);
    issuerUrl = await urlOf(issuer);
    expect(await getJson(`${issuerUrl}/ready`)).toMatchObject({ status: 'ready' });
    token = Buffer.from(await readFile(join(folder, 'issuer', 'token.txt'), 'utf8')).toString().trim();
  });

  run('a second issuer in the same folder is not let in', async () => {
    const second = start('issuer/main.ts');
    expect([await second.gone, second.printed()]).toEqual([1, expect.stringContaining('HEALTHPASS_ISSUER_DATA')]);
  });

  run('an issuer for production says that nobody certifies its keys, and does not start where the authority is wrong', async () => {
    const production = { HEALTHPASS_MODE: 'production', HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: 'yes', HEALTHPASS_ISSUER_URL: 'https://issuer.example', HEALTHPASS_ISSUER_DATA: join(folder, 'production') };
    const without = start('issuer/main.ts', [], production);
    await until(without, /SD-JWT VCs name the DID alone/);
    await end(without, 'SIGKILL');
    await expect(readFile(join(folder, 'production', 'development-authority.pem'))).rejects.toThrow('ENOENT');
    const wrong = start('issuer/main.ts', [], { ...production, HEALTHPASS_ISSUER_DATA: join(folder, 'production-2'), HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY: environment['HEALTHPASS_DEPLOYMENT']!, HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY_KEY: 'canary' });
    expect([await wrong.gone, wrong.printed()]).toEqual([1, expect.stringContaining('HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY is wrong')]);
    expect(wrong.printed()).not.toContain('canary');
  });

  run('a credential is issued, and verified by the other program', async () => {
    verifier = start('verifier/main.ts', [], { HEALTHPASS_ISSUERS: issuerUrl, HEALTHPASS_CERTIFICATE_ROOTS: join(folder, 'issuer', 'development-authority.pem') });
    verifierUrl = await urlOf(verifier);
    const answer = await issue(sampleImmunization(now()));
    expect(answer.status).toBe(201);
    issued = parseIssuedCredential((answer.body['credentials'] as unknown[])[0]);
    expect(await verdict()).toMatchObject({ outcome: 'accepted' });
    for (const url of [issuerUrl, verifierUrl]) expect(await getJson(`${url}/ready`)).toMatchObject({ status: 'ready' });
  });
  const verdict = async (text = issued.vcJwt) => (await fetch(`${verifierUrl}/verify`, { method: 'POST', body: JSON.stringify({ text }) })).json() as Promise<{ outcome: string; reason?: string }>;

  run('an SD-JWT VC names the issuer by its URL, with a certificate of the authority that the verifier was given', async () => {
    const part = (index: number) => JSON.parse(Buffer.from(issued.sdJwtVc.split('.')[index]!, 'base64url').toString()) as Record<string, unknown>;
    expect([part(0)['x5c'], part(1)['iss']]).toEqual([[expect.any(String)], issuerUrl]);
    expect(await verdict(issued.sdJwtVc)).toMatchObject({ outcome: 'accepted' });
  });

  run('what is revoked is refused, also after both were ended and started again', async () => {
    expect(await post('/credentials/revoke', { ids: [issued.id] })).toMatchObject({ status: 200 });
    for (let tries = 0; tries < 300 && (await verdict()).outcome === 'accepted'; tries++) await pause(200);
    expect(await verdict()).toMatchObject({ outcome: 'refused', reason: 'credential-revoked' });
    // Told to end in the middle of work: what was begun is finished, and answered.
    const other = parseIssuedCredential(((await issue(sampleImmunization(now()))).body['credentials'] as unknown[])[0]);
    const under = post('/credentials/revoke', { ids: [other.id] });
    await pause(300);
    expect([await end(issuer), (await under).status]).toEqual([0, 200]);
    expect(await end(verifier)).toBe(0);
    for (const program of [verifier, issuer]) expect(program.printed()).toContain('ended in order');
    const attesters = join(folder, 'attesters.json');
    await writeFile(attesters, JSON.stringify({ keys: [{ ...createHolderSigner().key, iss: 'https://wallets.example' }] }));
    issuer = start('issuer/main.ts', [], { HEALTHPASS_ISSUER_DPOP: 'required', HEALTHPASS_ISSUER_WALLET_ATTESTERS: attesters });
    verifier = start('verifier/main.ts', [], { HEALTHPASS_ISSUERS: issuerUrl, HEALTHPASS_CERTIFICATE_ROOTS: join(folder, 'verifier', 'development-authority.pem') });
    [issuerUrl, verifierUrl] = [await urlOf(issuer), await urlOf(verifier)];
    expect(issuer.printed()).not.toContain('waiting for');
    expect(await verdict()).toMatchObject({ outcome: 'refused', reason: 'credential-revoked' });
  });

  run('governance appoints a body and admits a gateway of records, where a doctor becomes a member', async () => {
    const storageUrl = await urlOf(start('records/store/main.ts'));
    const gateway = start('records/gateway/main.ts', [], { HEALTHPASS_RECORDS_STORAGE: storageUrl });
    const url = await urlOf(gateway);
    expect(gateway.printed()).toMatch(/governance has to give 0x[0-9a-f]{40} the role/);
    expect(await getJson(`${url}/ready`)).toMatchObject({ status: 'unready', checks: { role: 'failed', chain: 'ok', database: 'ok' } });
    const [body, doctor] = [createRoot(), createRoot()];
    const bodyAddress = createSigner(derive(body, LABELS.account)).address;
    expect(await start('network/govern.ts', ['appoint', bodyAddress, 'doctor']).gone).toBe(0);
    expect(await start('network/govern.ts', ['gateway', join(folder, 'records', 'role-request.json')]).gone).toBe(0);
    for (let tries = 0; tries < 300 && (await getJson(`${url}/ready`))['status'] !== 'ready'; tries++) await pause(200);
    expect(await getJson(`${url}/ready`)).toMatchObject({ status: 'ready' });
    const second = start('records/gateway/main.ts', [], { HEALTHPASS_RECORDS_STORAGE: storageUrl });
    expect([await second.gone, second.printed()]).toEqual([1, expect.stringContaining('HEALTHPASS_RECORDS_DATA')]);

    const enter = async (root: Root) => {
      const open = createGatewayClient({ url, fetch: (at, init) => fetch(at, init as RequestInit) });
      const [config, signer] = [await fetchConfig(open), createSigner(derive(root, LABELS.account))];
      expect(config).toMatchObject({ chainId: CHAIN, storage: storageUrl, bodies: [{ address: bodyAddress, decides: ['doctor'] }] });
      const { client, membership } = await signIn(open, signer, config);
      return createMembership({ client, inside: () => ({ account: signer.address, signer, root, config, ...membership }) }, now);
    };
    await (await enter(doctor)).apply({ role: 'doctor', name: 'Dr. Journey', country: 'DE', licence: 'L-1', organisation: undefined });
    const deciding = await enter(body);
    await deciding.approve((await deciding.waiting())[0]!, now() + 86_400);
    expect(await (await enter(doctor)).overview()).toMatchObject({ roles: ['doctor'], entry: { name: 'Dr. Journey', standing: 'active' } });
    expect(await end(gateway)).toBe(0);
    expect(gateway.printed()).toContain('ended in order');
    expect(gateway.printed()).not.toContain('Journey');
  });

  run('metrics count what happened', async () => {
    const text = async (program: Program) => (await fetch((await until(program, /metrics are at (http:\/\/127\.0\.0\.1:\d+\/metrics)/))[1]!)).text();
    expect(await text(verifier)).toMatch(/healthpass_verdicts_total\{service="verifier",outcome="refused",reason="credential-revoked"\} [1-9]/);
    expect(await issue(canaryBundle(now()), 3)).toMatchObject({ status: 201 });
    const metrics = await text(issuer);
    expect(metrics).toMatch(/healthpass_credentials_issued_total\{service="issuer"\} 3/);
    expect(metrics).toMatch(/healthpass_issuer_check\{check="accreditation"\} 1/);
    expect(metrics).toMatch(/healthpass_request_seconds_count\{service="issuer",route="\/credentials",method="POST",status="2xx"\} 1/);
    for (const canary of CANARIES) expect(metrics).not.toContain(canary);
  });

  run('certificates of an authority that the verifier was not given are refused', async () => {
    const other = parseIssuedCredential(((await issue(sampleImmunization(now()))).body['credentials'] as unknown[])[0]);
    expect(await verdict(other.sdJwtVc)).toMatchObject({ outcome: 'refused', reason: 'certificate-invalid' });
  });

  run('wallets have to use DPoP and may be attested, where the operator says so', async () => {
    expect(await getJson(`${issuerUrl}/.well-known/oauth-authorization-server`)).toMatchObject({ token_endpoint_auth_methods_supported: ['none', 'attest_jwt_client_auth'] });
    const answer = await fetch(`${issuerUrl}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:pre-authorized_code', 'pre-authorized_code': 'none' }) });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_dpop_proof' }]);
  });

  run('the log says what was asked of which route and nothing of who or what', () => {
    for (const program of programs) {
      for (const canary of [...CANARIES, issued.id, token]) expect(program.printed()).not.toContain(canary);
      for (const line of program.printed().split('\n').filter(Boolean)) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), part: expect.any(String), says: expect.any(String) });
    }
    expect(issuer.printed()).toMatch(/"says":"request"/);
    expect(issuer.printed()).toMatch(/"method":"POST","route":"\/credentials","status":201/);
  });

  run('governance suspends, reinstates and removes an issuer by its number, and lists how each stands', async () => {
    const govern = async (...args: string[]) => {
      const program = start('network/govern.ts', args);
      return [await program.gone, program.printed()] as const;
    };
    const standing = async () => /^1\t(\w+)\tdid:ethr:\S+\tClinic\tMinistry$/m.exec((await govern('list'))[1])?.[1];
    expect(await standing()).toBe('active');
    for (const [change, then] of [['suspend', 'suspended'], ['reinstate', undefined], ['remove', 'removed']] as const) {
      expect((await govern(change, '1'))[0]).toBe(0);
      if (then) expect(await standing()).toBe(then);
    }
    expect(await govern('reinstate', '1')).toEqual([1, expect.stringContaining('transaction-failed')]);
    expect((await govern('suspend', '9'))[0]).toBe(1);
    expect((await govern('suspend', 'all'))[0]).not.toBe(0);
  });

  run('the clock of a verifier that is 24 hours behind makes it say so', async () => {
    const provider = connect(anvil.url, CHAIN);
    await provider.send('evm_setNextBlockTimestamp', [now() + 90_000]).catch(() => {}); // seen from the chain, every clock here is behind
    await provider.send('evm_mine', []).catch(() => {});
    provider.destroy();
    let ready: { status?: unknown; checks?: unknown } = {};
    for (let tries = 0; tries < 300 && ready.status !== 'unready'; tries++) {
      await pause(200);
      ready = await getJson(`${verifierUrl}/ready`);
    }
    expect(ready).toMatchObject({ status: 'unready', checks: { clock: 'failed', database: 'ok' } });
  });

  run('a chain that is gone is told by name, and the services live on', async () => {
    await anvil.kill();
    await until(verifier, /the chain cannot be read \(chain-unavailable\)/);
    expect(await getJson(`${verifierUrl}/health`)).toEqual({ status: 'ok' });
    expect(await end(verifier)).toBe(0);
  });
});

async function createPostgres(url: string, cleaning: (() => Promise<unknown>)[]): Promise<string> {
  const name = `services_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  cleaning.push(() => run(`DROP DATABASE ${name} WITH (FORCE)`));
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
