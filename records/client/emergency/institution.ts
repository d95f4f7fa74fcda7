// A hospital in an emergency: asks by signature, opens when others have approved, and reads. The key that parts are passed on to is made for one
// emergency, stands on chain in what was committed to, and is kept sealed to the hospital: its staff can go on at another desk.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError, isHealthpassError, type UnixSeconds } from '#passport';
import { createCareViews, domainOf } from '#contracts/care/index.ts';
import { createRequestNumber, parseAccessReceipt, type AccessReceipt } from '#records/model/audit/index.ts';
import type { EmergencyReason } from '#records/model/emergency/codes.ts';
import { finderOfCode, finderOfIdentifier, subjectOf, type EmergencyIdentifier } from '#records/model/emergency/finder.ts';
import { joinEmergencyKey, receiveShare } from '#records/model/emergency/shares.ts';
import { commitmentOf } from '#records/model/emergency/statement.ts';
import { emergencyAnswerSchema, ownAccessSchema, type EmergencyAccessOf, type EmergencyAsked, type EmergencyWrap } from '#records/model/emergency/wire.ts';
import { openAbout, unwrapInEmergency, type EmergencyAbout } from '#records/model/emergency/wraps.ts';
import type { Entry } from '#records/model/exchange/wire.ts';
import { sealingKeys, type SigningKey } from '#records/model/keys/derive.ts';
import { openWith, sealTo, type Binding, type PublicKey, type SealingKeys } from '#records/model/keys/hpke.ts';
import { openRecordKey } from '#records/model/keys/wraps.ts';
import type { Address } from '#records/model/members.ts';
import type { Category } from '#records/model/record.ts';
import { createSigner } from '#records/model/signing.ts';
import { z } from 'zod';
import { read } from '../answer.ts';
import type { PublicConfig } from '../config.ts';
import { openRecords, type OpenedRecord } from '../open-record.ts';
import type { Surroundings } from '../surroundings.ts';

type Hex = `0x${string}`;
type Own = z.infer<typeof ownAccessSchema>;

export type InstitutionDeps = Surroundings & {
  readonly config: Surroundings['config'] & Pick<PublicConfig, 'rpc' | 'block'>;
  readonly account: SigningKey;
  /** That of the hospital first. */
  readonly readingKeys: readonly SealingKeys[];
};
export type EmergencyQuestion = {
  readonly find: { readonly code: string } | { readonly identifier: EmergencyIdentifier };
  readonly reason: EmergencyReason;
  /** How long it lasts; 72 at most. */
  readonly hours?: number;
};
export type OwnEmergency = EmergencyAccessOf & { readonly needed: number };
export type EmergencyPage = { readonly receipt: AccessReceipt; readonly records: readonly OpenedRecord[]; readonly next?: string | undefined };
export type OpenedEmergency = {
  readonly id: string;
  readonly about: EmergencyAbout;
  readonly categories: readonly Category[];
  readonly until: UnixSeconds;
  /** @throws HealthpassError `emergency-over`, `receipt-invalid` */
  readonly read: (query?: EmergencyAsked) => Promise<EmergencyPage>;
  readonly readAll: (query?: Omit<EmergencyAsked, 'cursor' | 'limit'>) => Promise<readonly OpenedRecord[]>;
};
export type EmergencyDesk = {
  /** @throws HealthpassError `record-unknown`: whoever is looked for is not there, or does not want to be found this way */
  readonly ask: (question: EmergencyQuestion) => Promise<{ readonly id: string; readonly until: UnixSeconds }>;
  readonly list: () => Promise<readonly OwnEmergency[]>;
  readonly find: (id: string) => Promise<OwnEmergency>;
  /** @throws HealthpassError `emergency-waiting` while parts are missing, `emergency-over` */
  readonly open: (id: string) => Promise<OpenedEmergency>;
  readonly end: (id: string) => Promise<void>;
};

/** Seconds: for a statement to be carried to the chain; that the gateway's clock may differ. */
const [CARRY_WITHIN, MOST_APART] = [600, 300];
const [USUAL_HOURS, LONGEST_HOURS] = [12, 72];

