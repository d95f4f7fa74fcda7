// A member's side of the exchange: asking, writing, reading. What comes from the gateway and the store is checked before it is believed, the receipt first.
import { HealthpassError, type UnixSeconds } from '#passport';
import { createRequestNumber, parseAccessReceipt, type AccessReceipt } from '#records/model/audit/index.ts';
import { readAnswerSchema, receivedPageSchema, signedEpochSchema, type AskedTerms, type ReadAsked, type Received, type SignedEpoch } from '#records/model/exchange/wire.ts';
import { assembleSummary, type FhirResource } from '#records/model/fhir/index.ts';
import type { SigningKey } from '#records/model/keys/derive.ts';
import type { SealingKeys } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import type { Purpose } from '#records/model/purposes.ts';
import { epochFor } from '#records/model/keys/epochs.ts';
import { CATEGORIES, type Category, type FhirDay, type RecordId } from '#records/model/record.ts';
import { z } from 'zod';
import { read } from './answer.ts';
import { createAsking, type Asked } from './asking.ts';
import { openCard, proofOf, type OpenedCard } from './card.ts';
import { listen, type Notice } from './listening.ts';
import { createMemo } from './memo.ts';
import { isRead, openRecords, type OpenedRecord } from './open-record.ts';
import { assertPublished, keysOf, withSome } from './reader-keys.ts';
import { didOf, storeRecord } from './seal-record.ts';
import { repeating, type Surroundings } from './surroundings.ts';

type Hex = `0x${string}`;

export type MemberRelationship = Omit<Received, 'card'> & {
  /** Absent where it does not open with these keys, or the patient did not sign it: then nothing is to be written there. */
  readonly card?: OpenedCard | undefined;
  /** Whether whoever made it saw the code of a request of this member. */
  readonly isAnswer: boolean;
};
type KnownRelationship = MemberRelationship & { readonly card: OpenedCard };
export type ReadPage = { readonly receipt: AccessReceipt; readonly records: readonly OpenedRecord[]; readonly next?: string | undefined };

export type MemberClient = {
  readonly ask: (terms: AskedTerms, options?: { readonly recipient?: Address; readonly expiresIn?: number }) => Promise<{ readonly id: Hex; readonly link: string; readonly expires: UnixSeconds }>;
  readonly asked: () => Promise<readonly (Asked & { readonly answered?: Hex | undefined })[]>;
  /** All, or one; the newest first. */
  readonly relationships: (id?: string) => Promise<readonly MemberRelationship[]>;
  /** Each signed by the patient. @throws HealthpassError `not-authorised` for one that is not */
  readonly writingKeys: (id: string) => Promise<readonly SignedEpoch[]>;
  /** A resource, or its exact text. @throws HealthpassError `fhir-invalid`, `record-unknown` (not allowed), `key-unknown` (the patient has no key for its category) */
  readonly write: (id: string, resource: FhirResource | string) => Promise<{ readonly id: RecordId; readonly category: Category; readonly date: FhirDay }>;
  readonly read: (id: string, query: ReadAsked) => Promise<ReadPage>;
  /** All pages. */
  readonly readAll: (id: string, query: Omit<ReadAsked, 'cursor' | 'limit'>) => Promise<readonly OpenedRecord[]>;
  /** An International Patient Summary of what may be read. */
  readonly summary: (id: string, by: { readonly purpose: Purpose; readonly language?: string; readonly name?: string }) => Promise<FhirResource>;
  readonly listen: (on: { readonly relationship?: string; readonly purpose?: Purpose }, onNotice: (notice: Notice) => void, signal: AbortSignal) => Promise<void>;
};

export type MemberDeps = Surroundings & {
  readonly account: SigningKey;
  /** Own ones, and for staff that of the organisation: whatever opens is taken. */
  readonly readingKeys: readonly SealingKeys[];
  /** For whom the member acts. */
  readonly organisation?: Address | undefined;
};

/** Seconds that the gateway's clock may differ. */
const MOST_APART = 300;
/** Of relationships: a gateway could go on for ever. */
const MOST_PAGES = 200;
const writingSchema = z.object({ epochs: z.array(signedEpochSchema), now: z.int() });

