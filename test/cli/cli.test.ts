// The command line on a real system: its exit codes, what it prints for people and as JSON, and its words for mistakes.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { COMMANDS } from '#cli/commands.ts';
import { run } from '#cli/run.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { now, startNetwork, type Network } from '../journeys/network.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };
type Json = { readonly [key: string]: unknown };

let network: Network;
let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

/** A command line in this process, against the running network unless it names other data. */
async function healthpass(...argv: string[]): Promise<Ended> {
  let [out, err] = ['', ''];
  const streams = { stdout: { write: (text: string) => (out += text) }, stderr: { write: (text: string) => (err += text) } };
  const code = await run(argv.includes('--data') ? argv : [...argv, '--data', network.folder.root], streams);
  return { code, out, err };
}
/** The same with --json. */
async function json(...argv: string[]): Promise<{ code: number; body: Json }> {
  const { code, out } = await healthpass(...argv, '--json');
  return { code, body: JSON.parse(out) as Json };
}
const error = (code: string, field?: string) => ({ error: { code, ...(field ? { field } : {}), message: expect.any(String) } });

/** A command line as a process of its own. */
function child(file: string, argv: readonly string[], input = ''): Promise<Ended> {
  const started = spawn(process.execPath, [fileURLToPath(new URL(`../../cli/${file}`, import.meta.url)), ...argv, '--data', network.folder.root]);
  let [out, err] = ['', ''];
  started.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  started.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  started.stdin.on('error', () => {}).end(input); // it may end without reading all
  return new Promise((resolve) => started.once('close', (code) => resolve({ code: code!, out, err })));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'healthpass-cli-'));
  network = await startNetwork();
  await writeFile(at('adult.json'), JSON.stringify(sampleBundle(now())));
});
afterAll(async () => {
  await network.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => void vi.unstubAllEnvs());

describe('healthpass', () => {
  test('says what there is', async () => {
    for (const argv of [[], ['--help'], ['-h'], ['help']]) expect(await run(argv, { stdout: { write: () => {} }, stderr: { write: () => {} } })).toBe(0);
    expect(await child('healthpass.mjs', ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('issue, hold, present, verify and revoke') });
  });
  test.each(COMMANDS.map(({ name }) => name))('%s --help', async (name) => {
    const { code, out } = await healthpass(...name.split(' '), '--help');
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining(`healthpass ${name}`)]);
  });
  test('knows no such command, and offers the nearest', async () => {
    for (const [said, meant] of [['verfy x', 'verify'], ['records validte x', 'records validate'], ['audit verfy x', 'audit verify']] as const) {
      const { code, out, err } = await healthpass(...said.split(' '));
      expect([code, out, err.split('\n').length]).toEqual([64, '', 3]); // what is wrong, and where help is
      expect(err).toContain(`did you mean ${meant}?`);
    }
    expect(await json('conquer')).toEqual({ code: 64, body: error('usage', 'command') });
  });

  const SECRET = 'zqvaluecanary';
  const misuse: [string, string[], string][] = [
    ['issue without a file', ['issue', '--to', SECRET], 'issue'],
    ['issue without a wallet', ['issue', SECRET], '--to'],
    ['issue for no days', ['issue', fileURLToPath(new URL('../../package.json', import.meta.url)), '--to', SECRET, '--days', SECRET], '--days'],
    ['present without a policy', ['present', '--wallet', SECRET], '--policy'],
    ['present for an unknown policy', ['present', '--wallet', SECRET, '--policy', SECRET], '--policy'],
    ['present without a wallet', ['present', '--policy', 'over-18'], '--wallet'],
    ['present with a word too many', ['present', SECRET, '--policy', 'over-18'], 'present'],
    ['present with a challenge that is none', ['present', '--policy', 'over-18', '--challenge', SECRET], '--challenge'],
    ['present with an event without a name', ['present', '--policy', 'over-18', '--scope', ' '], '--scope'],
    ['verify without a text', ['verify'], 'verify'],
    ['verify with an option that is none', ['verify', 'HP1:', `--${SECRET.slice(2)}`, SECRET], `--${SECRET.slice(2)}`],
    ['verify at no time', ['verify', 'HP1:', '--at', SECRET], '--at'],
    ['verify with an age that is none', ['verify', 'HP1:', '--max-root-age', SECRET], '--max-root-age'],
    ['verify with a name and no birth', ['verify', 'HP1:', '--family', SECRET], '--birth'],
    ['verify with an option that lacks its value', ['verify', 'HP1:', '--policy'], '--policy'],
    ['disclose to nobody', ['disclose', SECRET, '--wallet', SECRET, '--claims', 'x'], 'wallet'],
    ['rotate keys of no kind', ['rotate', '--keys', SECRET], '--keys'],
    ['revoke nothing', ['revoke'], 'revoke'],
    ['invite somebody without a name', ['staff', 'invite', '--roles', 'clinician'], '--name'],
    ['invite somebody at no service', ['staff', 'invite', '--name', SECRET, '--roles', 'clinician', '--service', SECRET], '--service'],
    ['invite somebody as what is no role', ['staff', 'invite', '--name', SECRET, '--roles', SECRET], 'roles.0'],
    ['give a program more than programs may', ['client', 'create', '--name', SECRET, '--permissions', 'keys:rotate'], 'permissions.0'],
    ['a wallet for nobody', ['wallet', 'init'], 'wallet init'],
  ];
  test.each(misuse)('%s', async (_name, argv, field) => {
    const { code, out, err } = await healthpass(...argv);
    expect([[64, 1].includes(code), out]).toEqual([true, '']);
    expect(err).toContain(field);
    if (field !== 'wallet') expect(err.replaceAll(field, '')).not.toContain(SECRET);
    expect(await json(...argv)).toEqual({ code, body: error(expect.any(String) as unknown as string, field) });
  });

  test('invites staff, adds a program, and shows who did what', async () => {
    for (const service of ['issuer', 'verifier'] as const) {
      const at = ['--service', service];
      const { body: invited } = await json('staff', 'invite', '--name', 'Zoë', '--roles', 'clinician,verifier', ...at);
      expect(invited['link']).toMatch(new RegExp(`^http://localhost:${new URL(network.endpoints[service]).port}/staff/join#[\\w-]{43}$`));
      const member = String(invited['member']);
      expect((await healthpass('staff', 'suspend', member, ...at)).code).toBe(0);
      expect((await healthpass('staff', 'list', ...at)).out).toMatch(new RegExp(`${member}  suspended  clinician, verifier .* Zoë`));
      expect((await json('staff', 'reinstate', member, ...at)).body).toEqual({ member, action: 'reinstate' });
      const { body: client } = await json('client', 'create', '--name', 'Laboratory', '--permissions', 'credentials:read', ...at);
      expect(client).toMatchObject({ id: expect.any(String) as string, secret: expect.stringMatching(/^[\w-]{43}$/) as string });
      const ask = () => fetch(`${network.endpoints[service]}/oauth/token`, {
        method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { authorization: `Basic ${Buffer.from(`${String(client['id'])}:${String(client['secret'])}`).toString('base64')}` },
      });
      expect((await ask()).status).toBe(200);
      expect((await json('client', 'revoke', String(client['id']), ...at)).code).toBe(0);
      expect((await ask()).status).toBe(401);
      const { out } = await healthpass('audit', ...at);
      expect(out.split('\n').slice(0, 6).map((line) => line.split(/ +/)[3])).toEqual(['client.revoke', 'token.issue', 'client.create', 'member.reinstate', 'member.suspend', 'member.create']);
      expect(out).not.toContain('Zoë');
      expect(await json('audit', '--check', ...at)).toMatchObject({ code: 0, body: { intact: true } });
    }
  });

  test('a wallet is made once, and opened with its own key only', async () => {
    expect(await json('wallet', 'init', at('w1'))).toEqual({ code: 0, body: { wallet: at('w1'), protection: 'keyFile' } });
    expect(await json('wallet', 'init', at('w1'))).toEqual({ code: 1, body: error('wallet-exists', 'wallet') });
    expect(await json('wallet', 'show', at('none'))).toEqual({ code: 1, body: error('wallet-missing', 'wallet') });
    expect(await json('wallet', 'init', at('adult.json'))).toEqual({ code: 64, body: error('usage', 'wallet') });
    vi.stubEnv('HEALTHPASS_PASSPHRASE', 'short');
    expect(await json('wallet', 'init', at('w2'))).toEqual({ code: 1, body: error('request-invalid', 'passphrase') });
    vi.stubEnv('HEALTHPASS_PASSPHRASE', 'zq correct canary horse');
    expect(await json('wallet', 'init', at('w2'))).toMatchObject({ code: 0, body: { protection: 'passphrase' } });
    expect(await json('wallet', 'show', at('w2'), '--offline')).toMatchObject({ code: 0, body: { credentials: [], ready: 0 } });
    vi.stubEnv('HEALTHPASS_PASSPHRASE', 'zq wrong canary horse');
    const wrong = await healthpass('wallet', 'show', at('w2'));
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('wallet-locked')]);
    expect(wrong.err).not.toContain('canary');
    vi.stubEnv('HEALTHPASS_PASSPHRASE', '');
    expect(await json('wallet', 'show', at('w2'))).toEqual({ code: 1, body: error('wallet-locked', 'HEALTHPASS_PASSPHRASE') });
    await writeFile(at('w1', 'key.hex'), 'not hex');
    expect(await json('wallet', 'show', at('w1'))).toEqual({ code: 1, body: error('configuration-invalid', 'key.hex') });
  });

  test('without a network it says so, and decides nothing', async () => {
    const data = ['--data', at('nothing')];
    await healthpass('wallet', 'init', at('w3'));
    expect(await json('issue', at('adult.json'), '--to', at('w3'), ...data)).toEqual({ code: 69, body: error('service-unavailable', 'endpoints.json') });
    expect(await json('present', '--wallet', at('w3'), '--policy', 'over-18', ...data)).toEqual({ code: 1, body: error('no-trust-data', 'trust') });
    expect(await json('trust', ...data)).toEqual({ code: 1, body: error('no-trust-data', 'trust') });
    expect(await json('revoke', 'urn:uuid:0', ...data)).toEqual({ code: 69, body: error('service-unavailable', 'endpoints.json') });
  });
});

