// JSON from outside. RFC 8259 leaves open what two readers then decide differently (repeated keys, lone surrogates, numbers
// beyond a double); here each of these is refused, so that what was checked is what is used. RFC 7493 (I-JSON) is the model.
import { HealthpassError } from './errors.ts';

export const JSON_MAX_BYTES = 5_000_000;
export const JSON_MAX_DEPTH = 64;

export type JsonLimits = {
  /** Longest text in UTF-8 bytes. */
  readonly maxBytes?: number;
  /** Deepest nesting of arrays and objects; a scalar has depth 0. */
  readonly maxDepth?: number;
};

// Every place that runs this file has it; passport/ compiles without the types of any of them.
declare const TextDecoder: new (label: 'utf-8', options: { fatal: true; ignoreBOM: true }) => { decode(bytes: Uint8Array): string };

/**
 * Reads a JSON text (or its UTF-8 bytes) strictly: no byte order mark, no repeated key, no `__proto__` key, no lone surrogate, no
 * number that is not finite, nothing too long or too deep. The message holds a position, never a piece of the text.
 * @throws HealthpassError `text-too-long`, `json-malformed` (also: too deep), `json-duplicate-key`
 */
export function parseJson(text: string | Uint8Array, limits: JsonLimits = {}): unknown {
  const { maxBytes = JSON_MAX_BYTES, maxDepth = JSON_MAX_DEPTH } = limits;
  if (exceedsBytes(text, maxBytes)) throw new HealthpassError('text-too-long', `the JSON text is longer than ${maxBytes} bytes`);
  const json = typeof text === 'string' ? text : decodeUtf8(text);
  assertStrict(json, maxDepth);
  try {
    return JSON.parse(json);
  } catch {
    // V8 quotes the input in its message, so its error is not passed on as the cause
    throw malformed('is not JSON');
  }
}

function exceedsBytes(text: string | Uint8Array, maxBytes: number): boolean {
  if (typeof text !== 'string' || text.length > maxBytes) return text.length > maxBytes;
  if (text.length * 3 <= maxBytes) return false;
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes > maxBytes;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('is not UTF-8');
  }
}

/** Walks the tokens once, without recursion, before JSON.parse sees them. What is not JSON at all is left for JSON.parse to say. */
function assertStrict(json: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = []; // keys seen in each open object; undefined for an array
  let keyNext = false;
  for (let at = 0; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === OPEN_OBJECT || char === OPEN_ARRAY) {
      open.push(char === OPEN_OBJECT ? new Set() : undefined);
      keyNext = char === OPEN_OBJECT;
      if (open.length > maxDepth) throw malformed(`is nested deeper than ${maxDepth}`, at);
    } else if (char === CLOSE_OBJECT || char === CLOSE_ARRAY) {
      open.pop();
    } else if (char === COMMA) {
      keyNext = open.at(-1) !== undefined;
    } else if (char === QUOTE) {
      const end = endOfString(json, at);
      const value = readString(json, at, end);
      if (keyNext) addKey(open.at(-1), value, at);
      keyNext = false;
      at = end;
    } else if (char === MINUS || (char >= DIGIT_0 && char <= DIGIT_9)) {
      at = endOfNumber(json, at);
    }
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

function addKey(keys: Set<string> | undefined, key: string, at: number): void {
  if (key === '__proto__') throw malformed('has a key that no record needs', at);
  if (keys?.has(key)) throw new HealthpassError('json-duplicate-key', `the JSON text repeats a key of one object (character ${at})`);
  keys?.add(key);
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const char = json.charCodeAt(at);
    if (char === QUOTE) return at;
    if (char === BACKSLASH) at++;
  }
  throw malformed('has a string without an end', start);
}

/** The value of a string token; an escaped key must compare equal to the same key unescaped. */
function readString(json: string, start: number, end: number): string {
  let value = json.slice(start + 1, end);
  if (value.includes('\\')) {
    try {
      value = JSON.parse(json.slice(start, end + 1)) as string; // a string token parses to a string or throws
    } catch {
      throw malformed('has a malformed string', start);
    }
  }
  if (!value.isWellFormed()) throw malformed('has a lone surrogate', start);
  return value;
}

const NUMBER_TOKEN = /[-+.0-9eE]*/y;

function endOfNumber(json: string, start: number): number {
  NUMBER_TOKEN.lastIndex = start;
  const token = NUMBER_TOKEN.exec(json)![0];
  if (Math.abs(Number(token)) === Infinity) throw malformed('has a number beyond the range of a double', start);
  return start + token.length - 1;
}

const malformed = (what: string, at?: number) =>
  new HealthpassError('json-malformed', `the JSON text ${what}${at === undefined ? '' : ` (character ${at})`}`);
