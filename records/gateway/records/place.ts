// The relationship that a member names, if it is one of its own. Whoever names another, one that has ended, or none at all, gets the same answer.
import type { AuditActor } from '#records/model/audit/index.ts';
import type { Decider } from '#records/model/consent/index.ts';
import type { Queryable } from '#server';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { PatientId } from '../patient-keys.ts';
import type { PatientConsents } from '../relationships/consents.ts';
import type { Hex, Relationship } from '../relationships/relationship.ts';
import { recordUnknown } from '../unknown.ts';

export type Place = { readonly patient: PatientId; readonly all: PatientConsents; readonly one: Relationship; readonly decide: Decider['decide'] };

/** @throws HealthpassError `record-unknown` unless the caller, or the organisation that it acts for, is its recipient */
export async function findPlace(exchange: Exchange, tx: Queryable, id: Hex, caller: Caller): Promise<Place> {
  const found = await exchange.consents.lockOf(tx, id);
  const { account, organisation } = exchange.current(caller); // others may have held the lock for a while
  const one = found?.all.find(id);
  if (!found || !one || (one.recipient !== account && one.recipient !== organisation)) throw recordUnknown();
  return { ...found, one, decide: deciderOf(exchange, found.all, one) };
}

/**
 * What is decided of a relationship: by the database, and only as long as the chain says the same. A gateway that was away, or comes back from an
 * older copy, holds consents that were taken back meanwhile; the index of the chain was read before the first request, and by several endpoints.
 */
export function deciderOf({ careIndex }: Pick<Exchange, 'careIndex'>, all: PatientConsents, { id, owner, grant, standing }: Relationship): Decider['decide'] {
  const word = careIndex.grantOf(owner, grant);
  if (standing === undefined || word === standing) return all.decider(id).decide;
  return () => ({ outcome: 'deny', reason: word === undefined ? 'revoked' : 'changed' });
}

export const actorOf = ({ account, organisation, roles }: Caller): AuditActor => ({
  kind: 'member', person: { address: account, ...(roles.find((role) => role !== 'patient') && { role: roles.find((role) => role !== 'patient')! }) }, ...(organisation && { organisation: { address: organisation } }),
});
