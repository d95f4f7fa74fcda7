// Opening a record: who filed it, whether the store gave what the address says, whether it opens, and whether its author signed what it says.
import { isHealthpassError, type ErrorCode, type UnixSeconds } from '#passport';
import type { Entry } from '#records/model/exchange/wire.ts';
import { metaOf, parseRecordContent, verifyProvenance, type Authorship, type FhirResource, type RecordContent } from '#records/model/fhir/index.ts';
import { openRecord, type RecordKey } from '#records/model/keys/container.ts';
import type { Address } from '#records/model/members.ts';
import type { RecordMeta, Reference } from '#records/model/record.ts';
import { isSigned } from './signed-entry.ts';
import type { Storage } from './storage.ts';

type Filed = { readonly meta: RecordMeta; readonly reference: Reference; readonly time: UnixSeconds };
export type ReadRecord = Filed & { readonly content: RecordContent; readonly resource: FhirResource; readonly authorship: Extract<Authorship, { outcome: 'verified' }> };
/**
 * `key-missing`: the patient's wallet has not wrapped it yet. `filing-differs`: its author filed it as something else than it says, so that it went to who
 * may not see it, or stands at another day: nobody is shown it. Others: somebody changed something on the way.
 */
export type UnreadRecord = Filed & { readonly problem: 'key-missing' | 'filing-differs' | 'entry-unsigned' | Extract<Authorship, { outcome: 'refused' }>['reason'] | ErrorCode };
export type OpenedRecord = ReadRecord | UnreadRecord;

export const isRead = (record: OpenedRecord): record is ReadRecord => 'content' in record;

/** Bytes of the longest ciphertext. */
const MOST_BYTES = 17 * 2 ** 20;
/** Seconds between signing and filing; what was uploaded meanwhile may be long, and clocks differ. */
const MOST_BETWEEN = 86_400;
/** Records under way at once. */
const AT_ONCE = 8;

export type Opening = {
  readonly chainId: number;
  readonly storage: Pick<Storage, 'download'>;
  /** The account whose records these are, by its authors' signatures, and whose own signature the patient's own carry. */
  readonly patient: Address;
  /** Undefined while there is no key for it. @throws HealthpassError `sealed-invalid` */
  readonly keyOf: (entry: Entry) => Promise<RecordKey | undefined>;
};

/** Each as it comes out: one that somebody damaged does not hide the others. */
export async function openRecords(entries: readonly Entry[], opening: Opening): Promise<OpenedRecord[]> {
  const opened: OpenedRecord[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < entries.length; at = next++) opened[at] = await openOne(entries[at]!, opening); // within
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, entries.length) }, work));
  return opened;
}

async function openOne(entry: Entry, { chainId, storage, patient, keyOf }: Opening): Promise<OpenedRecord> {
  const { meta, reference } = entry;
  const filed: Filed = { meta, reference, time: entry.time as UnixSeconds };
  const author = meta.author === 'patient' ? patient : meta.author;
  try {
    if (!isSigned(entry, chainId, patient)) return { ...filed, problem: 'entry-unsigned' };
    const key = await keyOf(entry);
    if (!key) return { ...filed, problem: 'key-missing' };
    const content = parseRecordContent(await openRecord(key, meta, await storage.download(reference, { maxBytes: MOST_BYTES })));
    const authorship = verifyProvenance(content, { id: meta.id, author: meta.author, patient });
    if (authorship.outcome === 'refused') return { ...filed, problem: authorship.reason };
    if (authorship.signer !== author) return { ...filed, problem: 'author-differs' };
    if (content.digest !== entry.content) return { ...filed, problem: 'content-differs' };
    if (!isFiledAsItSays(filed, content.resource, authorship.recorded)) return { ...filed, problem: 'filing-differs' };
    return { ...filed, content, resource: content.resource, authorship };
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    return { ...filed, problem: error.code };
  }
}

/** Consents permit by category and day: both come from the content, as whoever wrote it has to take them, and the day of what has none from when it was signed. */
function isFiledAsItSays({ meta, time }: Filed, resource: FhirResource, recorded: UnixSeconds): boolean {
  const { category, date } = metaOf(resource, new Date(recorded * 1000).toISOString().slice(0, 10));
  return category === meta.category && date === meta.date && Math.abs(time - recorded) <= MOST_BETWEEN;
}
