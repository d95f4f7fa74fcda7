// A patient's side of the exchange: everything that a wallet does about records, with all cryptography inside. The gateway is trusted with nothing that is read.
import { HealthpassError, type UnixSeconds } from '#passport';
import { ownAnswerSchema, type Entry, type OwnAsked } from '#records/model/exchange/wire.ts';
import { markPatientReported, rewriteJson, type FhirResource } from '#records/model/fhir/index.ts';
import { accountKey } from '#records/model/keys/derive.ts';
import { epochFor } from '#records/model/keys/epochs.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import type { Category, FhirDay } from '#records/model/record.ts';
import { createAgreements, type GrantsOnChain } from './agreement.ts';
import { read } from './answer.ts';
import { createEmergencyKeeping } from './emergency/keeping.ts';
import { parseAskLink, readAsked, type Asked } from './asking.ts';
import { readingKeyOf } from './directory.ts';
import { listen, type Notice } from './listening.ts';
import { openRecords, type OpenedRecord } from './open-record.ts';
import { createConsents, type AnsweredBy, type ConsentDraft, type NewRelationship, type Relationship } from './patient-consents.ts';
import { storeRecord } from './seal-record.ts';
import { isSigned } from './signed-entry.ts';
import { repeating, type Surroundings } from './surroundings.ts';
import { createWrapping } from './wrapping.ts';

export type PatientClient = {
  /** What a member's link or code asks for, with its signature verified; the link may name another gateway than this one: `offer-untrusted`. */
  readonly readAsked: (link: string) => Promise<Asked>;
  readonly relationships: () => Promise<readonly Relationship[]>;
  readonly createRelationship: (input: NewRelationship) => Promise<Relationship>;
  /** When the chain has it. @throws HealthpassError `transaction-failed`, `cancelled` */
  readonly untilActive: (id: string, signal?: AbortSignal) => Promise<Relationship>;
  /** @param answer a further request of the same recipient, which is answered by the change */
  readonly changeConsent: (id: string, consent: ConsentDraft, answer?: AnsweredBy) => Promise<Relationship>;
  readonly revoke: (id: string) => Promise<Relationship>;
  /** What is to be done for those who may read while the wallet was closed. @returns how many epochs were published, and records wrapped */
  readonly catchUp: () => Promise<{ readonly epochs: number; readonly wraps: number }>;
  /** A resource, or its exact text: decimals keep their digits. */
  readonly addRecord: (resource: FhirResource | string) => Promise<OwnRecord>;
  readonly addRecords: (resources: readonly FhirResource[]) => Promise<readonly OwnRecord[]>;
  /** Own, of whomever they are from, newest first. */
  readonly records: (by?: Pick<OwnAsked, 'categories' | 'from' | 'until'>) => Promise<readonly OpenedRecord[]>;
  readonly listen: (onNotice: (notice: Notice) => void, signal: AbortSignal) => Promise<void>;
};
export type OwnRecord = { readonly id: string; readonly category: Category; readonly date: FhirDay };

export type PatientDeps = Surroundings & {
  readonly root: Root;
  /** By which it is checked what the gateway shows, before anybody is given keys. Without it keys go only where this client agreed to it itself. */
  readonly chain?: GrantsOnChain | undefined;
};

/** What a patient's clients share: consents, keys, and the index of records. */
export function openPatient(deps: PatientDeps) {
  const { gateway, config, root, chain } = deps;
  const agreements = createAgreements(root, chain, deps.now);
  const account = accountKey(root);
  const keyOf = (recipient: Address) => readingKeyOf(gateway, config.chainId, recipient);
  const wrapping = createWrapping({ root, chainId: config.chainId, registry: config.contracts.ConsentRegistry, keyOf, agreements, entriesOf: (categories) => signed({ categories: [...categories] }) });
  const consents = createConsents({ ...deps, account, wrapping, agreements, keyOf });

  async function index(asked: OwnAsked): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let cursor: string | undefined; ;) {
      const page = read(ownAnswerSchema, await gateway.post('/records/search', { ...asked, limit: 1000, ...(cursor !== undefined && { cursor }) }));
      entries.push(...page.entries);
      if (page.next === undefined) return entries;
      cursor = page.next;
    }
  }
  const signed = async (asked: OwnAsked): Promise<Entry[]> => (await index(asked)).filter((entry) => isSigned(entry, config.chainId, account.address));
  return { account, keyOf, wrapping, consents, index, signed };
}

