// Sessions of accounts: a part of the gateway.
import type { Part } from '../part.ts';
import { SESSIONS_MIGRATIONS } from './migration.ts';
import { sessionRoutes } from './routes.ts';

export const SESSIONS_PART: Part = {
  name: 'sessions',
  tags: { sessions: 'Accounts sign in with a signature, for a time.' },
  migrations: SESSIONS_MIGRATIONS,
  open: (deps) => ({ routes: sessionRoutes(deps) }),
};
