// Emergency access: opened by several hospitals together, told to the patient at once, reviewed afterwards.
import { openExchange } from '../exchange.ts';
import type { Part } from '../part.ts';
import { endOverdue, openEmergencies } from './emergencies.ts';
import { EMERGENCY_MIGRATIONS } from './migration.ts';
import { emergencyRoutes } from './routes.ts';

/** Milliseconds. */
const [OFTEN, SELDOM] = [15_000, 3_600_000];

export const EMERGENCY_PART: Part = {
  name: 'emergency',
  tags: { emergency: 'Records that several hospitals open together when the patient cannot be asked. The gateway opens none of them.' },
  migrations: EMERGENCY_MIGRATIONS,
  open(deps) {
    const emergencies = openEmergencies(openExchange(deps));
    return {
      routes: emergencyRoutes(emergencies),
      work: [
        { every: OFTEN, run: () => endOverdue(emergencies), says: 'emergency accesses that are over cannot be ended' },
        { every: SELDOM, run: () => deps.database.query('DELETE FROM emergency_setting WHERE patient NOT IN (SELECT id FROM patient)'), says: 'what patients laid ready who were forgotten cannot be deleted' },
      ],
    };
  },
};
