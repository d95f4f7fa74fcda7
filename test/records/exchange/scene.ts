// A gateway, a store that listens, patients and members with the clients that wallets and consoles use: for one test file.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen, type Database } from '#server';
import { createCareViews } from '#contracts/care/index.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { createMember, type MemberClient } from '#records/client/member.ts';
import { createPatient, type PatientClient } from '#records/client/patient.ts';
import { createStorage } from '#records/client/storage.ts';
import { accountKey, readingKeys, type SigningKey } from '#records/model/keys/derive.ts';
import type { SealingKeys } from '#records/model/keys/hpke.ts';
import { createRoot, type Root } from '#records/model/keys/root.ts';
import type { Address, Role } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { assembleStore } from '#records/store/assemble.ts';
import { createScene } from '../gateway/scene.ts';

export type Patient = { readonly client: PatientClient; readonly root: Root; readonly token: string; readonly account: Address };
export type Member = { readonly client: MemberClient; readonly address: Address; readonly token: string; readonly account: SigningKey; readonly readingKeys: SealingKeys };
export type ExchangeScene = Awaited<ReturnType<typeof createExchangeScene>>;

export const observation = (value: number, day = '2026-03-01') => ({
  resourceType: 'Observation', status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood' }] }, subject: { reference: 'Patient/1' }, effectiveDateTime: day,
  valueQuantity: { value, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
});
export const allergy = (text: string) => ({
  resourceType: 'AllergyIntolerance', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] },
  code: { text }, patient: { reference: 'Patient/1' }, recordedDate: '2026-02-01',
});
export const condition = (text: string, day = '2026-01-05') => ({
  resourceType: 'Condition', clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { text }, subject: { reference: 'Patient/1' }, recordedDate: day,
});
/** What a patient must not be given. */
export const prohibition = (text: string) => ({ resourceType: 'MedicationRequest', status: 'active', intent: 'order', doNotPerform: true, medicationCodeableConcept: { text }, subject: { reference: 'Patient/1' }, authoredOn: '2026-02-01' });

const DAY = 86_400;
/** JSON as it passes, for whoever changes it. */
export type Json = ReturnType<typeof JSON.parse>;

export async function createExchangeScene(database: Database, options: Parameters<typeof createScene>[1] = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'healthpass-exchange-'));
  const store = await assembleStore({ folder, reserve: 0, limits: 'off', onTrouble: () => {} });
  const listening = await listen(store.app, 0);
  const base = await createScene(database, { ...options, storage: listening.url });
  const { app } = base.records;
  const config = { ...base.records.deps.config, quorum: base.watch.quorum() };
  // The service itself, called without a socket; what it streams is read as it comes.
  const fetchGateway = (url: string, init?: RequestInit) => Promise.resolve(app.request(url.replace('http://gateway.test', ''), init));
  type Tamper = { readonly request?: (path: string, body: Json) => unknown; readonly response?: (path: string, body: Json) => unknown };
  /** A way to the gateway on which somebody changes what passes. */
  const tampered = (token: string, { request = (_, body) => body, response = (_, body) => body }: Tamper) => createGatewayClient({
    url: 'http://gateway.test', token, fetch: (async (url: string, init: RequestInit = {}) => {
      const path = url.replace('http://gateway.test', '');
      const answer = await app.request(path, { ...init, ...(typeof init.body === 'string' && { body: JSON.stringify(request(path, JSON.parse(init.body) as Json)) }) });
      if (!answer.ok) return answer;
      return new Response(JSON.stringify(response(path, (await answer.json()) as Json)), { status: answer.status, headers: answer.headers });
    }) as never,
  });
  const gateway = createGatewayClient({ url: 'http://gateway.test', fetch: fetchGateway as never });
  const storage = createStorage({ url: listening.url, fetch });
  const chain = createCareViews({ endpoints: [...config.rpc], deployment: base.care });
  const surroundings = (token: string) => ({ gateway: gateway.as(token), storage, config, now: base.clock.now, chain });
  const signerOf = (key: SigningKey) => createSigner(Buffer.from(key.secretKey.slice(2), 'hex'));

  async function patient(): Promise<Patient> {
    const root = createRoot();
    const key = accountKey(root);
    const { token } = await base.patient(signerOf(key));
    return { client: createPatient({ ...surroundings(token), root }), root, token, account: key.address };
  }
  async function member(role: Role = 'doctor'): Promise<Member> {
    const root = createRoot();
    const [account, keys] = [accountKey(root), readingKeys(root)];
    await base.join(role, { account: signerOf(account), key: keys.publicKey as string as `0x${string}` });
    const token = await base.tokenOf(signerOf(account));
    return { client: createMember({ ...surroundings(token), account, readingKeys: [keys] }), address: account.address, token, account, readingKeys: keys };
  }
  const until = (days = 30) => base.clock.now() + days * DAY;

  return {
    ...base, tampered, rpc: config.rpc, gateway, storage, storageUrl: listening.url, folder, patient, member, surroundings,
    /** Reading and writing everything ordinary, for a month, unless said otherwise. */
    draft: (change: Record<string, unknown> = {}) => ({ actions: ['read', 'write'], until: until(), ...change }) as never,
    card: { name: 'Ana Sample', birthDate: '1980-02-01' },
    async stop() {
      await base.stop();
      await listening.stop();
      store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const random32 = () => `0x${randomBytes(32).toString('hex')}` as const;
