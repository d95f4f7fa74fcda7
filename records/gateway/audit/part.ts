// The account of accesses: a part of the gateway.
import type { Part } from '../part.ts';
import { createAnchoring } from './anchoring.ts';
import { createAnchorChain } from './chain.ts';
import { createCheckpoints } from './checkpoints.ts';
import { AUDIT_MIGRATIONS } from './migration.ts';
import { logRoutes } from './routes.ts';

export const LOG_PART: Part = {
  name: 'log',
  tags: { accesses: 'Who read what, when and why: entered for each access before anything is given out, and provable by the patient alone.' },
  migrations: AUDIT_MIGRATIONS,
  open: (deps) => ({
    routes: logRoutes(deps),
    work: [{ every: 5_000, run: createAnchoring({ checkpoints: createCheckpoints(deps.database), chain: createAnchorChain(deps), now: deps.now }), says: 'the account of accesses cannot be anchored' }],
  }),
};
