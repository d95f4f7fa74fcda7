// An issuer that signs for real and whose accreditation the test decides, over a database of the test's choice. Keys are the same in every
// process, so that one can go on where another was killed.
import { createIssuerStore } from '#issuer';
import { createSealedStore, type KeyValue } from '#issuer/agent/index.ts';
import { createVeramoAgent, KMS } from '#issuer/agent/veramo.ts';
import { forgetCampaignRows, openCampaigns, type Campaigns, type CampaignsDeps } from '#issuer/campaigns/index.ts';
import { createGate } from '#issuer/gate.ts';
import { secure, type IssueDeps } from '#issuer/issue.ts';
import { openPatientBook, type PatientBook } from '#issuer/patients/index.ts';
import { createClaimsKeyPair, type IssuerRecord, type TrustState, type UnixSeconds } from '#passport';
import { createLocalKeyProvider, PERMISSIONS, type Database, type Principal } from '#server';

export const NOW = 1_795_350_600 as UnixSeconds;
const DID = 'did:ethr:0x7a69:0x5FbDB2315678afecb367f032d93F642f64180aa3';
const CONTRACT = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const PROVIDER = createLocalKeyProvider([new Uint8Array(32).fill(9)]);
export const CLERK: Principal = { kind: 'client', id: 'clerk', organisation: 'clinic', permissions: new Set(PERMISSIONS) };

const begun = Date.now();
/** Goes on from NOW: what is tried again later is. */
const clock = () => (NOW + Math.floor((Date.now() - begun) / 1000)) as UnixSeconds;

export type TestIssuer = {
  readonly deps: IssueDeps;
  readonly patients: PatientBook;
  readonly gate: ReturnType<typeof createGate>;
  /** What the registry says of the issuer from now on. */
  readonly change: (record: Partial<IssuerRecord>) => void;
  readonly open: (more?: Partial<CampaignsDeps>) => Promise<Campaigns>;
};

export async function openIssuer(database: Database, now: () => UnixSeconds = clock): Promise<TestIssuer> {
  const pair = createClaimsKeyPair(new Uint8Array(32).fill(3));
  let record: IssuerRecord = { id: 1, did: DID, name: 'Clinic', accreditedBy: 'Ministry', status: 'active', latestStatus: 'active', claimsKey: pair.publicKey, lists: [1], keys: [] };
  const { agent, keys } = await signers();
  const deps: IssueDeps = {
    did: DID, chainId: 31_337, statusRegistry: CONTRACT, listUrl: (list) => `https://issuer.example/status-lists/${list}`, store: createIssuerStore(database), now,
    trust: async () => ({ issuers: [record], anchors: [], lists: [] }) as unknown as TrustState, // all that issuing reads of it
    agent, signingKeys: async () => keys, claimsKey: async () => pair,
  };
  const gate = createGate();
  const patients = await openPatientBook({ database, provider: PROVIDER, now, onErase: [forgetCampaignRows] });
  return {
    deps, patients, gate,
    change: (change) => void (record = { ...record, ...change }),
    open: (more = {}) => openCampaigns({
      database, provider: PROVIDER, patients, now, issuer: { did: DID, secure: (...request) => gate.pass(() => secure(deps, ...request)), changeStatus: () => Promise.reject(new Error('there is no chain here')) }, ...more,
    }),
  };
}

async function signers(): Promise<{ agent: IssueDeps['agent']; keys: Awaited<ReturnType<IssueDeps['signingKeys']>> }> {
  const values = new Map<string, Uint8Array>();
  const memory: KeyValue = { get: async (name) => values.get(name), set: async (name, value) => void values.set(name, value), delete: async (name) => void values.delete(name), names: async () => [...values.keys()] };
  // Nobody listens there: signing asks no chain.
  const veramo = createVeramoAgent({ rpc: 'http://127.0.0.1:9', chainId: 31_337, didRegistry: CONTRACT, keyStore: await createSealedStore(memory, new Uint8Array(32).fill(7)) });
  const [controller, vc, sd] = [['controller', 'Secp256k1', '11'], ['vc', 'Secp256k1', '22'], ['sd', 'Secp256r1', '33']].map(([kid, type, byte]) => ({ kid: kid!, type: type as 'Secp256k1' | 'Secp256r1', kms: KMS, privateKeyHex: byte!.repeat(32) }));
  await veramo.didManagerImport({ did: DID, provider: 'did:ethr', alias: 'issuer', controllerKeyId: 'controller', keys: [controller!, vc!, sd!] });
  const sign = async (message: Uint8Array) => new Uint8Array(Buffer.from(await veramo.keyManagerSign({ keyRef: 'sd', algorithm: 'ES256', data: Buffer.from(message).toString('hex'), encoding: 'hex' }), 'base64url'));
  const publicKey = (await veramo.keyManagerGet({ kid: 'sd' })).publicKeyHex;
  return { agent: veramo as IssueDeps['agent'], keys: { vc: { keyRef: 'vc', kid: `${DID}#vc`, sign }, sd: { kid: `${DID}#sd`, publicKey, sign } } };
}
