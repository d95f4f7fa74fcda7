// Whether one who listens is told of something, decided at the moment of telling: by the session, the roles and the consents of that moment.
import type { Purpose } from '#records/model/purposes.ts';
import type { Ability } from '#records/model/members.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { PatientId } from '../patient-keys.ts';
import { deciderOf } from '../records/place.ts';
import { isLive, type Hex } from '../relationships/relationship.ts';
import type { KeptNotice, Notice } from './notices.ts';

/** `ends`: a relationship that the stream rests on is over, and so is the stream. */
export type Told = { readonly event: Readonly<Record<string, string>>; readonly ends: boolean };
export type Listening = { readonly relationship?: Hex | undefined; readonly purpose: Purpose };

/** Undefined: nothing of it is for this listener. */
export async function tell(exchange: Exchange, caller: Caller, notice: KeptNotice, listening: Listening): Promise<Told | undefined> {
  if (notice.kind === 'letter') return listening.relationship === undefined && caller.abilities.has('dispense') ? { event: { kind: 'letter', subject: notice.subject }, ends: false } : undefined;
  const { kind, patient, relationship, subject } = notice;
  if (listening.relationship !== undefined && listening.relationship !== relationship) return undefined;
  if (caller.patient === patient) return { event: { kind, ...(relationship && { relationship }), ...(subject && { subject }) }, ends: false };
  return tellMember(exchange, caller, notice, listening);
}

/** Whether the relationship that a stream rests on has ended for who listens, also at its time, or past the gateway. */
export async function isOver({ database, consents, now }: Exchange, { account, organisation, patient }: Caller, relationship: Hex): Promise<boolean> {
  const [row] = await database.query<{ patient: PatientId }>('SELECT r.patient FROM relationship r JOIN patient p ON p.id = r.patient WHERE r.id = $1', [relationship]);
  if (row && row.patient === patient) return false;
  const one = row && (await consents.read(database, row.patient)).find(relationship);
  return !one || !isLive(one, now()) || (one.recipient !== account && one.recipient !== organisation);
}

/** Those who take part in emergencies. */
const IN_EMERGENCIES: readonly Ability[] = ['emergency-ask', 'emergency-approve'];

async function tellMember(exchange: Exchange, { account, organisation, abilities }: Caller, { kind, patient, relationship, record, subject }: Notice, { purpose }: Listening): Promise<Told | undefined> {
  const { database, consents, now } = exchange;
  // It was addressed to the hospital that asks and to those that hold a part, and says no more than that there is something to look at.
  if (kind === 'emergency') return subject === undefined || !IN_EMERGENCIES.some((ability) => abilities.has(ability)) ? undefined : { event: { kind, subject }, ends: false };
  if (relationship === undefined || (kind !== 'relationship' && kind !== 'records')) return undefined;
  const at = now();
  if ((await database.query('SELECT 1 FROM patient WHERE id = $1', [patient])).length === 0) return undefined; // forgotten since
  const all = await consents.read(database, patient);
  const one = all.find(relationship);
  if (!one || one.policy.effect === 'deny' || (one.recipient !== account && one.recipient !== organisation)) return undefined;
  if (kind === 'relationship') return isLive(one, at) ? { event: { kind, relationship }, ends: false } : { event: { kind: 'over', relationship }, ends: true };
  if (!record || !isLive(one, at)) return undefined;
  const { outcome } = deciderOf(exchange, all, one)({ person: account, ...(organisation && { organisation }), purpose, time: at, action: 'read', record });
  return outcome === 'permit' ? { event: { kind, relationship }, ends: false } : undefined;
}
