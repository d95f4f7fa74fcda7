// What operators may see of the writes to the chain: counts, ages and states; never which credential.
import { z } from 'zod';
import { route, type Route } from '#server';
import type { Outbox } from './outbox.ts';
import { WRITE_KINDS } from './schema.ts';

const answer = z.object({
  pending: z.int().meta({ description: 'Writes that are not mined yet' }),
  kinds: z.partialRecord(z.enum(WRITE_KINDS), z.int()).meta({ description: 'The same by what they are for' }),
  oldestSeconds: z.int().meta({ description: 'Age of the oldest of them' }),
  unfinal: z.int().meta({ description: 'Transactions that are mined and not final' }),
  writer: z.enum(['writing', 'standing by', 'stopped']).meta({ description: 'What this process does: one of several writes' }),
  trouble: z.string().optional().meta({ description: 'Code and field of what keeps the writes from being made' }),
  lastBlock: z.int().optional(),
  gasBalance: z.string().optional().meta({ description: 'Wei' }),
});

export const chainWriteRoutes = (state: Outbox['state']): Route[] => [
  route({
    method: 'get', path: '/chain-writes', summary: 'Say what waits to be written to the chain', tag: 'operations', permission: 'audit:read',
    answers: { 200: { description: 'How much, how old, and what holds it up', schema: answer } },
    async run() {
      const { gasBalance, ...rest } = await state();
      return { ...rest, gasBalance: gasBalance?.toString() };
    },
  }),
];
