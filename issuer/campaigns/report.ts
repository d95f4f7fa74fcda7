// What became of each row, for whoever gave it: NDJSON or CSV, a page at a time, as fast as it is read.
import type { Sealer, Queryable } from '#server';

export type ReportRow = {
  readonly row: number;
  /** What the provider calls the row. */
  readonly id?: string;
  readonly outcome: 'new' | 'ready' | 'done' | 'refused';
  readonly code?: string;
  readonly field?: string;
  readonly credentials?: readonly string[];
  readonly offer?: string;
  readonly link?: string;
};

const PAGE = 500;
type Stored = {
  readonly row: number; readonly state: ReportRow['outcome']; readonly code: string | null; readonly field: string | null; readonly credentials: readonly string[] | null;
  readonly offer: string | null; readonly label: Uint8Array | null; readonly made: Uint8Array | null;
};
type Made = { readonly uri?: string; readonly credentials?: readonly unknown[] };

const pageOf = (on: Queryable, id: string, after: number) => on.query<Stored>(
  `SELECT row, state, code, field, credentials, offer, sealed_label AS label, sealed_made AS made FROM campaign_row WHERE campaign = $1 AND row > $2 ORDER BY row LIMIT ${PAGE}`, [id, after]);

/** `sealer`: undefined for a campaign of which nothing personal is left. */
export async function* reportRows(on: Queryable, id: string, sealer: Sealer | undefined): AsyncGenerator<ReportRow> {
  for (let after = -1; ;) {
    const page = await pageOf(on, id, after);
    if (page.length === 0) return;
    for (const { row, state, code, field, credentials, offer, label, made } of page) {
      const link = made && sealer ? (await sealer.open(`campaign-made/${id}/${row}`, made) as Made).uri : undefined; // sealed by issuePage
      yield {
        row,
        ...(label && sealer ? { id: await sealer.open(`campaign-label/${id}/${row}`, label) as string } : {}), // sealed by checkPage
        outcome: state, ...(code === null ? {} : { code }), ...(field === null ? {} : { field }),
        ...(credentials === null || credentials.length === 0 ? {} : { credentials }), ...(offer === null ? {} : { offer }), ...(link === undefined ? {} : { link }),
      };
    }
    after = page.at(-1)!.row;
  }
}

/** Credentials that were issued at once, row by row, for the wallets whose keys came with the rows. */
export async function* issuedRows(on: Queryable, id: string, sealer: Sealer): AsyncGenerator<{ row: number; credentials: readonly unknown[] }> {
  for (let after = -1; ;) {
    const page = await pageOf(on, id, after);
    if (page.length === 0) return;
    for (const { row, made } of page) {
      const { credentials } = made ? await sealer.open(`campaign-made/${id}/${row}`, made) as Made : {}; // sealed by issuePage
      if (credentials) yield { row, credentials };
    }
    after = page.at(-1)!.row;
  }
}

export type PinRow = { readonly row: number; readonly id?: string; readonly offer?: string; readonly pin: string };

/**
 * PINs that were not given out yet. Those of a page are forgotten when the next one is asked for: who breaks off has lost what was handed to him
 * and no more.
 */
export async function* takePins(on: Queryable, id: string, sealer: Sealer): AsyncGenerator<PinRow> {
  for (let after = -1; ;) {
    const page = await on.query<{ row: number; label: Uint8Array | null; offer: string | null; pin: Uint8Array }>(
      `SELECT row, sealed_label AS label, offer, sealed_pin AS pin FROM campaign_row WHERE campaign = $1 AND row > $2 AND sealed_pin IS NOT NULL ORDER BY row LIMIT ${PAGE}`, [id, after]);
    if (page.length === 0) return;
    for (const { row, label, offer, pin } of page) {
      yield {
        row, ...(label ? { id: await sealer.open(`campaign-label/${id}/${row}`, label) as string } : {}), ...(offer === null ? {} : { offer }),
        pin: await sealer.open(`campaign-pin/${id}/${row}`, pin) as string, // sealed by issuePage
      };
    }
    after = page.at(-1)!.row;
    await on.query('UPDATE campaign_row SET sealed_pin = NULL WHERE campaign = $1 AND row = ANY($2::int[])', [id, page.map(({ row }) => row)]);
  }
}

export async function* ndjson(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** RFC 4180, with a byte order mark, without which spreadsheets do not take it for UTF-8. */
export async function* csv(rows: AsyncIterable<object>, columns: readonly string[]): AsyncGenerator<string> {
  yield `\ufeff${columns.join(',')}\r\n`;
  for await (const row of rows) {
    const values = row as Readonly<Record<string, unknown>>; // by the names of its columns
    yield `${columns.map((column) => cell(values[column])).join(',')}\r\n`;
  }
}

/** What a spreadsheet would take for a formula is made a text by an apostrophe (OWASP, CSV injection), tabs and line ends included. */
function cell(value: unknown): string {
  const text = value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  const safe = /^\s*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n;\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
