// healthpass trust: what is known of the chain, and how old that is; a bundle of it for devices without network.
import { HealthpassError, differencesOf, parseJson, type TrustState } from '#passport';
import { text, type Command } from '../command.ts';
import { folderOf, knownTrust, now, policies, readBundle, readInput, saveBundle } from '../surroundings.ts';
import { ago, at } from '../terminal.ts';

const BUNDLE_MAX_BYTES = 50_000_000;

export const trust: Command = {
  name: 'trust', synopsis: 'trust [--save FILE] [--check FILE] [--offline]', says: 'What is known of issuers and revocations, and how old it is.',
  least: 0, most: 0, takes: 'no words besides its options', options: { save: { type: 'string' }, check: { type: 'string' }, offline: { type: 'boolean' } },
  about: { save: 'write a trust bundle for devices without network', check: 'compare a trust bundle with the chain', offline: 'use what was kept of the chain' },
  async run({ options, terminal }) {
    const known = await knownTrust(folderOf(options), { offline: options['offline'] === true });
    if (!known) throw new HealthpassError('no-trust-data', 'nothing is known yet; connect once to read the chain', { field: 'trust' });
    const [save, check] = [text(options, 'save'), text(options, 'check')];
    if (check !== undefined) return checkBundle(check, known.trust, known.source, terminal);
    if (save !== undefined) await saveBundle(save, known.trust);
    terminal.result(`${describe(known.trust, known.source, known.problem)}${save ? `\nWritten to ${save}.` : ''}`, { source: known.source, problem: known.problem, ...summary(known.trust), ...(save ? { saved: save } : {}) });
    return 0;
  },
};

async function checkBundle(file: string, chain: TrustState, source: string, terminal: Parameters<Command['run']>[0]['terminal']): Promise<number> {
  if (source !== 'chain') throw new HealthpassError('chain-unavailable', 'the chain cannot be read, so the bundle cannot be compared with it', { field: 'chain' });
  const bundle = await readBundle(parseJson(await readInput(file, BUNDLE_MAX_BYTES), { maxBytes: BUNDLE_MAX_BYTES }));
  const differences = differencesOf(bundle.trust, chain);
  terminal.result(differences.length === 0 ? `The bundle is the chain’s own, as of ${ago(now() - bundle.trust.syncedAt)}.` : `The bundle differs from the chain: ${differences.join(', ')}.`, { agrees: differences.length === 0, differences, syncedAt: bundle.trust.syncedAt });
  return differences.length === 0 ? 0 : 1;
}

function describe(state: TrustState, source: string, problem: string | undefined): string {
  const current = state.roots.findLast(({ final }) => final);
  const issuers = state.issuers.map(({ name, accreditedBy, latestStatus, did }) => `  ${name} (${latestStatus}), accredited by ${accreditedBy}\n    ${did}`);
  const lists = state.lists.map(({ id, words, latestWords }) => `  list ${id}: ${countBits(words)} blocked${countBits(latestWords) === countBits(words) ? '' : `, ${countBits(latestWords)} in the latest block`}`);
  return [
    `Chain ${state.chainId}, read ${ago(now() - state.syncedAt)}${source === 'bundle' ? ` (kept; the chain cannot be read now${problem ? `: ${problem}` : ''})` : ''}`,
    `  final block ${state.finalized.number}, of ${at(state.finalized.time)} (${ago(now() - state.finalized.time)})`,
    `  latest block ${state.latest.number}`,
    `  registry root ${current ? `0x${current.root.toString(16).slice(0, 12)}… since ${at(current.since)}` : 'none'}, ${state.roots.length} known`,
    'Issuers', ...(issuers.length > 0 ? issuers : ['  none']),
    'Status lists', ...(lists.length > 0 ? lists : ['  none']),
    'Policies', ...policies.map(({ id, version, title }) => `  ${id}, version ${version}: ${title.en}`),
  ].join('\n');
}

const summary = (state: TrustState) => ({
  chainId: state.chainId, syncedAt: state.syncedAt, finalized: state.finalized, latest: state.latest,
  roots: state.roots.length, issuers: state.issuers.map(({ did, name, latestStatus }) => ({ did, name, status: latestStatus })),
  lists: state.lists.map(({ id, latestWords }) => ({ id, blocked: countBits(latestWords) })), policies: policies.map(({ id, version }) => `${id}@${version}`),
});

const countBits = (words: ReadonlyMap<number, bigint>): number =>
  [...words.values()].reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0);