export function createPatient(deps: PatientDeps): PatientClient {
  const { gateway, storage, config, now } = deps;
  const { account, wrapping, consents: plain, index, signed } = openPatient(deps);
  const { followed } = createEmergencyKeeping(deps, wrapping);
  const consents = { ...plain, create: followed(plain.create), change: followed(plain.change), revoke: followed(plain.revoke), publish: followed(plain.publish) };

  async function addRecord(resource: FhirResource | string): Promise<OwnRecord> {
    const marked = typeof resource === 'string' ? rewriteJson(resource, (value) => markPatientReported(value as FhirResource)) : markPatientReported(resource); // storing it validates it
    const stored = await storeRecord(marked, { chainId: config.chainId, storage, author: account, by: 'patient', patient: account.address, now: now() });
    await repeating('epoch-over', async () => {
      let { consents: state } = await consents.state();
      if (!epochFor(state.epochs, stored.category, state.now)) ({ consents: state } = await consents.publish([stored.category]));
      await wrapping.secretOf(epochFor(state.epochs, stored.category, state.now)!); // the gateway shows no key but the patient's
      await gateway.post('/records', await stored.file(state.epochs, state.now as UnixSeconds));
    });
    return { id: stored.id, category: stored.category, date: stored.date };
  }

  async function catchUp(): Promise<{ epochs: number; wraps: number }> {
    let state = await consents.state();
    for (const { id, owesRevocation } of state.relationships) if (owesRevocation) await consents.revokeAgain(id);
    const due = consents.due(state);
    const known = new Set(state.consents.epochs.map(({ key }) => key));
    if (due.length > 0 || state.relationships.some(({ lacksKeys }) => lacksKeys)) state = await consents.publish(due);
    let wraps = 0;
    for (const one of state.live) {
      const { missing } = state.relationships.find(({ id }) => id === one.id)!; // one of these
      if (missing.length === 0) continue;
      const entries = await signed({ records: missing as never });
      const records = (await wrapping.wrapMissing(one, entries, { live: state.live, state: state.consents })).map(({ record, wrap }) => ({ record, wrap }));
      if (records.length > 0) await gateway.post(`/relationships/${one.id}/wraps`, { records });
      wraps += records.length;
    }
    return { epochs: state.consents.epochs.filter(({ key }) => !known.has(key)).length, wraps };
  }

  return {
    readAsked: (link) => readAskedHere(deps, link),
    relationships: consents.list, createRelationship: consents.create, changeConsent: consents.change, revoke: consents.revoke, catchUp, addRecord,
    untilActive: (id, signal) => untilActive(consents.list, id, signal),
    async addRecords(resources) {
      const added: OwnRecord[] = [];
      for (const resource of resources) added.push(await addRecord(resource));
      return added;
    },
    async records(by = {}) {
      const { consents: { epochs } } = await consents.state();
      return openRecords(await index(by), { chainId: config.chainId, storage, patient: account.address, keyOf: (entry) => wrapping.keyOfRecord(entry, epochs) });
    },
    listen: (onNotice, signal) => listen(gateway, '/notifications', onNotice, signal),
  };
}

async function readAskedHere({ gateway, config }: Surroundings, link: string): Promise<Asked> {
  const { gateway: url, ...asked } = parseAskLink(link);
  if (placeOf(url) !== placeOf(gateway.url)) throw new HealthpassError('offer-untrusted', 'the link is of another gateway than the one that is known', { field: 'gateway' });
  return readAsked(gateway, config.chainId, asked);
}

/** Milliseconds. */
const LOOK_EVERY = 500;

async function untilActive(list: () => Promise<readonly Relationship[]>, id: string, signal?: AbortSignal): Promise<Relationship> {
  for (;;) {
    const one = (await list()).find((other) => other.id === id);
    if (!one || one.state === 'failed') throw new HealthpassError('transaction-failed', 'the chain did not take the consent', { field: 'id' });
    if (one.state !== 'pending') return one;
    if (signal?.aborted) throw new HealthpassError('cancelled', 'nobody waits any more', { field: 'id' });
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/** This machine has two names: passkeys belong to the one, configurations say the other. */
const placeOf = (url: string): string => url.replace(/\/+$/, '').replace(/^http:\/\/localhost(?=:|$)/, 'http://127.0.0.1');
