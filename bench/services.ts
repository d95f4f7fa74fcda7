// Requests a second that the services answer over HTTP, beside a bare route on the same server, and the latency of the slowest hundredth.
import { encodeHolderBinding, parseIssuedCredential, parseTrustBundle, type IssuedCredential, type UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { createProver, loadArtifacts } from '#circuits';
import { createHolderSigner } from '#formats/credential/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import { createBindings, createMemoryStorage, createWallet, receiveCredential, startPresentation, type Wallet } from '#wallet';
import { load, type Ask, type Load, type LoadOptions } from './load.ts';
import type { Row } from './measure.ts';
import type { Services } from './services-process.ts';
import { withServices } from './with-services.ts';

const POLICY = 'eu-travel-2022';
const LOAD: LoadOptions = { connections: 16, seconds: 5 };
const now = (): UnixSeconds => Math.floor(Date.now() / 1000) as UnixSeconds;

export const servicesRows = (): Promise<Row[]> => withServices(measure);

async function measure(services: Services): Promise<Row[]> {
  const { bare, verifier, issuer } = services;
  const text = eachSecond((await passOf(services)).sign);
  const json = (url: string, body: () => unknown, headers = {}): Ask => ({ method: 'POST', url, headers, body: () => JSON.stringify(body()) });
  const get = (url: string): Ask => ({ method: 'GET', url });
  const asks: Readonly<Record<string, Ask>> = {
    'bare route, GET': get(bare),
    'bare route, POST of JSON': json(bare, () => ({ text: text(), policy: POLICY })),
    'verify a pass': json(`${verifier}/verify`, () => ({ text: text(), policy: POLICY })),
    'policies, GET': get(`${verifier}/policies`),
    'W3C status list credential, GET': get(`${issuer}/status-lists/1`),
    'token status list, GET': get(`${issuer}/token-status-lists/1`),
    'issue one credential in three securings': json(
      `${issuer}/credentials`, () => ({ fhir: sampleImmunization(now()), bindings: [bindingOfNobody()] }), { authorization: `Bearer ${services.token}` },
    ),
  };
  const rows: Row[] = [];
  const figures = new Map<string, Load>();
  for (const [name, ask] of Object.entries(asks)) {
    await load(ask, { ...LOAD, seconds: 1 });
    const figure = await load(ask, LOAD);
    if (figure.answered === 0) throw new Error(`nobody answers: ${name}`);
    figures.set(name, figure);
  }
  const base = { GET: figures.get('bare route, GET')!, POST: figures.get('bare route, POST of JSON')! };
  for (const [name, { perSecond, p50, p99, failed }] of figures) {
    const share = perSecond / base[asks[name]!.method].perSecond;
    rows.push(
      { group: 'services', name: `${name}: requests a second`, value: perSecond, unit: '/s', note: `${(100 * share).toFixed(1)} % of the bare route${failed ? `; ${failed} failed` : ''}` },
      { group: 'services', name: `${name}: p99 at ${LOAD.connections} connections`, value: p99, unit: 'ms', note: `median ${p50.toFixed(1)} ms` },
    );
  }
  return rows;
}

/** A pass of a credential that these services issued; signed anew for each request, as a wallet does. */
async function passOf(services: Services): Promise<{ readonly sign: (at: UnixSeconds) => string }> {
  const wallet = await createWallet(createMemoryStorage(), [{ kind: 'raw', key: crypto.getRandomValues(new Uint8Array(32)) }], now());
  const { trust } = parseTrustBundle(await (await fetch(`${services.verifier}/trust-bundle`)).json());
  for (const credential of await issueTo(services, wallet)) await receiveCredential(wallet, credential, { trust, now: now(), maxTrustAge: 86_400 });
  const prover = createProver(await loadArtifacts());
  try {
    return await startPresentation(wallet, { policy: POLICY }, { now: now(), policies: POLICIES, trust, prover });
  } finally {
    await prover.close();
  }
}

async function issueTo({ issuer, token }: Services, wallet: Wallet): Promise<IssuedCredential[]> {
  const fhir = sampleBundle(now());
  const bindings = (await createBindings(wallet, 20, now())).map(encodeHolderBinding);
  const response = await fetch(`${issuer}/credentials`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify({ fhir, bindings }) });
  if (!response.ok) throw new Error(`issuing answered ${response.status}`);
  return ((await response.json()) as { credentials: unknown[] }).credentials.map(parseIssuedCredential);
}

const bindingOfNobody = () => ({ commitment: BigInt(`0x${Buffer.from(crypto.getRandomValues(new Uint8Array(30))).toString('hex')}`).toString(), key: createHolderSigner().key });

/** What is signed anew for each second: signing for each request would measure whoever asks. */
function eachSecond(sign: (at: UnixSeconds) => string): () => string {
  let kept = { at: 0, text: '' };
  return () => (kept = kept.at === now() ? kept : { at: now(), text: sign(now()) }).text;
}
