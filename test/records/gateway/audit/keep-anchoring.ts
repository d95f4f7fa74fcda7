// A process that enters accesses and anchors them, one after the other, and says what it acknowledged, until it is killed. Argument: JSON of where the
// database, the journal, the chain and its contracts are, and of whose keys to use.
import { writeSync } from 'node:fs';
import { Wallet } from 'ethers';
import { connect, createFileJournal, createSender, type CareDeployment } from '#contracts';
import type { UnixSeconds } from '#passport';
import { createAnchoring } from '#records/gateway/audit/anchoring.ts';
import { createAnchorChain } from '#records/gateway/audit/chain.ts';
import { createCheckpoints } from '#records/gateway/audit/checkpoints.ts';
import type { PatientId } from '#records/gateway/patient-keys.ts';
import { createBudget, RELAY_LIMITS } from '#records/gateway/relay/budget.ts';
import { createRelay } from '#records/gateway/relay/relay.ts';
import { openDatabase, type DatabasePlace } from '#server';
import { reading } from '../../model/audit/ledger.ts';
import { createDesk, DESK_MIGRATIONS } from './desk.ts';

export type Place = { readonly database: DatabasePlace | null; readonly journal: string; readonly url: string; readonly care: CareDeployment; readonly key: string; readonly sealing: string; readonly patient: PatientId };

const place = JSON.parse(process.argv[2]!) as Place;
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const database = await openDatabase(place.database ?? undefined, DESK_MIGRATIONS);
const { audit, signer } = createDesk(() => database, bytes(place.key), bytes(place.sealing));
const provider = connect(place.url, place.care.chainId);
const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;
const sender = createSender({ provider, wallet: new Wallet(`0x${place.key}`, provider), journal: createFileJournal(place.journal), poll: 20 });
const relay = createRelay({ database, budget: createBudget({ blind: (value) => new TextEncoder().encode(value), now, limits: RELAY_LIMITS }), provider, sender });
const anchor = createAnchoring({ checkpoints: createCheckpoints(database), chain: createAnchorChain({ relay, provider, signer, config: place.care as never }), now, pace: { every: 0, most: 1 } });
for (;;) {
  const { entry } = await database.transaction((tx) => audit.append(tx, { patient: place.patient, access: reading, now: now() }));
  writeSync(1, `entry ${entry.sequence}\n`);
  const checkpoint = await anchor();
  if (checkpoint) writeSync(1, `anchor ${checkpoint.sequence} ${checkpoint.root}\n`);
}