export function createEmergencyDesk(deps: InstitutionDeps): EmergencyDesk {
  const { gateway, config, account, readingKeys, now } = deps;
  const { chainId } = config;
  const views = createCareViews({ endpoints: config.rpc, deployment: config });
  const signer = createSigner(hexToBytes(account.secretKey.slice(2)));
  const fetchOwn = async (id: string): Promise<Own> => read(ownAccessSchema, await gateway.get(`/emergencies/${id}`));

  return {
    async ask({ find, reason, hours = USUAL_HOURS }) {
      const finder = 'code' in find ? finderOfCode(find.code) : await finderOfIdentifier(find.identifier, chainId);
      const secret = randomBytes(32);
      const [id, salt] = [random32(), random32()];
      const until = now() + Math.round(Math.min(hours, LONGEST_HOURS) * 3600) - (hours >= LONGEST_HOURS ? MOST_APART : 0); // the chain's clock may be behind
      const asked = { id, institution: account.address, reason, until, salt, key: sealingKeys(secret).publicKey, subject: subjectOf(finder) };
      const value = { id, institution: account.address, commitment: commitmentOf(asked), until, nonce: await views.nonceOf('EmergencyAccess', account.address), deadline: now() + CARRY_WITHIN };
      const signature = signer.sign(domainOf(config, 'OpenEmergency'), 'OpenEmergency', value);
      const kept = await sealTo(readingKeys[0]!.publicKey, secret, keptBinding(id, account.address)); // there is one
      await gateway.post('/emergencies', { asked, finder, statement: { nonce: value.nonce, deadline: value.deadline, signature }, kept });
      return { id, until: until as UnixSeconds };
    },
    list: async () => read(z.object({ accesses: z.array(ownAccessSchema) }), await gateway.get('/emergencies')).accesses,
    find: fetchOwn,
    open: async (id) => openOne(deps, await fetchOwn(id)),
    end: async (id) => void (await gateway.post(`/emergencies/${id}/end`, {})),
  };
}

async function openOne(deps: InstitutionDeps, own: Own): Promise<OpenedEmergency> {
  const { id, institution, opening, until, state } = own;
  if (!opening) throw new HealthpassError(state === 'ended' || state === 'reviewed' ? 'emergency-over' : 'emergency-waiting', 'it cannot be opened now', { field: 'id' });
  const oneTime = sealingKeys(await openWithAny(deps.readingKeys, own.kept, keptBinding(id, institution)));
  const parts = await Promise.all(opening.shares.map(({ passed, ...share }) => receiveShare(oneTime, passed, id, opening.head, share).catch(forged)));
  const keys = await joinEmergencyKey(opening.head, parts.filter((part) => part !== undefined).slice(0, opening.head.threshold));
  const about = await openAbout(keys, opening.about, opening.head.id);
  const page = (query: EmergencyAsked) => readPage(deps, { id: id as Hex, head: opening.head.id, keys, account: about.account }, query);
  return {
    id, about, categories: opening.categories, until: until as UnixSeconds, read: (query = {}) => page(query),
    async readAll(query = {}) {
      const records: OpenedRecord[] = [];
      for (let cursor: string | undefined; ;) {
        const { records: more, next } = await page({ ...query, limit: 200, ...(cursor !== undefined && { cursor }) });
        records.push(...more);
        if (next === undefined) return records;
        cursor = next;
      }
    },
  };
}

/** A part that somebody spoilt does not spoil the others. */
const forged = (error: unknown): undefined => {
  if (!isHealthpassError(error)) throw error;
};

type Reading = { readonly id: Hex; readonly head: Hex; readonly keys: SealingKeys; readonly account: Address };

async function readPage({ gateway, storage, config, now }: InstitutionDeps, { id, head, keys, account }: Reading, query: EmergencyAsked): Promise<EmergencyPage> {
  const [asked, request] = [now(), createRequestNumber()];
  const { receipt: unread, entries, wraps, next } = read(emergencyAnswerSchema, await gateway.post(`/emergencies/${id}/read`, { ...query, request }));
  const receipt = parseAccessReceipt(unread, { chainId: config.chainId, gateway: config.gateway, relationship: id, request, since: (asked - MOST_APART) as UnixSeconds, until: (now() + MOST_APART) as UnixSeconds });
  const epochs = new Map<string, Promise<SealingKeys>>();
  const unwrapped = ({ wrap, key, category, epoch }: EmergencyWrap & { readonly key: PublicKey }): Promise<SealingKeys> => {
    const place = `${category}/${epoch}`;
    const opening = epochs.get(place) ?? unwrapInEmergency(keys, wrap, head, { category, epoch }, key);
    epochs.set(place, opening);
    return opening;
  };
  const keyOf = async ({ meta, epoch, reference, sealedKey }: Entry) => {
    const wrapped = wraps.find((one) => one.category === meta.category && one.epoch === epoch);
    return wrapped && openRecordKey(await unwrapped(wrapped), sealedKey, { record: meta.id, category: meta.category, epoch, reference });
  };
  return { receipt, records: await openRecords(entries, { chainId: config.chainId, storage, patient: account, keyOf }), ...(next !== undefined && { next }) };
}

/** With whichever of the keys it was sealed to. @throws HealthpassError `sealed-invalid` */
export async function openWithAny(keys: readonly SealingKeys[], sealed: string, info: Binding): Promise<Uint8Array> {
  for (const one of keys.slice(1)) {
    const opened = await openWith(one, sealed, info).catch(forged);
    if (opened) return opened;
  }
  return openWith(keys[0]!, sealed, info); // there is one
}

const keptBinding = (id: string, institution: Address): Binding => ({ kind: 'healthpass/emergency-key/1', id, institution });
const random32 = (): Hex => `0x${bytesToHex(randomBytes(32))}`;
