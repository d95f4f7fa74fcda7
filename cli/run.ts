// One command line: finds the command, reads its options, runs it, and turns what it throws into words and an exit code.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { HealthpassError, isHealthpassError } from '#passport';
import { EXIT, type Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { createTerminal, type Streams } from './terminal.ts';

const GLOBAL_OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  data: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** Runs one command line. @returns the exit code */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  const terminal = createTerminal(argv.includes('--json'), streams);
  const print = (text: string): number => (streams.stdout.write(`${text}\n`), 0);
  try {
    const found = findCommand(argv);
    if (!found && isAsked(argv)) return print(overview());
    if (!found) throw unknownCommand(argv[0]!);
    const [command, rest] = found;
    const { values, positionals } = readOptions(command, rest);
    if (values['help'] === true) return print(help(command));
    if (positionals.length < command.least || positionals.length > command.most) throw usage(`${command.name} takes ${command.takes}${meant(COMMANDS.find(({ name }) => positionals.length > 0 && name.startsWith(`${command.name} `)))}`, command.name);
    return await command.run({ positionals, options: values as Record<string, string | boolean | undefined>, terminal });
  } catch (error) {
    terminal.failure(error);
    const command = findCommand(argv)?.[0].name;
    if (!terminal.json && isHealthpassError(error) && error.code === 'usage') streams.stderr.write(`See: healthpass ${command === undefined ? '' : `${command} `}--help\n`);
    return isHealthpassError(error) ? (EXIT[error.code] ?? 1) : 70;
  }
}

function findCommand(argv: readonly string[]): [Command, string[]] | undefined {
  for (const command of COMMANDS) {
    const words = command.name.split(' ');
    if (words.every((word, i) => argv[i] === word)) return [command, argv.slice(words.length)];
  }
  return undefined;
}

function readOptions(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { ...GLOBAL_OPTIONS, ...command.options }, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs names the option and, for some mistakes, its value: only the option is repeated.
    const option = /'(-[^' =]*)/.exec(error instanceof Error ? error.message : '')?.[1];
    throw usage(option ? `${command.name} has no such option, or it lacks its value: ${option}` : `the options of ${command.name} cannot be read`, option ?? command.name);
  }
}

const isAsked = (argv: readonly string[]): boolean => argv.length === 0 || ['--help', '-h', 'help'].includes(argv[0]!);

function overview(): string {
  const lines = COMMANDS.map(({ synopsis, says }) => `  ${synopsis}\n      ${says}`);
  return ['healthpass: issue, hold, present, verify and revoke health credentials', '', ...lines, '',
    'Every command takes --json, --data DIR (where the network keeps its files) and --help, after its name.'].join('\n');
}

function unknownCommand(name: string): HealthpassError {
  return usage(`there is no such command${meant(COMMANDS.find((command) => command.name.startsWith(name.slice(0, 3))))}`, 'command');
}

const meant = (near: Command | undefined): string => (near ? `; did you mean ${near.name}?` : '');

function help(command: Command): string {
  const options = Object.entries(command.about).map(([name, says]) => `  --${name.padEnd(18)} ${says}`);
  return [`healthpass ${command.synopsis}`, '', command.says, ...(options.length ? ['', ...options] : [])].join('\n');
}

const usage = (message: string, field: string) => new HealthpassError('usage', message, { field });
