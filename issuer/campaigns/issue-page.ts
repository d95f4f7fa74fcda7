// Issues a page of rows: credentials where holders came with a row, offers where not. Signing happens outside; then one transaction writes
// credentials, reserved entries, offers, what became of each row and who did it, or nothing of all that.
import { randomUUID } from 'node:crypto';
import { encodeIssuedCredential, isHealthpassError, type ErrorCode, type HealthEvent, type IssuedCredential, type Kind, type UnixSeconds } from '#passport';
import { recordAudit, type Principal, type Queryable } from '#server';
import type { Reservation, SecuredCopy, SecureRequest } from '../issue.ts';
import { LIFETIMES } from '../lifetimes.ts';
import type { PatientBook } from '../patients/index.ts';
import type { IssuerService } from '../service.ts';
import { insertEntries, SECURINGS } from '../store.ts';
import { actorOf, type Campaign } from './campaign.ts';
import type { RowRefusal } from './csv.ts';
import { sourceOf } from './forget.ts';
import type { Leases } from './leases.ts';
import { isDirect, openPage, type OpenRow, type PageDeps } from './page.ts';
import { LeaseLost, type Lease } from './store.ts';

/** What makes offers, as OpenID4VCI has them. */
export type OfferDesk = {
  readonly create: (tx: Queryable, offer: {
    readonly principal: Principal; readonly issuances: readonly { readonly issuance: string; readonly kind: Kind }[]; readonly txCode?: boolean; readonly expiresIn?: number; readonly flows?: readonly ('pre-authorized_code' | 'authorization_code')[];
  }) => Promise<{ readonly id: string; readonly uri: string; readonly qrText: string; readonly txCode?: string | undefined }>;
};

export type IssuePageDeps = PageDeps & {
  readonly issuer: Pick<IssuerService, 'did' | 'secure' | 'changeStatus'>;
  readonly patients: Pick<PatientBook, 'recordAll' | 'ofLot'>;
  /** Without it entries are reserved and nothing is handed out yet. */
  readonly offers?: OfferDesk | undefined;
  /** Rows written in one transaction, where they are signed and where not. */
  readonly pages?: { readonly direct: number; readonly offers: number } | undefined;
};

const PAGE = { direct: 25, offers: 50 } as const;
/** Codes that are a row's own fault; what else goes wrong stops the campaign. */
const ROW_CODES: readonly ErrorCode[] = ['claims-invalid', 'point-invalid', 'field-not-canonical', 'request-invalid'];

/** Issues a page. Answers false when no row is free. @throws HealthpassError for what keeps all rows from being issued */
export const issuePage = (deps: IssuePageDeps, campaign: Campaign, leases: Leases): Promise<boolean> => leases.page(campaign.id, 'ready', (deps.pages ?? PAGE).offers, async (rows, lease) => {
  const issued = campaign.settings.again ? new Set<string>() : await deps.store.issuedMarks(campaign.organisation, rows.flatMap(({ mark }) => (mark ? [mark] : [])));
  const opened = (await openPage(deps, campaign, rows)).map((row): OpenRow =>
    ('read' in row && issued.has(Buffer.from(row.mark).toString('hex')) ? { row: row.row, refusal: { code: 'row-issued', field: 'id' } } : row));
  for (const part of partsOf(campaign, opened, (deps.pages ?? PAGE).direct)) await issuePart(deps, campaign, lease, part);
});

/** Signing takes its time: rows that need it are written in smaller pages. */
function partsOf(campaign: Campaign, rows: readonly OpenRow[], most: number): OpenRow[][] {
  const slow = rows.filter((row) => 'read' in row && isDirect(campaign, row.read));
  const quick = rows.filter((row) => !slow.includes(row));
  return [...(quick.length > 0 ? [quick] : []), ...Array.from({ length: Math.ceil(slow.length / most) }, (_, i) => slow.slice(i * most, (i + 1) * most))];
}

