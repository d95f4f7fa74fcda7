// Prescriptions: left for patients, handed to whichever pharmacy they choose, used once.
import { openExchange } from '../exchange.ts';
import type { Part } from '../part.ts';
import { createDesks } from './desks.ts';
import { PRESCRIPTION_MIGRATIONS } from './migration.ts';
import { prescriptionRoutes } from './routes.ts';

/** Milliseconds. */
const [OFTEN, SELDOM] = [60_000, 3_600_000];

export const PRESCRIPTIONS_PART: Part = {
  name: 'prescriptions',
  tags: { prescriptions: 'Prescriptions on their way to patients and pharmacies. The gateway reads none of them.' },
  migrations: PRESCRIPTION_MIGRATIONS,
  open(deps) {
    const exchange = openExchange(deps);
    const desks = createDesks(exchange);
    return {
      routes: prescriptionRoutes(exchange, desks),
      work: [
        { every: OFTEN, run: desks.forget, says: 'desks that are over cannot be deleted' },
        { every: SELDOM, run: () => deps.database.query('DELETE FROM prescription WHERE patient NOT IN (SELECT id FROM patient)'), says: 'prescriptions of patients who were forgotten cannot be deleted' },
      ],
    };
  },
};
