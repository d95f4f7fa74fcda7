// Membership: who takes part, decided by bodies whose signatures the gateway carries to the chain.
import type { Part } from '../part.ts';
import { applicationRoutes } from './application-routes.ts';
import { createApplications } from './applications.ts';
import { createDeciding } from './deciding.ts';
import { createDirectory } from './directory.ts';
import { memberRoutes } from './member-routes.ts';
import { MEMBERSHIP_MIGRATIONS } from './migration.ts';
import { createPatients } from './patients.ts';
import { createStaff } from './staff.ts';

const [HOLDS_EVERY, RESUME_EVERY, FORGET_EVERY] = [1000, 5000, 3_600_000];

export const MEMBERSHIP_PART: Part = {
  name: 'membership',
  tags: {
    membership: 'Who takes part and as what: applications, what bodies decide about them, standing, keys.',
    directory: 'Members by name and role, with the keys that others seal to.',
  },
  migrations: MEMBERSHIP_MIGRATIONS,
  async open(deps) {
    const [applications, directory] = [createApplications(deps), createDirectory(deps)];
    const deciding = createDeciding(deps, applications, directory);
    const [patients, staff] = [createPatients(deps, deciding, applications), createStaff(deps)];
    await staff.refresh();
    await deciding.orders.refresh(); // who was to be suspended when an earlier process ended is suspended from the first request on
    return {
      routes: [...applicationRoutes(deps, applications, deciding, staff), ...memberRoutes(deps, { applications, deciding, directory, patients })],
      work: [
        { every: HOLDS_EVERY, run: deciding.orders.refresh, says: 'suspensions under way cannot be read' },
        { every: HOLDS_EVERY, run: staff.refresh, says: 'whom organisations have confirmed cannot be read' },
        { every: RESUME_EVERY, run: deciding.orders.resume, says: 'decisions of bodies cannot be carried on' },
        { every: FORGET_EVERY, run: applications.forget, says: 'old applications cannot be deleted' },
      ],
    };
  },
};
