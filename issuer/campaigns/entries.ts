// The entries of a FHIR Bundle one by one, without holding the Bundle: a scanner finds where each begins and ends. Everything around them is
// read strictly as JSON at the end, with an empty list in their place.
import { HealthpassError, parseJson } from '#passport';
import { ROW_MAX } from './text.ts';

/** An entry, from 1, as JSON text; undefined where it is longer than a row may be. */
export type EntryText = { readonly row: number; readonly text: string | undefined };

const TYPES = ['collection', 'transaction', 'batch', 'searchset', 'document'];
const SHELL_MAX = 100_000;

/**
 * @throws HealthpassError `json-malformed`, `json-duplicate-key`, `fhir-invalid` (no Bundle), `fhir-unsupported` (a type that is no record);
 * what was yielded before may not be kept then
 */
export async function* splitEntries(chunks: AsyncIterable<string>, max = ROW_MAX): AsyncGenerator<EntryText> {
  const scanner = createScanner(max);
  for await (const chunk of chunks) yield* scanner.scan(chunk);
  assertBundle(scanner.end());
}

function assertBundle(shell: string): void {
  const bundle = parseJson(shell);
  const { resourceType, type, entry, ...rest } = (typeof bundle === 'object' && bundle !== null ? bundle : {}) as Record<string, unknown>; // members are checked one by one
  if (resourceType !== 'Bundle') throw new HealthpassError('fhir-invalid', 'the file is no FHIR Bundle', { field: 'Bundle.resourceType' });
  if (typeof type !== 'string' || !TYPES.includes(type)) throw new HealthpassError('fhir-unsupported', `Bundle.type is not one of ${TYPES.join(', ')}`, { field: 'Bundle.type' });
  // An escaped key reads as `entry` here and did not there: its entries would be lost in silence.
  if (entry !== undefined && !(Array.isArray(entry) && entry.length === 0)) throw new HealthpassError('json-malformed', 'the list of entries is written in another way', { field: 'Bundle.entry' });
  if ('implicitRules' in rest) throw new HealthpassError('fhir-unsupported', 'Bundle.implicitRules may change the meaning of the record', { field: 'Bundle.implicitRules' });
}

function createScanner(max: number) {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** The text of the string that was read last at depth 1: a key when a colon follows. */
  let lastString = '';
  let key = '';
  /** Within the list of entries, and what may come next there. */
  let inEntries = false;
  let expects: 'element or end' | 'element' | 'comma or end' = 'element or end';
  let shell = '';
  let element: string | undefined;
  let tooLong = false;
  let row = 0;

  /** What one character outside an element, or inside of one, changes. Answers an element that ends with it. */
  function step(char: string): EntryText | undefined {
    if (inString) {
      if (escaped) escaped = false;
      else if (char === '\\') escaped = true;
      else if (char === '"') inString = false;
      if (inString && depth === 1) lastString += char;
      return undefined;
    }
    if (inEntries && depth === 2) return between(char);
    if (char === '"') {
      inString = true;
      if (depth === 1) lastString = '';
    } else if (char === ':' && depth === 1) {
      key = lastString;
    } else if (char === '{' || char === '[') {
      depth++;
      if (char === '[' && depth === 2 && key === 'entry') {
        inEntries = true;
        expects = 'element or end';
      }
    } else if (char === '}' || char === ']') {
      depth--;
      if (inEntries && depth === 2) return finished(char);
    }
    return undefined;
  }

  /** Between elements there is white space, one comma, and nothing else. */
  function between(char: string): undefined {
    if (/[ \t\r\n]/.test(char)) return;
    if (char === '{' && expects !== 'comma or end') {
      depth++;
      element = '';
    } else if (char === ',' && expects === 'comma or end') {
      expects = 'element';
    } else if (char === ']' && expects !== 'element') {
      depth--;
      inEntries = false;
    } else {
      throw new HealthpassError('json-malformed', 'the list of entries is no list of objects', { field: 'Bundle.entry' });
    }
  }

  function finished(char: string): EntryText {
    row++;
    const text = tooLong ? undefined : element! + char; // an element began before it ended
    element = undefined;
    tooLong = false;
    expects = 'comma or end';
    return { row, text };
  }

  function keep(char: string, wasIn: boolean): void {
    if (element !== undefined) {
      if (element.length >= max) tooLong = true;
      if (!tooLong) element += char;
    } else if (!wasIn || !inEntries) {
      shell += char;
      if (shell.length > SHELL_MAX) throw new HealthpassError('json-malformed', 'too much stands around the entries', { field: 'Bundle' });
    }
  }

  return {
    *scan(chunk: string): Generator<EntryText> {
      for (const char of chunk) {
        const wasIn = inEntries;
        const ended = step(char);
        if (ended) yield ended;
        else keep(char, wasIn);
      }
    },
    end(): string {
      if (inEntries) throw new HealthpassError('json-malformed', 'the file ends within its entries', { field: 'Bundle.entry' });
      return shell;
    },
  };
}
