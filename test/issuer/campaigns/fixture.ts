// Rows as providers send them, and bytes as networks cut them.
export const HEADER = 'id,family,given,birthDate,product,dose,doses,date,lot,performer,country';
const letters = (n: number): string => [n, Math.floor(n / 26), Math.floor(n / 676), Math.floor(n / 17_576)].map((of) => String.fromCharCode(65 + (of % 26))).join('');
export const csvRow = (n: number): string => `case-${n},Meyer,Anna ${letters(n)},1980-02-${String(1 + (n % 28)).padStart(2, '0')},208,${1 + (n % 2)},2,2026-0${1 + (n % 9)}-1${n % 10},LOT-${n % 7},Clinic,DE`;
export const csvFile = (rows: number): string => [HEADER, ...Array.from({ length: rows }, (_, n) => csvRow(n))].join('\r\n');

export async function* bytesOf(text: string | Uint8Array, step = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

export async function* textOf(text: string, step = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step);
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
