// What a command prints: results on standard output, progress and complaints on standard error; with --json, one JSON value.
import { isHealthpassError } from '#passport';

export type Terminal = {
  readonly json: boolean;
  /** The result: text for people, or the JSON value with --json. */
  readonly result: (text: string, value: unknown) => void;
  /** A long step has begun or gone on; silent with --json and where standard error is no terminal. */
  readonly progress: (text: string) => void;
  /** A line for people that is not part of the result. */
  readonly note: (text: string) => void;
  readonly failure: (error: unknown) => void;
};

/** Where it is printed: a process has both. */
export type Streams = { readonly stdout: Output; readonly stderr: Output };
type Output = { readonly write: (text: string) => unknown; readonly isTTY?: boolean };

export function createTerminal(json: boolean, { stdout, stderr }: Streams): Terminal {
  const tty = stderr.isTTY === true;
  const clear = () => tty && stderr.write('\r\u001b[K');
  return {
    json,
    result(text, value) {
      clear();
      stdout.write(`${json ? jsonOf(value) : withoutControls(text)}\n`);
    },
    progress: (text) => {
      if (!json && tty) stderr.write(`\r\u001b[K${text} …`);
    },
    note(text) {
      clear();
      if (!json) stderr.write(`${text}\n`);
    },
    failure(error) {
      clear();
      const { code, field, message } = describeError(error);
      if (json) stdout.write(`${jsonOf({ error: { code, ...(field ? { field } : {}), message } })}\n`);
      else stderr.write(`healthpass: ${withoutControls(`${message} (${code}${field ? `, ${field}` : ''})`)}\n`);
    },
  };
}

/** What steers a terminal, hides or turns round what stands beside it; the two joiners belong to names. */
const CONTROLS = /[^\P{C}\n\u200c\u200d]|[\p{Zl}\p{Zp}]/gu;
/** What issuers and holders wrote, fit to be shown. */
export const withoutControls = (text: string): string => text.replace(CONTROLS, '\ufffd');
/** The same value to whoever reads it. */
const jsonOf = (value: unknown): string => JSON.stringify(value, toJson, 2).replace(CONTROLS, (char) => char.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));

/** Code, field and message of an error; an unforeseen one is told by its name (or the system's code) and place only, since its message may hold anything. */
function describeError(error: unknown): { code: string; field?: string; message: string } {
  if (isHealthpassError(error)) return { code: error.code, message: error.message, ...(error.field ? { field: error.field } : {}) };
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').find((line) => line.trimStart().startsWith('at ')) : undefined;
  const name = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : typeof error; // errors of the system have a code: ENOSPC, EACCES
  return { code: 'internal', message: `something unforeseen went wrong: ${name}${stack ? `${stack.replace(/^\s+/, ' ')}` : ''}` };
}

const toJson = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value instanceof Map ? [...value] : value);

/** "3 minutes ago", for how old something is. */
export function ago(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [['day', 86_400], ['hour', 3600], ['minute', 60]];
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  if (!unit) return seconds < 5 ? 'just now' : `${Math.round(seconds)} seconds ago`;
  const count = Math.floor(seconds / unit[1]);
  return `${count} ${unit[0]}${count === 1 ? '' : 's'} ago`;
}

/** A Unix time as people write it, UTC. */
export const at = (unix: number): string => `${new Date(unix * 1000).toISOString().replace('T', ' ').slice(0, 16)} UTC`;