/** A row that cannot be signed takes no other with it: then each is tried alone. */
async function issuePart(deps: IssuePageDeps, campaign: Campaign, lease: Lease, part: readonly OpenRow[]): Promise<void> {
  try {
    await issueRows(deps, campaign, lease, part);
  } catch (error) {
    if (!isHealthpassError(error) || !ROW_CODES.includes(error.code)) throw error;
    if (part.length > 1) for (const row of part) await issuePart(deps, campaign, lease, [row]);
    else await issuePart(deps, campaign, lease, [{ row: part[0]!.row, refusal: { code: error.code, field: error.field ?? 'row' } }]);
  }
}

type Readable = Extract<OpenRow, { read: unknown }>;

async function issueRows(deps: IssuePageDeps, campaign: Campaign, lease: Lease, part: readonly OpenRow[]): Promise<void> {
  const readable = part.filter((row) => 'read' in row);
  const direct = readable.filter(({ read }) => isDirect(campaign, read));
  const offered = readable.filter((row) => !direct.includes(row));
  const requests = direct.flatMap(({ row, read }) => read.events.map((event, i) => ({ row, request: requestOf(campaign, deps.now(), event, read.bindings[i]!) })));
  const reserve = offered.reduce((sum, { read }) => sum + read.events.length, 0);
  // Of a page with nothing to issue only the refusals are written.
  if (requests.length + reserve === 0) return deps.store.transaction((tx) => write(tx, [], []));
  await deps.issuer.secure(requests.map(({ request }) => request), write, reserve);

  async function write(tx: Queryable, copies: readonly (readonly SecuredCopy[])[], reserved: readonly Reservation[]): Promise<void> {
    const [mine] = await tx.query(`SELECT id FROM campaign WHERE id = $1 AND state = 'running' FOR UPDATE`, [campaign.id]);
    if (!mine) throw new LeaseLost();
    await takeMarks(tx, campaign, readable, deps.now());
    const outcomes = new Map<number, Outcome>();
    for (const [i, { row }] of requests.entries()) {
      const outcome = outcomes.get(row) ?? { credentials: [], made: { credentials: [] } };
      outcome.credentials.push(copies[i]![0]!.id); // one holder each
      outcome.made.credentials!.push(encodeIssuedCredential({ issuer: deps.issuer.did, ...copies[i]![0]! } as IssuedCredential)); // all forms were asked for
      outcomes.set(row, outcome);
    }
    const recorded = await deps.patients.recordAll(tx, [
      ...requests.map(({ row, request: { issuance, event } }) => ({ issuance, event, organisation: campaign.organisation, source: sourceOf(campaign.id, row) })),
      ...offered.flatMap(({ row, read }) => read.events.map((event) => ({ event, organisation: campaign.organisation, source: sourceOf(campaign.id, row) }))),
    ]);
    const offers = await makeOffers(tx, deps, campaign, offered, { reserved, issuances: recorded.slice(requests.length).map(({ issuance }) => issuance) });
    for (const [row, outcome] of offers) outcomes.set(row, outcome);
    await writeOutcomes(tx, deps, campaign, lease, part, outcomes);
  }
}

const validUntil = ({ settings }: Campaign, now: UnixSeconds, { kind }: HealthEvent) => (now + Math.min(settings.lifetime ?? Infinity, LIFETIMES[kind])) as UnixSeconds;
const requestOf = (campaign: Campaign, now: UnixSeconds, event: HealthEvent, holder: SecureRequest['holders'][number]): SecureRequest =>
  ({ issuance: randomUUID(), isNew: true, event, forms: SECURINGS, holders: [holder], validUntil: validUntil(campaign, now, event) });

type Outcome = { readonly credentials: string[]; readonly made: { readonly credentials?: unknown[]; readonly uri?: string }; readonly offer?: string; readonly pin?: string | undefined };

type Drawn = { readonly reserved: readonly Reservation[]; readonly issuances: readonly string[] };

