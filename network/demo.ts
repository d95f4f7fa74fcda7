// npm run demo: the whole story in the terminal, on a network of its own. Ends with 0 only if the pass is accepted before the revocation
// and refused after it, for the right reason.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  encodeHolderBinding, isHealthpassError, parseIssuedCredential, parseTrustBundle, type IssuedCredential, type TrustState, type UnixSeconds,
} from '#passport';
import { POLICIES, policyById } from '#passport/policies/index.ts';
import { createProver, loadArtifacts, type Prover } from '#circuits';
import { codeToText, createBindings, createCode, createMemoryStorage, createWallet, receiveCredential, startPresentation, type Wallet } from '#wallet';
import { dataFolder, type DataFolder, type Endpoints } from './folder.ts';
import { sampleBundle } from './samples/index.ts';
import { startSystem } from './system.ts';

const POLICY = 'eu-travel-2022';
const now = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;
const say = (text = '') => console.log(text);
const title = (text: string) => say(`\n\u001b[1m${text}\u001b[0m`);

type Answer = { readonly outcome: string; readonly reason?: string; readonly says?: string };
type Story = { readonly folder: DataFolder; readonly endpoints: Endpoints; readonly wallet: Wallet; readonly prover: Prover };

async function tell(folder: DataFolder, endpoints: Endpoints, prover: Prover): Promise<boolean> {
  const wallet = await createWallet(createMemoryStorage(), [{ kind: 'raw', key: crypto.getRandomValues(new Uint8Array(32)) }], now());
  const story = { folder, endpoints, wallet, prover };

  title('1. Issue: a visit’s FHIR record becomes credentials');
  const credentials = await issueSample(story);
  const travel = policyById(POLICY)!;

  title('2. Hold: the wallet checks what it received and keeps it encrypted');
  for (const credential of credentials) await receiveCredential(wallet, credential, { trust: await trustOf(endpoints), now: now(), maxTrustAge: 86_400 });
  say(`   ${credentials.length} credentials held: signatures, accreditation, status and own commitment hold`);

  title('3. Present: a pass, without showing the record');
  say(`   the border asks: ${travel.title.en}\n   the patient reads: ${travel.asks.en}`);
  const begun = Date.now();
  const pass = await present(story);
  say(`   proven in ${((Date.now() - begun) / 1000).toFixed(1)} s; ${pass.length} characters:\n`);
  say(codeToText(createCode(pass)));

  title('4. Verify: the border checks it against trust data from the chain');
  const before = await verify(endpoints, pass);
  sayAnswer(before);

  title('5. Revoke: the provider takes the credentials back');
  const known = (await trustOf(endpoints)).roots.length;
  await post(story, '/credentials/revoke', { ids: credentials.map(({ id }) => id) });
  await untilFinal(endpoints, known + 1);
  say('   revoked on chain; nothing on chain says whose they were');

  title('6. Verify again: this counter demands the newest trust data');
  const after = await verify(endpoints, pass);
  sayAnswer(after);
  const refusedByWallet = await present(story).then(() => undefined, (error: unknown) => (isHealthpassError(error) ? `${error.code}: ${error.field}` : 'error'));
  say(`   and the wallet can make no new pass (${refusedByWallet ?? 'it made one!'})`);

  return before.outcome === 'accepted' && after.outcome === 'refused' && after.reason === 'root-superseded' && refusedByWallet === 'nothing-fits: revoked';
}

async function issueSample(story: Story): Promise<IssuedCredential[]> {
  const fhir = sampleBundle(now());
  const { events } = (await post(story, '/preview', { fhir })) as { events: number };
  const bindings = (await createBindings(story.wallet, events, now())).map(encodeHolderBinding);
  const { credentials } = (await post(story, '/credentials', { fhir, bindings })) as { credentials: unknown[] };
  const issued = credentials.map(parseIssuedCredential);
  say(`   ${events} health events, each as VC-JWT, SD-JWT VC and claims signature, by\n   ${issued[0]!.issuer}`);
  return issued;
}

async function present({ endpoints, wallet, prover }: Story): Promise<string> {
  const presentation = await startPresentation(wallet, { policy: POLICY }, { now: now(), policies: POLICIES, trust: await trustOf(endpoints), prover });
  return presentation.sign(now());
}

const verify = async ({ verifier }: Endpoints, text: string): Promise<Answer> =>
  (await json(await fetch(`${verifier}/verify`, { method: 'POST', body: JSON.stringify({ text, policy: POLICY, limits: { root: 0 } }) }))) as Answer;

async function trustOf({ verifier }: Endpoints): Promise<TrustState> {
  return parseTrustBundle(await json(await fetch(`${verifier}/trust-bundle`))).trust;
}

async function post({ folder, endpoints }: Story, path: string, body: unknown): Promise<unknown> {
  const token = (await readFile(folder.issuerToken, 'utf8')).trim();
  return json(await fetch(endpoints.issuer + path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) }));
}

async function json(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`the service answered ${response.status} ${(body as { code?: string }).code ?? ''}`);
  return body;
}

/** Waits until the verifier knows so many roots and the newest is final. */
async function untilFinal(endpoints: Endpoints, count: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const { roots } = await trustOf(endpoints);
    if (roots.length >= count && roots.at(-1)?.final === true) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the revocation does not become final');
}

function sayAnswer({ outcome, reason, says }: Answer): void {
  const colour = outcome === 'accepted' ? 32 : outcome === 'refused' ? 31 : 33;
  say(`   \u001b[1;${colour}m${outcome.toUpperCase()}\u001b[0m${reason ? ` ${reason}: ${says}` : ''}`);
}

const root = await mkdtemp(join(tmpdir(), 'healthpass-demo-'));
const folder = dataFolder(root);
title('A network on this machine: chain, contracts, an accredited issuer, a verifier');
const system = await startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { records: false, onStep: (says) => say(`   ${says} …`) });
const prover = createProver(await loadArtifacts());
try {
  const good = await tell(folder, system.endpoints, prover);
  say(`\n${good ? 'Accepted before, refused after: as it should be.' : 'This is not how the story should go.'}`);
  process.exitCode = good ? 0 : 1;
} finally {
  await prover.close();
  await system.stop();
  await rm(root, { recursive: true, force: true });
}
