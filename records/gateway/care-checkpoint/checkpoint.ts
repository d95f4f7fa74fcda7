// The checkpoint of the index of the chain, in the gateway's database. Sealed: whoever could change it would make doctors of strangers.
import type { CheckpointStore } from '#contracts';
import type { Database, Sealer } from '#server';

const CONTEXT = 'care-checkpoint';

export const createCareCheckpoint = ({ database, sealer }: { readonly database: Database; readonly sealer: Sealer }): CheckpointStore => ({
  async load() {
    const [row] = await database.query<{ sealed: Uint8Array }>('SELECT sealed FROM care_checkpoint');
    return row && sealer.open(CONTEXT, row.sealed).catch(() => undefined); // changed, or under another key: the chain is read from the start
  },
  async save(checkpoint) {
    await database.query('INSERT INTO care_checkpoint (one, sealed) VALUES (true, $1) ON CONFLICT (one) DO UPDATE SET sealed = excluded.sealed', [await sealer.seal(CONTEXT, checkpoint)]);
  },
});