export function createMember(deps: MemberDeps): MemberClient {
  const { gateway, storage, config, account, readingKeys, organisation, now } = deps;
  const { chainId } = config;
  const asking = createAsking(deps, account);
  const memo = createMemo();

  async function opened({ card: sealed, ...one }: Received): Promise<MemberRelationship> {
    const place = { chainId, relationship: one.id, owner: one.owner, recipient: one.recipient };
    const card = sealed === undefined ? undefined : await memo(JSON.stringify([sealed, place]), () => withSome(readingKeys, (keys) => openCard(keys, sealed, place)));
    const isAnswer = card?.answers !== undefined && card.answers.proof === proofOf({ request: card.answers.request, word: asking.wordOf(card.answers.request) }, place);
    return { ...one, ...(card && { card }), isAnswer };
  }
  async function relationships(id?: string): Promise<MemberRelationship[]> {
    const all: Received[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = read(receivedPageSchema, await gateway.get('/relationships/received', { id, after }));
      all.push(...page.relationships);
      if (page.next === undefined || id !== undefined) break;
      after = page.next;
    }
    return Promise.all(all.map(opened));
  }

  /** As they were last seen. Who is in one never changes; what is allowed the gateway decides each time, and a word that has changed shows as a wrap that does not open. */
  const seen = new Map<string, KnownRelationship>();
  const known = async (id: string): Promise<KnownRelationship> => seen.get(id) ?? look(id);

  /** One whose patient is known. @throws HealthpassError `record-unknown`, `sealed-invalid` */
  async function look(id: string): Promise<KnownRelationship> {
    const one = (await relationships(id)).find((other) => other.id === id);
    if (!one) throw new HealthpassError('record-unknown', 'there is nothing of this kind for this account', { field: 'id' });
    const { card } = one;
    if (!card) throw new HealthpassError('sealed-invalid', 'the patient’s card does not open', { field: 'card' });
    const known = { ...one, card };
    seen.set(id, known);
    return known;
  }

  /** A gateway that shows an epoch which was followed by another, seen here, may want somebody who was revoked to read on. @throws HealthpassError `epoch-over` */
  const newest = new Map<string, number>();
  function assertNotOlder(place: string, epoch: number): void {
    if (epoch < (newest.get(place) ?? 0)) throw new HealthpassError('epoch-over', 'the gateway shows a key that was followed by another', { field: 'epochs' });
    newest.set(place, epoch);
  }
  async function writing(one: MemberRelationship): Promise<z.infer<typeof writingSchema>> {
    const answer = read(writingSchema, await gateway.get(`/relationships/${one.id}/writing-keys`));
    await Promise.all(answer.epochs.map((epoch) => memo(JSON.stringify([one.owner, epoch]), async () => assertPublished(chainId, one.owner, epoch))));
    for (const { category, epoch } of CATEGORIES.flatMap((category) => epochFor(answer.epochs, category, answer.now) ?? [])) assertNotOlder(`${one.owner}/${category}`, epoch);
    return answer;
  }

  async function readPage(one: KnownRelationship, query: ReadAsked): Promise<ReadPage> {
    const [asked, request] = [now(), createRequestNumber()];
    const { receipt: unread, entries, epochWraps, next } = read(readAnswerSchema, await gateway.post(`/relationships/${one.id}/read`, { ...query, request }));
    const receipt = parseAccessReceipt(unread, { chainId, gateway: config.gateway, relationship: one.id, request, since: (asked - MOST_APART) as UnixSeconds, until: (now() + MOST_APART) as UnixSeconds });
    const open = ({ card, ...grant }: KnownRelationship) => openRecords(entries, { chainId, storage, patient: card.account, keyOf: keysOf({ config, readingKeys, memo }, grant, epochWraps) });
    const records = await open(one);
    const isClosed = records.some((record) => !isRead(record) && record.problem === 'sealed-invalid');
    const newer = isClosed ? await look(one.id).catch(() => one) : one;
    return { receipt, records: newer.word === one.word ? records : await open(newer), ...(next !== undefined && { next }) };
  }
  async function readAll(one: KnownRelationship, query: ReadAsked): Promise<OpenedRecord[]> {
    const records: OpenedRecord[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await readPage(one, { ...query, limit: 200, ...(cursor !== undefined && { cursor }) });
      records.push(...page.records);
      if (page.next === undefined) return records;
      cursor = page.next;
    }
  }

  return {
    ask: asking.ask, asked: asking.list, relationships,
    writingKeys: async (id) => (await writing(await known(id))).epochs,
    async write(id, resource) {
      const one = await known(id);
      const stored = await storeRecord(resource, { chainId, storage, author: account, by: 'member', patient: one.card.account, now: now(), ...(organisation && { organisation: didOf(chainId, organisation) }) });
      await repeating('epoch-over', async () => {
        const { epochs, now: at } = await writing(one);
        await gateway.post(`/relationships/${id}/records`, await stored.file(epochs, at as UnixSeconds));
      });
      return { id: stored.id, category: stored.category, date: stored.date };
    },
    read: async (id, query) => readPage(await known(id), query),
    readAll: async (id, query) => readAll(await known(id), query),
    async summary(id, { purpose, language, name }) {
      const one = await look(id); // with the card as it is now
      const records = (await readAll(one, { purpose })).filter(isRead);
      return assembleSummary({ patient: patientOf(one.card), records, author: { did: didOf(chainId, account.address), kind: 'practitioner', ...(name !== undefined && { name }) }, now: now(), ...(language !== undefined && { language }) });
    },
    listen: ({ relationship, purpose }, onNotice, signal) =>
      listen(gateway, `/notifications?${new URLSearchParams({ ...(relationship !== undefined && { relationship }), ...(purpose !== undefined && { purpose }) }).toString()}`, onNotice, signal),
  };
}

const patientOf = ({ name, birthDate, resource }: OpenedCard): FhirResource => resource ?? { resourceType: 'Patient', name: [{ text: name }], ...(birthDate !== undefined && { birthDate }) };