describe('the story on the command line', () => {
  let pass: string;
  let ids: readonly string[];
  beforeAll(async () => {
    await healthpass('wallet', 'init', at('wallet'));
    const { code, body } = await json('issue', at('adult.json'), '--to', at('wallet'));
    expect([code, body]).toEqual([0, { credentials: expect.any(Array), refused: [] }]);
    const credentials = body['credentials'] as { id: string }[];
    expect(credentials[0]).toEqual({ id: expect.stringMatching(/^urn:uuid:/), issuer: expect.stringMatching(/^did:ethr:/), says: expect.stringContaining('Comirnaty'), list: 1, index: expect.any(Number) });
    ids = credentials.map(({ id }) => id);
    const made = await json('present', '--wallet', at('wallet'), '--policy', 'over-18', '--png', at('pass.png'), '--svg', at('pass.svg'), '--match', '--scope', 'Fair');
    expect(made).toMatchObject({ code: 0, body: { policy: 'over-18', version: 1, codeVersion: expect.any(Number), png: at('pass.png'), svg: at('pass.svg') } });
    pass = made.body['pass'] as string;
    expect([pass.slice(0, 4), pass.length === made.body['characters'], pass.length <= 431]).toEqual(['HP1:', true, true]);
    await writeFile(at('pass.txt'), `${pass}\n`);
  });
  const born = (JSON.parse(JSON.stringify(sampleBundle(now()))) as { entry: { resource: { birthDate: string } }[] }).entry[0]!.resource.birthDate;
  const document = ['--family', 'Specimen', '--given', 'Erika Utopia', '--birth', born];

  test('accepted: 0, from a text, a file, an image and standard input', async () => {
    expect(await json('verify', pass)).toMatchObject({ code: 0, body: { outcome: 'accepted', source: 'chain', shown: { form: 'pass', policy: 'over-18', scope: expect.stringMatching(/^Fair \d{4}-/) } } });
    for (const source of ['pass.txt', 'pass.png']) expect(await healthpass('verify', at(source), '--policy', 'over-18')).toMatchObject({ code: 0, out: expect.stringMatching(/^ACCEPTED /) });
    expect(await child('main.ts', ['verify', '-'], pass)).toMatchObject({ code: 0, out: expect.stringMatching(/^ACCEPTED /), err: '' });
    expect(await healthpass('verify', pass, '--scope', 'Fair', ...document)).toMatchObject({ code: 0, out: expect.stringContaining('matches the document') });
    expect(await readFile(at('pass.svg'), 'utf8')).toMatch(/^<svg /);
  });

  test('a wallet receives what is offered by a link, with the number that goes with it', async () => {
    const made = (await network.issuer('/offers', { fhir: sampleBundle(now()) })).body as { link: string; txCode: string };
    await healthpass('wallet', 'init', at('offered'));
    expect(await json('wallet', 'receive', at('offered'), made.link)).toMatchObject({ body: { error: { code: 'request-invalid', field: 'tx_code' } } });
    const { code, body } = await json('wallet', 'receive', at('offered'), made.link, '--code', made.txCode);
    expect([code, (body['credentials'] as object[]).length > 5]).toEqual([0, true]);
    expect(await json('present', '--wallet', at('offered'), '--policy', 'over-18')).toMatchObject({ code: 0 });
    expect(await json('wallet', 'receive', at('offered'), made.link, '--code', made.txCode)).toMatchObject({ body: { error: { code: 'offer-over' } } });
  });

  test('refused: 1, with the reason, whose affair it is and what to do', async () => {
    expect(await json('verify', pass, '--policy', 'yellow-fever')).toMatchObject({ code: 1, body: { outcome: 'refused', reason: 'policy-mismatch', fixer: 'holder', says: expect.any(String), next: expect.any(String) } });
    expect(await child('main.ts', ['verify', pass, '--policy', 'yellow-fever'])).toMatchObject({ code: 1, out: expect.stringContaining('(policy-mismatch)') });
    const later = new Date((now() + 3600) * 1000).toISOString();
    for (const [argv, reason] of [
      [['--at', later], /code-expired|window-over/], [['--max-code-age', '0', '--at', String(now() + 5)], /code-expired/], [['--scope', 'Other'], /proof-invalid/],
      [['--audience', 'Somebody else'], /audience-wrong/], [['--challenge', 'ab'.repeat(16)], /challenge-missing/],
      [['--scope', 'Fair', '--family', 'Other', '--given', 'Erika', '--birth', born], /match-wrong/],
    ] as const) expect(await json('verify', pass, ...argv)).toMatchObject({ code: 1, body: { reason: expect.stringMatching(reason) } });
  });

  test('undecided: 2, where the rule or the trust data are not known here', async () => {
    expect(await json('verify', pass, '--policy', 'no-such-rule')).toMatchObject({ code: 2, body: { outcome: 'undecided', reason: 'policy-unknown' } });
    expect(await json('verify', pass, '--data', at('nothing'), '--scope', 'Fair')).toMatchObject({ code: 2, body: { reason: 'trust-missing' } });
    await mkdir(at('old'), { recursive: true });
    await cp(network.folder.trustBundle, at('old', 'trust-bundle.json'));
    expect(await json('verify', pass, '--offline', '--scope', 'Fair', '--data', at('old'))).toMatchObject({ code: 0, body: { outcome: 'accepted', source: 'bundle' } });
    expect(await json('trust', '--data', at('old'))).toMatchObject({ code: 0, body: { source: 'bundle', problem: 'service-unavailable' } });
    await writeFile(at('old', 'trust-bundle.json'), '{"version":1');
    expect(await json('verify', pass, '--offline', '--data', at('old'))).toEqual({ code: 1, body: error('bundle-invalid', 'trust-bundle.json') });
  });

  test('unreadable: 3, whatever it is', async () => {
    await writeFile(at('noise.bin'), Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)));
    await writeFile(at('cut.png'), (await readFile(at('pass.png'))).subarray(0, 300));
    const cases: [string, string][] = [
      ['HP1:', 'pass-malformed'], [pass.slice(0, -7), 'pass-malformed'], [`${pass}00`, 'text-too-long'], [`HP1:${'0'.repeat(500)}`, 'text-too-long'], ['nowhere', 'text-malformed'],
      [at('noise.bin'), 'text-malformed'], [at('cut.png'), 'image-unreadable'], [at('adult.json'), 'text-malformed'], ['eyJhIjoxfQ.b.c', 'jwt-malformed'], ['eyJhIjoxfQ.b.c~', 'sd-jwt-malformed'], [`${'a'.repeat(20)}.bc.c`, 'json-malformed'],
    ];
    for (const [text, code] of cases) expect(await json('verify', text)).toEqual({ code: 3, body: { error: expect.objectContaining({ code }) } });
    expect((await child('main.ts', ['verify', '-'], 'x'.repeat(10_000_000))).code).toBe(3);
    expect(await json('verify', folder)).toEqual({ code: 64, body: error('usage', 'file') });
  });

  test('a wallet shows what it holds, and discloses chosen claims to who asked', async () => {
    const { body } = await json('wallet', 'show', at('wallet'));
    expect(body).toMatchObject({ credentials: { length: 9 }, ready: 0, syncedAt: expect.any(Number) });
    expect((await healthpass('wallet', 'show', at('wallet'))).out).toContain('Yellow fever vaccine');
    const challenge = 'ab'.repeat(16);
    const asked = ['--audience', 'Clinic', '--challenge', challenge];
    expect(Object.keys((await json('disclose', ids[2]!, '--wallet', at('wallet'))).body)).toEqual(expect.arrayContaining(['family_name', 'product', 'occurred']));
    const shown = await json('disclose', ids[2]!, '--wallet', at('wallet'), '--claims', 'product,occurred', ...asked);
    expect(await json('verify', shown.body['presentation'] as string, '--policy', 'yellow-fever', ...asked)).toMatchObject({ code: 0, body: { shown: { form: 'sd-jwt-vc', holderBound: true } } });
    expect(await json('verify', shown.body['presentation'] as string)).toMatchObject({ code: 1, body: { reason: 'audience-wrong' } });
    expect(await json('disclose', 'urn:uuid:0', '--wallet', at('wallet'))).toMatchObject({ code: 1, body: error('credential-unknown', 'credential') });
    expect(await json('disclose', ids[2]!, '--wallet', at('wallet'), '--claims', 'no_such', ...asked)).toMatchObject({ code: 1, body: error('request-invalid', 'disclose') });
    expect(await json('disclose', ids[2]!, '--wallet', at('wallet'), '--claims', 'product')).toMatchObject({ code: 64, body: error('usage', '--audience') });
  });

  test('trust is saved, compared with the chain, and found out when it was tampered with', async () => {
    expect(await json('trust', '--save', at('bundle.json'))).toMatchObject({ code: 0, body: { source: 'chain', chainId: 31337, issuers: [{ name: 'Sample Health Centre', status: 'active' }], lists: [{ id: 1, blocked: 0 }], saved: at('bundle.json') } });
    expect(await json('trust', '--check', at('bundle.json'))).toMatchObject({ code: 0, body: { agrees: true, differences: [] } });
    const bundle = JSON.parse(await readFile(at('bundle.json'), 'utf8')) as { trust: { chainId: number; finalized: { time: number } } };
    await writeFile(at('other.json'), JSON.stringify({ ...bundle, trust: { ...bundle.trust, chainId: 5, finalized: { ...bundle.trust.finalized, time: bundle.trust.finalized.time + 9e5 } } }));
    expect(await json('trust', '--check', at('other.json'))).toMatchObject({ code: 1, body: { agrees: false, differences: ['chainId', 'finalized'] } });
    await writeFile(at('bad.json'), JSON.stringify({ ...bundle, verifyingKey: {} }));
    expect(await json('trust', '--check', at('bad.json'))).toMatchObject({ code: 1, body: error('bundle-invalid', 'verifyingKey') });
    await writeFile(at('twice.json'), '{"version":1,"version":1}');
    expect(await json('trust', '--check', at('twice.json'))).toMatchObject({ code: 3, body: { error: { code: 'json-duplicate-key' } } });
  });

  test('a record that cannot be issued is told by its field; what it holds besides events, once a reason', async () => {
    await writeFile(at('half.json'), '{"resourceType":');
    expect(await json('issue', at('half.json'), '--to', at('wallet'))).toMatchObject({ code: 3, body: { error: { code: 'json-malformed' } } });
    expect(await json('issue', at('nowhere.json'), '--to', at('wallet'))).toEqual({ code: 64, body: error('usage', 'file') });
    await writeFile(at('empty.json'), '{"resourceType":"Bundle","type":"collection","entry":[]}');
    expect(await json('issue', at('empty.json'), '--to', at('wallet'))).toMatchObject({ code: 1, body: { error: { code: expect.stringMatching(/^fhir-/) } } });
    const bundle = JSON.parse(await readFile(at('adult.json'), 'utf8')) as { entry: unknown[] };
    const others = Array.from({ length: 4 }, () => ({ resource: { resourceType: 'Observation', status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }], code: { text: 'zqcanary' } } }));
    await writeFile(at('mixed.json'), JSON.stringify({ ...bundle, entry: [...bundle.entry.slice(0, 4), ...others] }));
    await healthpass('wallet', 'init', at('other-wallet'));
    const { code, out } = await healthpass('issue', at('mixed.json'), '--to', at('other-wallet'), '--days', '30');
    expect([code, out]).toEqual([0, expect.stringMatching(/not issued: 4 times: .*\n\n2 issued, 4 not\./)]);
    expect(out).not.toContain('zqcanary');
  });

  test('status is changed by id, repeated at will, and the wallet says why nothing fits', async () => {
    expect(await json('suspend', ids[2]!)).toEqual({ code: 0, body: { action: 'suspend', credentials: [{ id: ids[2], list: 1, index: expect.any(Number), changed: true }] } });
    expect((await healthpass('suspend', ids[2]!)).out).toContain('was suspended already');
    expect(await json('reinstate', ids[2]!)).toMatchObject({ code: 0 });
    expect(await json('revoke', ...ids)).toMatchObject({ code: 0, body: { credentials: { length: 9 } } });
    expect(await json('reinstate', ids[2]!)).toMatchObject({ code: 1, body: { error: { code: 'status-conflict', field: 'id' } } });
    expect(await json('revoke', 'zqcanary')).toEqual({ code: 1, body: { error: { code: 'credential-unknown', field: 'id', message: expect.not.stringContaining('zqcanary') } } });
    await network.trustWhen(({ roots }) => roots.at(-1)!.final);
    const { code, err } = await healthpass('present', '--wallet', at('wallet'), '--policy', 'yellow-fever');
    expect([code, err]).toEqual([1, expect.stringMatching(/was revoked by its issuer.*\n.*Nearest|was revoked by its issuer/)]);
    expect(await json('verify', pass, '--scope', 'Fair', '--max-root-age', '0')).toMatchObject({ code: 1, body: { reason: 'root-superseded' } });
  });

  test('keys are changed, and the next record is issued and received at once', async () => {
    expect(await json('rotate')).toMatchObject({ code: 0, body: { claims: { signedAgain: expect.any(Number) }, did: { vc: expect.any(String), sd: expect.any(String) } } });
    expect(await json('issue', at('adult.json'), '--to', at('other-wallet'))).toMatchObject({ code: 0, body: { credentials: { length: 9 } } });
    expect(await json('wallet', 'refresh', at('other-wallet'))).toMatchObject({ code: 0, body: { replaced: { length: 2 }, failed: [] } });
  });
});
