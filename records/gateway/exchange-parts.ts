// The parts of the gateway by which patients and members exchange records.
import { EPOCH_MIGRATIONS } from './epochs/migration.ts';
import { openExchange } from './exchange.ts';
import { NOTICE_MIGRATIONS } from './notifications/notices.ts';
import { notificationRoutes } from './notifications/routes.ts';
import type { Part } from './part.ts';
import { RECORD_MIGRATIONS } from './records/migration.ts';
import { recordRoutes } from './records/routes.ts';
import { RELATIONSHIP_MIGRATIONS } from './relationships/migration.ts';
import { relationshipRoutes } from './relationships/routes.ts';
import { REQUEST_MIGRATIONS } from './requests/requests.ts';
import { requestRoutes } from './requests/routes.ts';

/** Milliseconds. */
const [OFTEN, SELDOM] = [2000, 60_000];

export const SHARING_PART: Part = {
  name: 'sharing',
  tags: { sharing: 'Members ask, patients consent: relationships, and the keys that go with them.' },
  migrations: [...RELATIONSHIP_MIGRATIONS, ...EPOCH_MIGRATIONS, ...REQUEST_MIGRATIONS],
  open(deps) {
    const exchange = openExchange(deps);
    return {
      routes: [...relationshipRoutes(exchange), ...requestRoutes(exchange)],
      work: [
        { every: OFTEN, run: exchange.standings.follow, says: 'consents cannot be read from the chain' },
        { every: OFTEN, run: exchange.standings.carryAll, says: 'consents cannot be carried to the chain' },
        { every: SELDOM, run: exchange.standings.compare, says: 'consents cannot be compared with the chain' },
      ],
    };
  },
};

export const RECORDS_PART: Part = {
  name: 'records',
  tags: { records: 'What is filed and read within a relationship. The gateway opens none of it.' },
  migrations: RECORD_MIGRATIONS,
  open: (deps) => ({ routes: recordRoutes(openExchange(deps)) }),
};

export const NOTIFICATIONS_PART: Part = {
  name: 'notifications',
  tags: { notifications: 'What is new, as it comes, decided anew for whoever listens.' },
  migrations: NOTICE_MIGRATIONS,
  open(deps) {
    const exchange = openExchange(deps);
    return { routes: notificationRoutes(exchange), work: [{ every: SELDOM, run: exchange.notices.forget, says: 'old notices cannot be deleted' }] };
  },
};
