// Libraries write to the console what they like: whole errors with what was sent in their messages. Of that only the names are logged.
import { nameOfError } from './errors.ts';
import type { Log } from './log.ts';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

/** From here on, whatever is written to `target` becomes a line of the log that says who broke and nothing else. */
export function quietConsole(target: Pick<Console, (typeof METHODS)[number]>, log: Log): void {
  for (const method of METHODS) {
    target[method] = (...given: unknown[]) => {
      const errors = given.filter((one) => one instanceof Error);
      log.warn('a library wrote to the console', errors.length > 0 ? { errors: errors.map(nameOfError) } : {});
    };
  }
}
