// healthpass revoke, suspend, reinstate: the issuer changes the status of credentials it has issued.
import { z } from 'zod';
import { STATUS_ACTIONS, type StatusAction } from '#contracts';
import { HealthpassError } from '#passport';
import { carryOut, refusals, takeIn } from '../campaign.ts';
import { text, type Command, type Invocation } from '../command.ts';
import { issuerClient } from '../issuer-client.ts';
import { serviceClient } from '../service-client.ts';
import { folderOf } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';

const SAYS = { revoke: 'Revoke credentials for good.', suspend: 'Suspend credentials until they are reinstated.', reinstate: 'Reinstate suspended credentials.' } as const;
const DONE = { revoke: 'revoked', suspend: 'suspended', reinstate: 'reinstated' } as const;
const answerSchema = z.object({ credentials: z.array(z.object({ id: z.string(), list: z.int(), index: z.int(), changed: z.boolean() })) });

export const statusCommands: readonly Command[] = STATUS_ACTIONS.map((action) => ({
  name: action, synopsis: `${action} ID… | --file FILE`, says: SAYS[action], least: 0, most: 10_000, takes: 'the ids of credentials, as issue printed them, or --file',
  options: { file: { type: 'string' }, 'dry-run': { type: 'boolean' } }, about: { file: 'a CSV or NDJSON file of ids, or the report of a campaign', 'dry-run': 'with --file: only say which could be' },
  async run({ positionals, options, terminal }) {
    const file = text(options, 'file');
    if ((file === undefined) === (positionals.length === 0)) throw new HealthpassError('usage', `${action} takes ids or --file`, { field: action });
    if (file !== undefined) return changeMany(action, file, options, terminal);
    const issuer = await issuerClient(folderOf(options));
    terminal.progress('writing to the chain');
    const { credentials } = answerSchema.parse(await issuer.post(`/credentials/${action}`, { ids: positionals }));
    terminal.result(credentials.map(({ id, changed }) => `${id} ${changed ? DONE[action] : `was ${DONE[action]} already`}`).join('\n'), { action, credentials });
    return 0;
  },
}));

/** The same for a file of ids, however long. */
async function changeMany(action: StatusAction, file: string, options: Invocation['options'], terminal: Terminal): Promise<number> {
  const issuer = await serviceClient(folderOf(options), 'issuer');
  const format = /\.(?:ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv';
  const draft = await takeIn(issuer, `/status-campaigns/file?action=${action}&format=${format}`, file, terminal);
  const isDry = options['dry-run'] === true;
  const ended = isDry ? draft : await carryOut(issuer, draft.id, terminal);
  const says = isDry ? `${ended.ready} of ${ended.total} rows can be ${DONE[action]}` : `${ended.done} of ${ended.total} rows ${DONE[action]}`;
  terminal.result([`campaign ${ended.id}`, says, ...await refusals(issuer, ended.id)].join('\n'), ended);
  return ended.state === 'paused' ? 1 : 0;
}
