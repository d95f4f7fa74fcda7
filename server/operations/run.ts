// A program from its start to its end: settings, logs, signals, and an end in order. Main files say what runs in between.
import { isHealthpassError } from '#passport';
import { readSettings, unknownVariables, type Environment, type Settings, type Variables } from '../config.ts';
import { KNOWN_VARIABLES } from '../variables.ts';
import { createClosers, type Closers } from './closers.ts';
import { framesOf, nameOfError } from './errors.ts';
import { createLog, type Log, type LogLevel } from './log.ts';
import { quietConsole } from './quiet-console.ts';
import { endOnSignals, type EndingProcess } from './shutdown.ts';
import { startTelemetry, type Telemetry, type TelemetryOptions } from './telemetry.ts';

/** Of `process`, what a program needs. */
export type HostProcess = EndingProcess & { readonly env: Environment; readonly stdout: { readonly isTTY?: boolean; readonly write: (text: string) => unknown } };

export type Program<V extends Variables> = {
  readonly name: string;
  readonly variables: V;
  /** Logged where HEALTHPASS_LOG says nothing. */
  readonly level: LogLevel;
};

export type Running<V extends Variables> = Settings<V> & {
  readonly log: Log;
  /** What was started, to be ended in the opposite order. */
  readonly closers: Closers;
  readonly telemetry: Telemetry;
  /** Aborted when the program is told to end. */
  readonly stopping: AbortSignal;
};

type CommonConfig = TelemetryOptions & { readonly HEALTHPASS_LOG?: LogLevel | undefined; readonly HEALTHPASS_DRAIN?: number };

/** Milliseconds that jobs, databases and traces have to end, after the requests under way. */
const PATIENCE = 20_000;

/** Runs a program until it is told to end. What goes wrong at its start ends it with code 1. */
export async function runProgram<V extends Variables>(host: HostProcess, { name, variables, level }: Program<V>, start: (running: Running<V>) => Promise<void>): Promise<void> {
  const write = (line: string) => void host.stdout.write(line);
  let log = createLog({ level, part: name, write, readable: host.stdout.isTTY === true });
  const closers = createClosers();
  let drain = 10;
  const stopping = new AbortController();
  const begin = async () => {
    const settings = await readSettings(host.env, variables);
    const config = settings.config as CommonConfig; // every program has these
    log = createLog({ level: config.HEALTHPASS_LOG ?? level, part: name, write, readable: host.stdout.isTTY === true });
    drain = config.HEALTHPASS_DRAIN ?? drain;
    quietConsole(console, log.of('library'));
    for (const unknown of unknownVariables(host.env, [variables], KNOWN_VARIABLES)) log.warn(`${unknown} is read by nothing: is it mistyped?`);
    const telemetry = await startTelemetry(name, config, log, closers);
    await start({ ...settings, log, closers, stopping: stopping.signal, telemetry });
    telemetry.started();
  };
  const started = begin();
  endOnSignals(host, {
    limit: () => PATIENCE + drain * 1000,
    onTrouble: (says) => log.error(says),
    async stop() {
      log.info('told to end');
      stopping.abort();
      await started.catch(() => {}); // what is half started is ended whole
      await closers.stop();
      log.info('ended in order');
    },
  });
  try {
    await started;
  } catch (error) {
    if (stopping.signal.aborted) return;
    log.error(`cannot start: ${isHealthpassError(error) ? error.message : 'something unforeseen went wrong'}`, { code: nameOfError(error), at: framesOf(error) });
    await closers.stop().catch(() => {}); // what ended it is told already
    host.exit(1);
  }
}
