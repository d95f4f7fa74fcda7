// Bytes of an upload as text, strictly UTF-8, and as lines; whatever the size of the file, no more than a row of it is held.
import { HealthpassError } from '#passport';

/** Longest row in UTF-16 code units: a record of a person has some kilobytes. */
export const ROW_MAX = 1_000_000;

/**
 * The text of UTF-8 bytes without a byte order mark.
 * @throws HealthpassError `text-malformed` for any other encoding, `text-too-long` beyond `maxBytes`
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > maxBytes) throw new HealthpassError('text-too-long', `the file is longer than ${maxBytes} bytes`, { field: 'body' });
    yield decode(() => decoder.decode(chunk, { stream: true }));
  }
  yield decode(() => decoder.decode());
}

function decode(step: () => string): string {
  try {
    return step();
  } catch {
    throw new HealthpassError('text-malformed', 'the file is not UTF-8', { field: 'body' });
  }
}

/** A line of a file, from 1. `text` is undefined where it is longer than a row may be. */
export type Line = { readonly row: number; readonly text: string | undefined };

/** The lines that are not blank. One that is too long is passed over without being kept. */
export async function* splitLines(chunks: AsyncIterable<string>, max = ROW_MAX): AsyncGenerator<Line> {
  let row = 0;
  let rest = '';
  let tooLong = false;
  const end = (last: string): Line | undefined => {
    row++;
    const text = rest + last;
    const line = { row, text: tooLong || text.length > max ? undefined : text };
    rest = '';
    tooLong = false;
    return line.text === undefined || /\S/.test(line.text) ? line : undefined;
  };
  for await (const chunk of chunks) {
    const parts = chunk.split('\n');
    for (const part of parts.slice(0, -1)) {
      const line = end(part);
      if (line) yield line;
    }
    rest += parts.at(-1)!; // split gives one part at least
    if (rest.length > max) {
      tooLong = true;
      rest = '';
    }
  }
  if (rest !== '' || tooLong) {
    const line = end('');
    if (line) yield line;
  }
}
