// A patient's own index: everything that is filed, with the keys sealed to the epochs that the patient alone derives. That is entered in the log too,
// once for a look: whoever got hold of a session leaves a trace.
import type { z } from 'zod';
import type { ownAnswerSchema, ownSchema } from '#records/model/exchange/wire.ts';
import type { Exchange } from '../exchange.ts';
import type { Owner } from '../relationships/changes.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

export async function listOwn({ database, entries, audit, sealer, now }: Exchange, { patient, account }: Owner, query: z.output<typeof ownSchema>): Promise<z.input<typeof ownAnswerSchema>> {
  const at = now();
  const { cursor, limit, ...asked } = query;
  const bound = [account, 'own', asked];
  return database.transaction(async (tx) => {
    const after = cursor === undefined ? undefined : await decodeCursor(sealer, bound, cursor, at);
    const found = await entries.list(tx, patient, asked, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const { categories, from, until, records } = asked;
    if (!after) {
      await audit.append(tx, { patient, now: at, access: {
        kind: 'read', actor: { kind: 'patient' }, purpose: 'PATRQT', asked: { ...(categories && { categories }), ...(from && { from }), ...(until && { until }), ...(records && { records: records.slice(0, 200) }) },
        released: page.slice(0, 200).map(({ meta: { id, category } }) => ({ id, category })),
      } });
    }
    return { entries: page, ...(found.length > limit && { next: await encodeCursor(sealer, bound, page.at(-1)!.meta, at) }) }; // a limit is one at least
  });
}
