// Members in an event are named as the directory has them at that moment: the patient reads names, also of who has left it since.
import type { Access, AuditActor } from '#records/model/audit/index.ts';
import type { Address } from '#records/model/members.ts';

type Named = { readonly address: Address; readonly name?: string };

/** Members in an access whose names were not said. */
export function namelessIn(access: Access): Address[] {
  const { actor } = access;
  const people: Named[] = [...(actor.kind === 'patient' ? [] : [actor.person]), ...(actor.kind === 'member' && actor.organisation ? [actor.organisation] : []), ...('recipient' in access ? [access.recipient] : [])];
  return people.filter(({ name }) => name === undefined).map(({ address }) => address);
}

/** The access with the names that are known and were not said. */
export function withNames(access: Access, names: ReadonlyMap<string, string>): Access {
  const named = <T extends Named>(person: T): T => {
    const name = person.name ?? names.get(person.address);
    return name === undefined ? person : { ...person, name };
  };
  const told: Access = { ...access, actor: namedActor(access.actor, named) };
  return 'recipient' in told ? { ...told, recipient: named(told.recipient) } : told;
}

function namedActor(actor: AuditActor, named: <T extends Named>(person: T) => T): AuditActor {
  if (actor.kind === 'patient') return actor;
  if (actor.kind === 'delegate') return { ...actor, person: named(actor.person) };
  return { ...actor, person: named(actor.person), ...(actor.organisation && { organisation: named(actor.organisation) }) };
}
