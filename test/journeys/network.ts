// A whole system for one test file: a real chain with the real contracts, the services on free ports, and what tests do with them over and
// over, through the same doors as everybody else: the services' HTTP, and the chain as an index of their own reads it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet as ChainWallet, type JsonRpcProvider } from 'ethers';
import { createProver, loadArtifacts, type Prover } from '#circuits';
import { createProofVerifier, parseVerifyingKey, type ProofVerifier } from '#circuits/verify/index.ts';
import { connect, createChainIndex, createMemoryJournal, createSender, parseDeployment, type Deployment, type Sender } from '#contracts';
import { dataFolder, type DataFolder, type Endpoints } from '#network/folder.ts';
import { startSystem, type SystemOptions } from '#network/system.ts';
import { encodeHolderBinding, parseIssuedCredential, type IssuedCredential, type TrustState, type UnixSeconds, type Verdict } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { readJsonFile } from '#server';
import { verifyText, type Ask, type TextContext } from '#verifier/checks/index.ts';
import { createBindings, createMemoryStorage, createWallet, receiveCredential, type Wallet } from '#wallet';
import { copyNetworkDatabases } from './databases.ts';

export const now = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;
export const later = (seconds: number, from: number = now()): UnixSeconds => (from + seconds) as UnixSeconds;
export const DAY = 86_400;
export const newWallet = (): Promise<Wallet> => createWallet(createMemoryStorage(), [{ kind: 'raw', key: new Uint8Array(32).fill(7) }], now());

/** Status and JSON body of an answer; text where it is none. */
export type Answer = { readonly status: number; readonly type: string; readonly body: unknown };

/** What a client of the services can do, wherever they run. */
export type Client = {
  readonly endpoints: Endpoints;
  readonly token: string;
  /** GET without, POST with a body; the body as it stands where it is text. The issuer's token goes along unless told otherwise. */
  readonly issuer: (path: string, body?: unknown, token?: string | null) => Promise<Answer>;
  readonly verifier: (path: string, body?: unknown) => Promise<Answer>;
  /** The chain as an index of ours reads it now. */
  readonly trust: () => Promise<TrustState>;
  /** The same, once it is as wanted and the verifier's service has read as far. */
  readonly trustWhen: (holds: (trust: TrustState) => boolean) => Promise<TrustState>;
  /** A record becomes credentials in a wallet. */
  readonly issueTo: (wallet: Wallet, fhir: unknown) => Promise<IssuedCredential[]>;
};

export type Network = Client & {
  readonly folder: DataFolder;
  readonly deployment: Deployment;
  readonly provider: JsonRpcProvider;
  readonly governance: Sender;
  /** Links by which the first admin of a service comes in. */
  readonly firstAdmins: Readonly<Record<string, string>>;
  readonly prover: Prover;
  readonly proofs: ProofVerifier;
  /** The verifier's own verdict at a time of our choice, by trust data of our choice. */
  readonly verify: (text: string, ask: Ask, context: Pick<TextContext, 'trust'> & Partial<TextContext>) => Promise<Verdict>;
  readonly stop: () => Promise<void>;
};

export async function createClient(folder: DataFolder, endpoints: Endpoints): Promise<Client & { readonly deployment: Deployment }> {
  const token = (await readFile(folder.issuerToken, 'utf8')).trim();
  const deployment = parseDeployment(await readJsonFile(folder.deployment));
  const index = createChainIndex({ endpoints: [endpoints.rpc], deployment });
  const trust = async () => (await index.sync(), index.snapshot());
  const serviceHead = async () => {
    const { status, body } = await call(`${endpoints.verifier}/trust-bundle`, undefined);
    return status === 200 ? (body as { trust: { latest: { number: number } } }).trust.latest.number : -1;
  };
  const issuer: Client['issuer'] = (path, body, bearer = token) => call(endpoints.issuer + path, body, bearer === null ? {} : { authorization: `Bearer ${bearer}` });
  return {
    endpoints, token, deployment, trust, issuer,
    verifier: (path, body) => call(endpoints.verifier + path, body),
    async trustWhen(holds) {
      let found = '';
      for (let tries = 0; tries < 600; tries++) {
        const state = await trust();
        const head = await serviceHead();
        if (holds(state) && head >= state.latest.number) return state;
        found = `as wanted: ${holds(state)}; latest ${state.latest.number}, final ${state.finalized.number}, read by the service ${head}; roots ${state.roots.map(({ final }) => (final ? 'final' : 'not final')).join(', ')}`;
        await pause(100);
      }
      throw new Error(`the chain does not become as wanted (${found})`);
    },
    async issueTo(wallet, fhir) {
      const { events } = ok(await issuer('/preview', { fhir })) as { events: number };
      const bindings = (await createBindings(wallet, events, now())).map(encodeHolderBinding);
      const { credentials } = ok(await issuer('/credentials', { fhir, bindings })) as { credentials: unknown[] };
      const issued = credentials.map(parseIssuedCredential);
      const state = await trust();
      for (const credential of issued) await receiveCredential(wallet, credential, { trust: state, now: now(), maxTrustAge: DAY });
      return issued;
    },
  };
}

/** Starts everything in a folder of its own; storage and gateway of records where `records` asks for them, since a start takes its time. Whatever fails, nothing is left running. */
export async function startNetwork(options: SystemOptions = {}): Promise<Network> {
  const root = await mkdtemp(join(tmpdir(), 'healthpass-test-'));
  const closers: (() => unknown)[] = [() => rm(root, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const folder = dataFolder(root);
    const { records = false } = options;
    await copyNetworkDatabases(folder, { records });
    const system = await startSystem(folder, { rpc: 0, issuer: 0, verifier: 0 }, { ...options, records });
    closers.push(system.stop);
    const client = await createClient(folder, system.endpoints);
    const provider = connect(system.endpoints.rpc, client.deployment.chainId);
    closers.push(() => provider.destroy());
    const artifacts = await loadArtifacts();
    const prover = createProver(artifacts);
    closers.push(() => prover.close());
    const proofs = await createProofVerifier(parseVerifyingKey(artifacts.verificationKey));
    closers.push(() => proofs.free());
    const key = (await readFile(folder.governanceKey, 'utf8')).trim();
    return {
      ...client, folder, provider, prover, proofs, stop, firstAdmins: system.firstAdmins,
      governance: createSender({ provider, wallet: new ChainWallet(`0x${key}`, provider), journal: createMemoryJournal() }),
      verify: (text, ask, context) => verifyText(text, ask, { policies: POLICIES, proofs, now: now(), ...context }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The body of an answer that has to be a good one. */
export function ok({ status, body }: Answer): unknown {
  if (status >= 300) throw new Error(`the service answered ${status} ${JSON.stringify(body)}`);
  return body;
}

async function call(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const init = body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: type.includes('json') ? (JSON.parse(text) as unknown) : text };
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
