// Lists of credentials whose status is to change: a CSV column, NDJSON, or the report of the campaign that issued them.
import { z } from 'zod';
import { HealthpassError, parseJson } from '#passport';
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { Format } from './campaign.ts';
import { rowRefusalOf } from './row.ts';
import type { SourceRow } from './source.ts';
import { decodeText, splitLines } from './text.ts';

const ID = /^[\x21-\x7e]{1,64}$/;
const MOST = 1000;
const COLUMNS = ['credentials', 'credential', 'id', 'issuance'] as const;
const line = z.union([z.string(), z.looseObject({ credentials: z.array(z.string()).max(MOST) }), z.looseObject({ credential: z.string() }), z.looseObject({ id: z.string() }), z.looseObject({ issuance: z.string() })]);

/** @throws HealthpassError for a file that cannot be read: `text-malformed`, `text-too-long`, `request-invalid` */
export async function* readIds(bytes: AsyncIterable<Uint8Array>, format: Format, maxBytes = 500_000_000): AsyncGenerator<SourceRow> {
  const text = decodeText(bytes, maxBytes);
  if (format === 'bundle') throw new HealthpassError('request-invalid', 'ids come as CSV or NDJSON', { field: 'format' });
  if (format === 'ndjson') for await (const { row, text: json } of splitLines(text, 100_000)) yield rowOf(row, () => idsOfLine(json));
  else yield* csvIds(text);
}

function idsOfLine(json: string | undefined): string[] {
  if (json === undefined) throw new HealthpassError('text-too-long', 'the row is too long', { field: 'row' });
  const parsed = line.safeParse(parseJson(json));
  if (!parsed.success) throw new HealthpassError('request-invalid', 'the row names no credential', { field: 'credential' });
  const { data } = parsed;
  if (typeof data === 'string') return [data];
  if (Array.isArray(data['credentials'])) return data['credentials'] as string[]; // by its schema
  return [(data['credential'] ?? data['id'] ?? data['issuance']) as string]; // by its schema
}

/** A file without a header, a single column of ids, is taken too: there is nothing in it that could be mistaken. */
async function* csvIds(text: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  const parser = Readable.from(text).pipe(parse({ delimiter: [',', ';', '\t'], record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, skip_empty_lines: true, max_record_size: 100_000 }));
  let column: number | undefined;
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++;
      const isFirst = column === undefined;
      column ??= columnIn(record.map((cell) => cell.trim().toLowerCase()));
      if (isFirst && !looksLikeIds(record[column])) continue;
      const cell = record[column] ?? '';
      yield rowOf(row, () => cell.split(' ').filter((id) => id !== ''));
    }
  } catch (error) {
    if (error instanceof HealthpassError) throw error;
    throw new HealthpassError('text-malformed', 'the quoting of the file is broken', { field: 'row' }); // the parser's messages hold pieces of the file
  } finally {
    parser.destroy();
  }
}

const looksLikeIds = (cell: string | undefined): boolean => (cell ?? '').startsWith('urn:uuid:');

/** @throws HealthpassError `request-invalid` for a header without a column of ids */
function columnIn(cells: readonly string[]): number {
  const named = COLUMNS.map((name) => cells.indexOf(name)).find((at) => at >= 0);
  if (named !== undefined) return named;
  if (cells.length === 1 && looksLikeIds(cells[0])) return 0;
  throw new HealthpassError('request-invalid', `header has no column ${COLUMNS.join(', ')}`, { field: 'header' });
}

function rowOf(row: number, read: () => readonly string[]): SourceRow {
  try {
    const ids = read();
    if (ids.length === 0 || ids.length > MOST || !ids.every((id) => ID.test(id))) throw new HealthpassError('request-invalid', 'the row names no credential', { field: 'credential' });
    return { type: 'ids', row, ids };
  } catch (error) {
    return { type: 'refused', row, refusal: rowRefusalOf(error) };
  }
}
