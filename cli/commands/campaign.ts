// healthpass campaign: the rows of a file become credentials or offers; with --dry-run it is only said what would.
import { HealthpassError } from '#passport';
import { carryOut, refusals, save, takeIn } from '../campaign.ts';
import { text, type Command } from '../command.ts';
import { serviceClient } from '../service-client.ts';
import { folderOf } from '../surroundings.ts';

const FORMATS = { csv: 'csv', ndjson: 'ndjson', jsonl: 'ndjson', json: 'bundle' } as const;

export const campaign: Command = {
  name: 'campaign', synopsis: 'campaign FILE [--dry-run] [--mapping JSON] [--dates FORM] [--report FILE] [--pins FILE]',
  says: 'Issue, or offer, a credential for every row of a CSV, NDJSON or FHIR Bundle file.',
  least: 1, most: 1, takes: 'one file, or - for standard input',
  options: {
    'dry-run': { type: 'boolean' }, format: { type: 'string' }, mapping: { type: 'string' }, dates: { type: 'string' }, 'no-pin': { type: 'boolean' }, again: { type: 'boolean' },
    report: { type: 'string' }, pins: { type: 'string' },
  },
  about: {
    'dry-run': 'check every row and issue nothing', format: 'csv, ndjson or bundle; by the name of the file where it is not said', mapping: 'which column is called how, as {"product": "Impfstoff"}',
    dates: 'how dates are written, as DD.MM.YYYY', 'no-pin': 'offers without a PIN', again: 'issue again what an earlier campaign issued', report: 'write what became of each row here, as CSV',
    pins: 'write the PINs of the offers here, as CSV; they are given out once',
  },
  async run({ positionals, options, terminal }) {
    const file = positionals[0]!;
    const issuer = await serviceClient(folderOf(options), 'issuer');
    const query = new URLSearchParams({ format: formatOf(text(options, 'format'), file) });
    for (const name of ['mapping', 'dates'] as const) if (text(options, name) !== undefined) query.set(name, text(options, name)!);
    if (options['no-pin']) query.set('pin', 'false');
    if (options['again']) query.set('again', 'true');
    const draft = await takeIn(issuer, `/campaigns?${query}`, file, terminal);
    const isDry = options['dry-run'] === true;
    const ended = isDry ? draft : await carryOut(issuer, draft.id, terminal);
    for (const [name, method] of [['report', 'GET'], ['pins', 'POST']] as const) {
      const target = text(options, name);
      if (target !== undefined && !(isDry && name === 'pins')) await save(issuer, `/campaigns/${draft.id}/${name}?format=csv`, target, method);
    }
    const lines = [
      `campaign ${ended.id}`, ...(ended.sameAs === null ? [] : [`the same file as campaign ${ended.sameAs}`]),
      isDry ? `${ended.ready} of ${ended.total} rows can be issued` : `${ended.done} of ${ended.total} rows issued`, ...await refusals(issuer, ended.id),
      ...(ended.reason === null ? [] : [`it stopped: ${ended.reason}; mend that and resume it`]),
    ];
    terminal.result(lines.join('\n'), ended);
    return ended.state === 'paused' ? 1 : 0;
  },
};

function formatOf(said: string | undefined, file: string): string {
  const format = said ?? FORMATS[file.slice(file.lastIndexOf('.') + 1).toLowerCase() as keyof typeof FORMATS];
  if (format === undefined) throw new HealthpassError('usage', 'what is in the file? Give --format csv, ndjson or bundle', { field: '--format' });
  return format;
}
