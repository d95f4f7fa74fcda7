// healthpass revoke, suspend, reinstate: the issuer changes the status of credentials it has issued.
import { z } from 'zod';
import { STATUS_ACTIONS } from '#contracts';
import type { Command } from '../command.ts';
import { issuerClient } from '../issuer-client.ts';
import { folderOf } from '../surroundings.ts';

const SAYS = { revoke: 'Revoke credentials for good.', suspend: 'Suspend credentials until they are reinstated.', reinstate: 'Reinstate suspended credentials.' } as const;
const DONE = { revoke: 'revoked', suspend: 'suspended', reinstate: 'reinstated' } as const;
const answerSchema = z.object({ credentials: z.array(z.object({ id: z.string(), list: z.int(), index: z.int(), changed: z.boolean() })) });

export const statusCommands: readonly Command[] = STATUS_ACTIONS.map((action) => ({
  name: action, synopsis: `${action} ID…`, says: SAYS[action], least: 1, most: 10_000, takes: 'the ids of credentials, as issue printed them', options: {}, about: {},
  async run({ positionals, options, terminal }) {
    const issuer = await issuerClient(folderOf(options));
    terminal.progress('writing to the chain');
    const { credentials } = answerSchema.parse(await issuer.post(`/credentials/${action}`, { ids: positionals }));
    terminal.result(credentials.map(({ id, changed }) => `${id} ${changed ? DONE[action] : `was ${DONE[action]} already`}`).join('\n'), { action, credentials });
    return 0;
  },
}));
