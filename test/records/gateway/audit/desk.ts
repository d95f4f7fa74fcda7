// A gateway's log over a database of its own, with patients whose keys are there: as much of the gateway as the account of accesses needs.
import { randomBytes, randomUUID } from 'node:crypto';
import { createLocalKeyProvider, SEALING_MIGRATION, type Database, type Migrations } from '#server';
import { createAuditLog } from '#records/gateway/audit/log.ts';
import { AUDIT_MIGRATIONS } from '#records/gateway/audit/migration.ts';
import { MEMBERSHIP_MIGRATIONS } from '#records/gateway/membership/migration.ts';
import { createPatientKeys, type PatientId } from '#records/gateway/patient-keys.ts';
import { RELAY_MIGRATIONS } from '#records/gateway/relay/migration.ts';
import { createGatewaySigner } from '#records/gateway/signer.ts';
import { CHAIN } from '../../model/audit/ledger.ts';

/** The tables of the account of accesses, and those that it looks into. */
export const DESK_MIGRATIONS: Migrations = [SEALING_MIGRATION, ...RELAY_MIGRATIONS, ...AUDIT_MIGRATIONS, ...MEMBERSHIP_MIGRATIONS];

export function createDesk(database: () => Database, key = new Uint8Array(randomBytes(32)), sealing = new Uint8Array(randomBytes(32))) {
  const patientKeys = createPatientKeys(createLocalKeyProvider([sealing]));
  const signer = createGatewaySigner(key, CHAIN);
  const audit = createAuditLog({ patientKeys, signer, careIndex: { anchorsOf: () => [] }, config: { chainId: CHAIN } });
  return {
    patientKeys, signer, audit,
    async newPatient(): Promise<PatientId> {
      const patient = randomUUID() as string as PatientId;
      await patientKeys.add(database(), patient);
      return patient;
    },
  };
}
