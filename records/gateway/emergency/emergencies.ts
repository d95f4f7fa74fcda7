// What emergencies stand on, and how each step is told: to the patient at once, and in the patient's log.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import type { EmergencyStep } from '#records/model/audit/access.ts';
import type { AuditActor } from '#records/model/audit/index.ts';
import type { Exchange } from '../exchange.ts';
import { createCaseBook, type Case, type CaseBook } from './cases.ts';
import { createEmergencyChain, type EmergencyChain } from './chain.ts';
import { createSettingBook, type SettingBook } from './settings.ts';

export type Emergencies = Exchange & { readonly onChain: EmergencyChain; readonly settings: SettingBook; readonly cases: CaseBook };

export function openEmergencies(exchange: Exchange): Emergencies {
  const onChain = createEmergencyChain(exchange.provider, exchange.care);
  return { ...exchange, onChain, settings: createSettingBook(exchange), cases: createCaseBook(exchange, onChain) };
}

/** Ends what is over, so that the patient's log says when. */
export async function endOverdue(emergencies: Emergencies): Promise<void> {
  const { database, cases } = emergencies;
  for (const one of await cases.overdue(database)) await database.transaction(async (tx) => {
    if (await cases.end(tx, one.id)) await enter(emergencies, tx, one, 'ended', { kind: 'member', person: { address: one.asked.institution } });
  });
}

/** Enters a step in the patient's log and tells the patient at once, and the hospitals that ask or hold a part. Within the transaction of the step, as its last statement. */
export async function enter({ audit, notices, now }: Emergencies, tx: Queryable, { patient, id, asked, custodians }: Pick<Case, 'patient' | 'id' | 'asked' | 'custodians'>, step: EmergencyStep, actor: AuditActor, reason?: string): Promise<void> {
  const notice = { kind: 'emergency', patient, subject: id } as const;
  const hospitals = [...new Set([asked.institution, ...custodians])];
  await notices.add(tx, notice, ...hospitals.map((recipient) => ({ ...notice, recipient, quiet: true })));
  await audit.append(tx, { patient, now: now(), access: { kind: 'emergency', step, actor, emergency: id, ...(reason !== undefined && { reason }) } });
}

export const isOver = (): HealthpassError => new HealthpassError('emergency-over', 'the access has ended', { field: 'id' });
export const isWaiting = (): HealthpassError => new HealthpassError('emergency-waiting', 'too few institutions have approved', { field: 'id' });