async function makeOffers(tx: Queryable, { offers, now }: IssuePageDeps, campaign: Campaign, rows: readonly Readable[], { reserved, issuances }: Drawn): Promise<Map<number, Outcome>> {
  // The entry of each stands from now on: the wallet's keys are all that is missing.
  const entries = issuances.map((issuance, i) => ({ ...reserved[i]!, issuance, copy: 0, issuedAt: now() }));
  await insertEntries(tx, entries);
  const outcomes = new Map<number, Outcome>();
  let next = 0;
  for (const { row, read } of rows) {
    const own = entries.slice(next, next += read.events.length);
    const offer = await offers?.create(tx, { principal: actorOf(campaign), issuances: own.map(({ issuance }, i) => ({ issuance, kind: read.events[i]!.kind })), txCode: campaign.settings.pin, flows: ['pre-authorized_code'], expiresIn: campaign.settings.offerLifetime });
    outcomes.set(row, { credentials: own.map(({ id }) => id), made: offer ? { uri: offer.qrText } : {}, ...(offer && { offer: offer.id, pin: offer.txCode }) });
  }
  return outcomes;
}

/** Marks rows as issued by this organisation. Another campaign that was faster shows when the page is taken up again. */
async function takeMarks(tx: Queryable, { id, organisation, settings }: Campaign, rows: readonly Readable[], at: number): Promise<void> {
  const conflict = settings.again ? 'DO UPDATE SET campaign = EXCLUDED.campaign, row = EXCLUDED.row, issued_at = EXCLUDED.issued_at' : 'DO NOTHING';
  const taken = await tx.query(
    `INSERT INTO campaign_mark (organisation, mark, campaign, row, issued_at) SELECT $1, mark, $2, row, $3 FROM unnest($4::bytea[], $5::int[]) AS n (mark, row)
      ON CONFLICT (organisation, mark) ${conflict} RETURNING row`, [organisation, id, at, rows.map(({ mark }) => mark), rows.map(({ row }) => row)]);
  if (taken.length !== rows.length) throw new LeaseLost();
}

async function writeOutcomes(tx: Queryable, { secrets, now }: IssuePageDeps, campaign: Campaign, { worker }: Lease, part: readonly OpenRow[], outcomes: ReadonlyMap<number, Outcome>): Promise<void> {
  const sealer = await secrets.sealerOf(campaign.id);
  const told = part.map((row): RowRefusal | undefined => ('read' in row ? row.read.warning : row.refusal));
  const of = part.map(({ row }) => outcomes.get(row));
  const [made, pins] = await Promise.all([
    Promise.all(part.map(({ row }, i) => (of[i] ? sealer.seal(`campaign-made/${campaign.id}/${row}`, of[i].made) : null))),
    Promise.all(part.map(({ row }, i) => (of[i]?.pin === undefined ? null : sealer.seal(`campaign-pin/${campaign.id}/${row}`, of[i].pin)))),
  ]);
  const written = await tx.query(
    `UPDATE campaign_row SET state = n.state, code = n.code, field = n.field, credentials = string_to_array(n.credentials, ' '), offer = n.offer, sealed_made = n.made, sealed_pin = n.pin, sealed = NULL, lease = 0
      FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::bytea[]) AS n (row, state, code, field, credentials, offer, made, pin)
      WHERE campaign = $1 AND campaign_row.row = n.row AND campaign_row.row BETWEEN $11 AND $12 AND campaign_row.state = 'ready' AND worker = $2 RETURNING campaign_row.row`,
    [campaign.id, worker, part.map(({ row }) => row), of.map((outcome) => (outcome ? 'done' : 'refused')), told.map((why) => why?.code ?? null), told.map((why) => why?.field ?? null),
      of.map((outcome) => outcome?.credentials.join(' ') ?? null), of.map((outcome) => outcome?.offer ?? null), made, pins, part[0]!.row, part.at(-1)!.row]); // a page has rows, in order
  if (written.length !== part.length) throw new LeaseLost();
  const done = of.filter((outcome) => outcome).length;
  const detail = { done, refused: part.length - done };
  await tx.query('UPDATE campaign SET done = done + $2, refused = refused + $3, ready = ready - $2 - $3, run_done = run_done + $2 + $3, touched_at = $4, reason = NULL WHERE id = $1', [campaign.id, detail.done, detail.refused, now()]);
  await recordAudit(tx, actorOf(campaign), { action: 'campaign.issue', target: campaign.id, detail: { ...detail, first: part[0]!.row } }, now());
}

