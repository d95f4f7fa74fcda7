// healthpass audit verify: who read what, when and why, in words, and whether the account of it holds, by what the chain itself says.
import { HealthpassError, parseJson } from '#passport';
import { parseCareDeployment } from '#contracts';
import { accessInWords, loadAccessWords, verdictInWords, type AccessWords } from '#faces/words/accesses/index.ts';
import { verifyAccessLog, verifyAccessLogFile, type ChainPlace } from '#records/client/access-log.ts';
import { fetchConfig } from '#records/client/config.ts';
import { createGatewayClient } from '#records/client/http.ts';
import { parseAccessLogFile, readAuditEvent, type AccessLogFile, type LogEntry, type LogVerdict } from '#records/model/audit/index.ts';
import { readJsonFile } from '#server';
import { text, type Command, type Invocation } from '../command.ts';
import { endpointsOf, folderOf, now, readInput, writeOutput } from '../surroundings.ts';
import { at } from '../terminal.ts';

const MAX_BYTES = 500_000_000;
const LANGUAGE = 'en';

export const auditVerify: Command = {
  name: 'audit verify', synopsis: 'audit verify FILE | --session FILE [--gateway URL] [--care FILE] [--rpc URL[,URL…]] [--save FILE]',
  says: 'Who read what, when and why, and whether the account of it is complete, by what the chain says. Exit 0 complete, 1 it does not hold, 3 unreadable, 69 no chain or gateway, 77 no such session.',
  least: 0, most: 1, takes: 'the file of an account of accesses, or --session',
  options: { gateway: { type: 'string' }, session: { type: 'string' }, care: { type: 'string' }, rpc: { type: 'string' }, save: { type: 'string' } },
  about: {
    session: 'fetch the account with the token of the patient’s session in this file; - for standard input', gateway: 'from this gateway; the network’s unless said otherwise', care: 'where the contracts are; what the network keeps here unless said otherwise',
    rpc: 'chain endpoints, with commas between; more than half must agree', save: 'write the account to a file that anybody can verify',
  },
  async run({ positionals: [file], options, terminal }) {
    const session = text(options, 'session');
    if ((file === undefined) === (session === undefined)) throw new HealthpassError('usage', 'audit verify takes the file of an account, or --session to fetch one', { field: 'session' });
    const place = await chainPlace(options);
    terminal.progress('reading the chain');
    const { file: account, verdict } = session === undefined ? await fromFile(file!, place) : await fromGateway(session, options, place); // one of them is there, as was just checked
    const save = text(options, 'save');
    if (save !== undefined) await writeOutput(save, `${JSON.stringify(account)}\n`);
    const words = await loadAccessWords(LANGUAGE);
    const entries = account.entries.map((entry) => ({ sequence: entry.sequence, time: entry.time, ...told(entry, words) }));
    terminal.result(describe(account, verdict, words), { ...verdict, gateway: account.gateway, chainReadAt: account.chain, entries, ...(save ? { saved: save } : {}) });
    return verdict.outcome === 'complete' ? 0 : 1;
  },
};

/** What the caller or this installation knows; the gateway is not asked. */
async function chainPlace(options: Invocation['options']): Promise<ChainPlace> {
  const folder = folderOf(options);
  const [care, rpc] = [text(options, 'care') ?? folder.careDeployment, text(options, 'rpc')];
  const deployment = await readJsonFile(care);
  if (deployment === undefined) throw new HealthpassError('service-unavailable', 'it is not known where the contracts are; start a network with npm start, or say --care FILE', { field: 'care' });
  return { deployment: parseCareDeployment(deployment), endpoints: rpc === undefined ? [(await endpointsOf(folder)).rpc] : rpc.split(',') };
}

async function fromFile(file: string, place: ChainPlace): Promise<{ file: AccessLogFile; verdict: LogVerdict }> {
  const account = parseAccessLogFile(parseJson(await readInput(file, MAX_BYTES), { maxBytes: MAX_BYTES }));
  return { file: account, verdict: await verifyAccessLogFile(account, place) };
}

async function fromGateway(session: string, options: Invocation['options'], place: ChainPlace): Promise<{ file: AccessLogFile; verdict: LogVerdict }> {
  const url = text(options, 'gateway') ?? (await endpointsOf(folderOf(options))).records;
  if (url === undefined) throw new HealthpassError('service-unavailable', 'no gateway is known here; say --gateway URL', { field: 'gateway' });
  const token = new TextDecoder().decode(await readInput(session, 1000)).trim();
  const gateway = createGatewayClient({ url, fetch: fetch as never, token }); // the part of it that is used
  const { gateway: address } = await fetchConfig(gateway); // whether it may be one is for the chain to say
  return verifyAccessLog({ ...place, gateway, address, now });
}

type Told = { readonly sentence: string; readonly more: readonly string[]; readonly access?: unknown };

/** One entry that cannot be put into words hides none of the others. */
function told({ document }: LogEntry, words: AccessWords): Told {
  try {
    const read = readAuditEvent(document);
    const { sentence, more } = accessInWords(read, words, LANGUAGE);
    return { sentence: bare(sentence), more: more.map(bare), access: read.access };
  } catch {
    return { sentence: words.unreadable, more: [] };
  }
}

/** Terminals do not know the marks that keep names from turning a line; what they would turn is taken out of names already. */
const bare = (sentence: string): string => sentence.replace(/[\u2066-\u2069]/g, '');

function describe({ gateway, chain, entries }: AccessLogFile, verdict: LogVerdict, words: AccessWords): string {
  const width = String(entries.at(-1)?.sequence ?? 0).length;
  const lines = entries.flatMap((entry) => {
    const { sentence, more } = told(entry, words);
    return [`${String(entry.sequence).padStart(width)}  ${sentence}`, ...more.map((line) => `${' '.repeat(width + 2)}${line}`)];
  });
  const { headline, more } = verdictInWords(verdict, words, LANGUAGE);
  return [`Gateway ${gateway}; the chain as of block ${chain.block}, ${at(chain.time)}`, ...lines, '', bare(headline), ...more.map((line) => `  ${bare(line)}`)].join('\n');
}
