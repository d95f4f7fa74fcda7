// The first rows of a CSV file, to be looked at before it is sent; and tables that are saved, in which no cell can become a formula.

export type Preview = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** @returns undefined where there is no header */
export function previewCsv(text: string, rows: number): Preview | undefined {
  const clean = text.replace(/^\ufeff/, '');
  const separator = separatorOf(clean.slice(0, clean.search(/[\r\n]/) >>> 0));
  const [header, ...rest] = readRows(clean, separator, rows + 1);
  return header && header.length > 0 ? { header, rows: rest } : undefined;
}

const separatorOf = (line: string): string => [',', ';', '\t'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0]!;

/** RFC 4180; a last row that is cut off counts as it is. */
function readRows(text: string, separator: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length && rows.length < most; i++) {
    const char = text[i]!;
    if (quoted && char === '"' && text[i + 1] === '"') { cell += char; i++; }
    else if (char === '"') quoted = !quoted;
    else if (quoted) cell += char;
    else if (char === separator) { row.push(cell); cell = ''; }
    else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) endRow();
  return rows;
}

/** A table as CSV for spreadsheets: what they would run is made a text by an apostrophe (OWASP, CSV injection). */
export const toCsv = (rows: readonly (readonly (string | number | undefined)[])[]): string => `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;

function cellOf(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = /^[\s\p{Cf}]*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(text) ? `'${text}` : text;
  return /[",\r\n;\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives a file to the person. */
export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
