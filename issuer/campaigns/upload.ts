// Takes in the file of a campaign row by row: a page is written before the next is read, so the sender waits for the database and memory holds
// a page. Until its end the campaign does not count; what is cut off, too slow or no such file leaves nothing.
import { createHash, randomUUID } from 'node:crypto';
import { HealthpassError, type UnixSeconds } from '#passport';
import { recordAudit, type Principal } from '#server';
import { settingsSchema, type Campaign, type CampaignKind, type Format, type Settings } from './campaign.ts';
import type { Secrets } from './secrets.ts';
import { readIds } from './ids.ts';
import { readSource, type SourceRow } from './source.ts';
import type { CampaignStore } from './store.ts';

export type UploadDeps = { readonly store: CampaignStore; readonly secrets: Secrets; readonly now: () => UnixSeconds };
export type UploadRequest = {
  readonly principal: Principal;
  readonly kind?: CampaignKind;
  readonly format: Format;
  readonly settings: Settings;
  /** Whoever repeats a request under the same key gets the campaign of the first. */
  readonly idempotencyKey?: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  readonly limits?: UploadLimits;
};
export type UploadLimits = { readonly maxBytes?: number; readonly maxRows?: number; /** Milliseconds without a byte. */ readonly patience?: number };

const PAGE = 500;
const ROWS_MAX = 1_000_000;
const PATIENCE = 30_000;

/**
 * @throws HealthpassError `text-malformed`, `text-too-long`, `request-invalid`, `json-malformed`, `fhir-…` for the file; `campaign-conflict` for
 * an idempotency key of another file, or one whose upload is under way; `service-unavailable` when the sender goes silent
 */
export async function receiveUpload(deps: UploadDeps, request: UploadRequest): Promise<{ readonly campaign: Campaign; readonly created: boolean }> {
  const { store, secrets, now } = deps;
  const { principal, kind = 'issue', limits = {} } = request;
  const { digest } = secrets;
  const hash = createHash('sha256');
  const bytes = hashed(patient(request.body, limits.patience ?? PATIENCE), hash);
  const fileDigest = () => digest('file', hash.digest('hex'));
  const idempotencyKey = request.idempotencyKey === undefined ? undefined : digest(`request of ${principal.organisation}`, request.idempotencyKey);

  const id = randomUUID();
  const begun = await store.transaction(async (tx) => {
    const is = await store.begin(tx, { id, principal, kind, format: request.format, settings: request.settings, idempotencyKey, at: now() });
    if (is) await secrets.create(tx, id);
    return is;
  });
  if (!begun) return { campaign: await repeated(deps, { ...request, kind }, idempotencyKey!, bytes, fileDigest), created: false }; // only a key can be there already
  try {
    const sealer = await secrets.sealerOf(id);
    let total = 0;
    for await (const page of pages(kind === 'issue' ? readSource(bytes, request.format, request.settings, limits.maxBytes) : readIds(bytes, request.format, limits.maxBytes))) {
      total += page.filter(({ type }) => type !== 'resource').length;
      if (total > (limits.maxRows ?? ROWS_MAX)) throw new HealthpassError('text-too-long', 'the file has too many rows', { field: 'body' });
      await store.addPage(id, await Promise.all(page.map((row) => sealedRow(row, id, sealer.seal, digest))), now());
    }
    if (total === 0) throw new HealthpassError('request-invalid', 'the file has no row that could make anything', { field: 'body' });
    const campaign = await store.transaction(async (tx) => {
      const made = await store.finishUpload(tx, id, fileDigest(), now());
      await recordAudit(tx, principal, { action: 'campaign.create', target: id, detail: { rows: made.total } }, now());
      return made;
    });
    return { campaign, created: true };
  } catch (error) {
    await store.transaction(async (tx) => {
      await store.remove(tx, id);
      await secrets.destroy(tx, id);
    });
    throw error;
  }
}

/** The campaign that an earlier request of this key made, if its file was the same, and what was to be done with it: to suspend is not to revoke. */
async function repeated({ store }: UploadDeps, { principal: { organisation }, kind, settings, limits: { maxBytes = Infinity } = {} }: UploadRequest, key: Uint8Array, bytes: AsyncIterable<Uint8Array>, fileDigest: () => Uint8Array): Promise<Campaign> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > maxBytes) break;
  }
  const known = await store.byIdempotencyKey(organisation, key);
  const isSame = known?.digest && Buffer.from(known.digest).equals(fileDigest()) && known.campaign.kind === kind && JSON.stringify(known.campaign.settings) === JSON.stringify(settingsSchema.parse(settings));
  if (isSame) return known.campaign;
  throw new HealthpassError('campaign-conflict', 'the idempotency key belongs to another file or purpose, or to an upload under way', { field: 'idempotency-key' });
}

async function sealedRow(row: SourceRow, campaign: string, seal: (context: string, value: unknown) => Promise<Uint8Array>, digest: (label: string, value: string) => Uint8Array) {
  if (row.type === 'refused' || row.type === 'ids') return { ...row, sealed: undefined };
  if (row.type === 'row') return { ...row, sealed: await seal(`campaign-row/${campaign}/${row.row}`, row.content) };
  const names = row.names.map((name) => digest(`resource of ${campaign}`, name));
  return { ...row, names, sealed: await seal(`campaign-resource/${campaign}`, row.resource) };
}
export type SealedSourceRow = Awaited<ReturnType<typeof sealedRow>>;

async function* pages(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow[]> {
  let page: SourceRow[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The same bytes, with an end to waiting for the next. */
async function* patient(bytes: AsyncIterable<Uint8Array>, milliseconds: number): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(iterator.next(), milliseconds);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a body that hangs would hang its end as well.
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HealthpassError('service-unavailable', 'the file stopped coming', { field: 'body' })), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
