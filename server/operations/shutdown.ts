// How a process ends: the first signal lets it finish what runs, the second ends it at once, and an error that nobody caught is told by name only.
import { nameOfError } from './errors.ts';

/** Of `process`, what ends it. */
export type EndingProcess = {
  readonly on: (event: 'SIGTERM' | 'SIGINT' | 'uncaughtException' | 'unhandledRejection', listener: (reason: unknown) => void) => unknown;
  readonly exit: (code: number) => void;
};

export type EndOptions = {
  /** Ends everything in order. */
  readonly stop: () => Promise<unknown>;
  /** Told what happens, in words without values. */
  readonly onTrouble: (says: string) => void;
  /** Milliseconds that stopping may take; asked when it begins. */
  readonly limit?: () => number;
};

const LIMIT = 30_000;

/** Ends the process in order when it is told to, and at once when it is told again or does not manage in time. */
export function endOnSignals(running: EndingProcess, { stop, onTrouble, limit = () => LIMIT }: EndOptions): void {
  let stopping = false;
  const end = () => {
    if (stopping) return running.exit(1);
    stopping = true;
    setTimeout(() => {
      onTrouble('it did not end in time and is ended at once');
      running.exit(1);
    }, limit()).unref();
    stop().then(() => running.exit(0), (error: unknown) => {
      onTrouble(`it did not end in order (${nameOfError(error)})`);
      running.exit(1);
    });
  };
  running.on('SIGTERM', end);
  running.on('SIGINT', end);
  const die = (error: unknown) => {
    onTrouble(`an error that nobody caught ends it (${nameOfError(error)})`);
    running.exit(1);
  };
  running.on('uncaughtException', die);
  running.on('unhandledRejection', die);
}
