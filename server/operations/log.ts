// Structured logs: one JSON object a line, or a line for people in a terminal. What is logged are words of ours, codes, names and numbers; never
// a body, a header, a query, an id of anybody or the message of a foreign error.
import { pino, stdTimeFunctions } from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
type Written = Exclude<LogLevel, 'silent'>;

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
export type Log = Readonly<Record<Written, (says: string, fields?: LogFields) => void>> & {
  readonly isLogged: (level: Written) => boolean;
  /** The same log in the name of another part. */
  readonly of: (part: string) => Log;
};

export type LogOptions = {
  readonly level: LogLevel;
  /** Which service or part speaks. */
  readonly part: string;
  /** Gets whole lines. */
  readonly write: (line: string) => void;
  /** A line for people instead of JSON. */
  readonly readable?: boolean;
};

export function createLog({ level, part, write, readable = false }: LogOptions): Log {
  const logger = pino(
    { level, base: { part }, timestamp: stdTimeFunctions.isoTime, messageKey: 'says', formatters: { level: (label) => ({ level: label }) } },
    { write: readable ? (line) => write(forPeople(line)) : write },
  );
  const at = (name: Written) => (says: string, fields: LogFields = {}) => logger[name](fields, says);
  return {
    debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'),
    isLogged: (name) => logger.isLevelEnabled(name),
    of: (other) => createLog({ level, part: other, write, readable }),
  };
}

/** `12:00:01 warn issuer: the chain cannot be read (code=chain-unavailable)` */
function forPeople(line: string): string {
  const { time, level, part, says, ...fields } = JSON.parse(line) as Record<string, unknown>; // we have just written it
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`).join(' ');
  return `${String(time).slice(11, 19)} ${String(level)} ${String(part)}: ${String(says)}${rest ? ` (${rest})` : ''}\n`;
}

/** For whoever wants no log. */
export const NO_LOG: Log = createLog({ level: 'silent', part: '', write: () => {} });
