// An upload as a stream of rows, whatever its format: what makes events waits as a row, what only explains others is kept beside them.
import { HealthpassError, parseJson } from '#passport';
import { isEventType } from '#formats/fhir/parsed.ts';
import type { Format, Settings } from './campaign.ts';
import { readCsv, type RowRefusal } from './csv.ts';
import { splitEntries } from './entries.ts';
import { parseFhirRow, rowRefusalOf, type RowContent } from './row.ts';
import { decodeText, splitLines } from './text.ts';
import type { Mapping } from './columns.ts';

export type SourceRow =
  | { readonly type: 'row'; readonly row: number; readonly content: RowContent }
  | { readonly type: 'refused'; readonly row: number; readonly refusal: RowRefusal }
  /** Credentials, or issuances, whose status is to change together. */
  | { readonly type: 'ids'; readonly row: number; readonly ids: readonly string[] }
  /** A resource to which rows may refer by these names. */
  | { readonly type: 'resource'; readonly row: number; readonly names: readonly string[]; readonly resource: unknown };

/** Longest file in bytes. */
export const FILE_MAX = 500_000_000;
const TOO_LONG: RowRefusal = { code: 'text-too-long', field: 'row' };

/** @throws HealthpassError for a file that cannot be read as what it says it is: `text-malformed`, `text-too-long`, `request-invalid`, `json-malformed`, `fhir-…` */
export async function* readSource(bytes: AsyncIterable<Uint8Array>, format: Format, { mapping }: Pick<Settings, 'mapping'>, maxBytes = FILE_MAX): AsyncGenerator<SourceRow> {
  const text = decodeText(bytes, maxBytes);
  if (format === 'csv') yield* csvRows(text, mapping as Mapping | undefined); // the schema has the names of the columns
  else if (format === 'ndjson') for await (const { row, text: line } of splitLines(text)) yield* classified(row, line, (value) => ({ text: value }));
  else for await (const { row, text: entry } of splitEntries(text)) yield* classified(row, entry, readEntry);
}

async function* csvRows(text: AsyncIterable<string>, mapping: Mapping | undefined): AsyncGenerator<SourceRow> {
  for await (const line of readCsv(text, mapping)) {
    yield 'refusal' in line ? { type: 'refused', row: line.row, refusal: line.refusal } : { type: 'row', row: line.row, content: { cells: line.cells } };
  }
}

/** The resource of a Bundle's entry as a row of its own; nothing where the entry has none, or takes one away. */
function readEntry(text: string): { text: string; fullUrl?: string } | undefined {
  const entry = parseJson(text) as { fullUrl?: unknown; resource?: unknown; request?: { method?: unknown } } | null; // checked as it is read
  if (entry && ('modifierExtension' in entry || 'implicitRules' in entry)) throw new HealthpassError('fhir-unsupported', 'the entry may change the meaning of its record', { field: 'Bundle.entry.modifierExtension' });
  if (!entry?.resource || entry.request?.method === 'DELETE') return undefined;
  return { text: JSON.stringify(entry.resource), ...(typeof entry.fullUrl === 'string' && entry.fullUrl.length <= 500 ? { fullUrl: entry.fullUrl } : {}) };
}

function* classified(row: number, text: string | undefined, read: (text: string) => { text: string; fullUrl?: string } | undefined): Generator<SourceRow> {
  if (text === undefined) return yield { type: 'refused', row, refusal: TOO_LONG };
  try {
    const content = read(text);
    if (!content) return;
    const { resource } = parseFhirRow(content.text);
    const type = resource['resourceType'];
    if (type === 'Bundle' || (typeof type === 'string' && isEventType(type))) return yield { type: 'row', row, content };
    const names = [...(typeof type === 'string' && typeof resource['id'] === 'string' ? [`${type}/${resource['id']}`] : []), ...(content.fullUrl === undefined ? [] : [content.fullUrl])];
    yield { type: 'resource', row, names, resource };
  } catch (error) {
    yield { type: 'refused', row, refusal: rowRefusalOf(error) };
  }
}
