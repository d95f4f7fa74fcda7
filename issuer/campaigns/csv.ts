// CSV (RFC 4180, and what spreadsheets make of it) as rows of cells by meaning. A file whose quoting is broken is refused whole, since nobody
// knows where its rows are; a row that is ragged, or holds a formula, is refused alone.
import { Readable } from 'node:stream';
import { CsvError, parse, type Parser } from 'csv-parse';
import { HealthpassError, type ErrorCode } from '#passport';
import { readHeader, type Column, type Mapping } from './columns.ts';
import { ROW_MAX } from './text.ts';

export type Cells = Readonly<Partial<Record<Column, string>>>;
/** Why a row makes nothing. */
export type RowRefusal = { readonly code: ErrorCode; readonly field: string };
/** `row` as a spreadsheet counts: the header is 1. */
export type CsvRow = { readonly row: number } & ({ readonly cells: Cells } | { readonly refusal: RowRefusal });

const HEADER_MAX = 64_000;
const SEPARATORS = [',', ';', '\t'] as const;
/** All of them, since files that were put together have several. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** @throws HealthpassError `request-invalid` (header, mapping), `text-malformed` (quoting), `text-too-long` (a row) */
export async function* readCsv(chunks: AsyncIterable<string>, mapping?: Mapping): AsyncGenerator<CsvRow> {
  const iterator = chunks[Symbol.asyncIterator]();
  const { head, first } = await readHead(iterator);
  const parser = parse({ delimiter: separatorOf(head), record_delimiter: LINE_ENDS, relax_column_count: true, skip_empty_lines: true, max_record_size: ROW_MAX });
  const source = Readable.from(textFrom(first, iterator));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    yield* rowsOf(parser, mapping);
  } catch (error) {
    throw toCoded(error);
  } finally {
    parser.destroy();
    source.destroy();
  }
}

async function* rowsOf(parser: Parser, mapping: Mapping | undefined): AsyncGenerator<CsvRow> {
  let columns: readonly (Column | undefined)[] | undefined;
  let row = 0;
  for await (const record of parser as AsyncIterable<string[]>) {
    row++;
    if (!columns) columns = readHeader(record, mapping);
    else if (record.some((cell) => cell !== '')) yield { row, ...readCells(record, columns) };
  }
  if (!columns) throw new HealthpassError('request-invalid', 'the file is empty', { field: 'header' });
}

/** What comes up to the end of the first line, and all text that was read for it. */
async function readHead(iterator: AsyncIterator<string>): Promise<{ head: string; first: string }> {
  let first = '';
  for (;;) {
    const end = first.search(/[\r\n]/);
    if (end >= 0) return { head: first.slice(0, end), first };
    if (first.length > HEADER_MAX) throw new HealthpassError('request-invalid', 'the first line is too long for a header', { field: 'header' });
    const { done, value } = await iterator.next();
    if (done) return { head: first, first };
    first += value;
  }
}

async function* textFrom(first: string, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    if (first !== '') yield first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) if (next.value !== '') yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** The separator that the header uses most; quoted text does not count. */
function separatorOf(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** Spreadsheets keep leading zeros by writing a text as a formula: `="0123"`. */
const TEXT_FORMULA = /^="([^"=]*)"$/;
const FORMULA = /^[=+@\t\r-]/;
/** Base64url begins with a minus now and then. */
const KEYS: readonly Column[] = ['keyX', 'keyY'];

function readCells(record: readonly string[], columns: readonly (Column | undefined)[]): { cells: Cells } | { refusal: RowRefusal } {
  if (record.length !== columns.length) return { refusal: { code: 'request-invalid', field: 'columns' } };
  const cells: Partial<Record<Column, string>> = {};
  for (const [i, column] of columns.entries()) {
    if (!column) continue;
    const cell = record[i]!.trim().replace(TEXT_FORMULA, '$1').trim().normalize('NFC');
    if (cell === '') continue;
    // NUL and its like come of a wrong encoding; marks of direction make a name look like another.
    if ((FORMULA.test(cell) && !KEYS.includes(column)) || /[\p{Cc}\ufffd]/u.test(cell) || HIDDEN.test(cell)) return { refusal: { code: 'text-malformed', field: column } };
    cells[column] = cell;
  }
  return { cells };
}

/** Format characters other than the two joiners, which belong to names. */
export const HIDDEN = /(?![\u200c\u200d])\p{Cf}/u;

/** The messages of the parser hold pieces of the file. */
function toCoded(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new HealthpassError('text-too-long', `a row is longer than ${ROW_MAX} characters, or a quote does not end`, { field: 'row' });
  const at = typeof error['lines'] === 'number' ? ` near line ${error['lines']}` : '';
  return new HealthpassError('text-malformed', `the quoting of the file is broken${at}`, { field: 'row' });
}
