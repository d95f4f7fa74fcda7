// The parts of the gateway, in the order in which their tables are made.
import { RATE_LIMIT_MIGRATION, SEALING_MIGRATION, type Migrations } from '#server';
import { LOG_PART } from './audit/part.ts';
import { CARE_CHECKPOINT_MIGRATIONS } from './care-checkpoint/migration.ts';
import { EMERGENCY_PART } from './emergency/part.ts';
import { DELEGATES_PART } from './delegates/part.ts';
import { NOTIFICATIONS_PART, RECORDS_PART, SHARING_PART } from './exchange-parts.ts';
import { GUARDIANS_PART } from './guardians/part.ts';
import type { Part } from './part.ts';
import { MEMBERSHIP_PART } from './membership/part.ts';
import { PRESCRIPTIONS_PART } from './prescriptions/part.ts';
import { RELAY_MIGRATIONS } from './relay/migration.ts';
import { SESSIONS_PART } from './sessions/part.ts';

export const PARTS: readonly Part[] = [
  SESSIONS_PART,
  MEMBERSHIP_PART,
  LOG_PART,
  SHARING_PART,
  RECORDS_PART,
  NOTIFICATIONS_PART,
  GUARDIANS_PART,
  EMERGENCY_PART,
  DELEGATES_PART,
  PRESCRIPTIONS_PART,
];

export const RECORDS_MIGRATIONS: Migrations = [SEALING_MIGRATION, RATE_LIMIT_MIGRATION, ...CARE_CHECKPOINT_MIGRATIONS, ...RELAY_MIGRATIONS, ...PARTS.flatMap(({ migrations }) => migrations)];
