// What the events of the care contracts add up to. A book may lie on another and hold only what differs: what is final is one, what the newest blocks
// say lies on it and is thrown away with them. An event that the contracts cannot have emitted is a lie. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { roleBit, type Address, type Role } from '#records/model/members.ts';
import type { Bytes32, CareEvent } from './events.ts';

export type RoleTermsOnChain = { readonly organisation: Address | undefined; readonly until: UnixSeconds; readonly by: Address };
export type MemberRecord = { readonly roles: ReadonlyMap<Role, RoleTermsOnChain>; readonly suspended: number };
export type DelegationOnChain = { readonly scope: number; readonly until: UnixSeconds };
export type Anchor = { readonly sequence: number; readonly root: Bytes32; readonly time: UnixSeconds };
export type EmergencyOnChain = {
  readonly institution: Address;
  readonly commitment: Bytes32;
  readonly until: UnixSeconds;
  /** Other hospitals, in the order in which they approved. */
  readonly approvals: readonly Address[];
  readonly review: { readonly body: Address; readonly finding: Bytes32 } | undefined;
};
export type UseOfPrescription = { readonly use: 'dispensed' | 'void'; readonly by: Address };

export type Shelf<Value> = {
  readonly get: (key: string) => Value | undefined;
  /** Undefined takes it away. */
  readonly set: (key: string, value: Value | undefined) => void;
  readonly entries: () => Map<string, Value>;
  /** Its own part into the shelf that it lies on. */
  readonly sink: () => void;
};

function createShelf<Value>(below?: Shelf<Value>): Shelf<Value> {
  const own = new Map<string, Value | undefined>();
  return {
    get: (key) => (own.has(key) ? own.get(key) : below?.get(key)),
    set: (key, value) => void (value === undefined && !below ? own.delete(key) : own.set(key, value)),
    entries() {
      const all = below?.entries() ?? new Map<string, Value>();
      for (const [key, value] of own) if (value === undefined) all.delete(key); else all.set(key, value);
      return all;
    },
    sink: () => own.forEach((value, key) => below?.set(key, value)),
  };
}

export type CareBook = {
  readonly bodies: Shelf<number>;
  readonly members: Shelf<MemberRecord>;
  readonly grants: Shelf<Bytes32>;
  readonly delegates: Shelf<DelegationOnChain>;
  /** How many anchors a gateway has; each by gateway and number. */
  readonly heads: Shelf<number>;
  readonly anchors: Shelf<Anchor>;
  readonly emergencies: Shelf<EmergencyOnChain>;
  readonly uses: Shelf<UseOfPrescription>;
};

export const createBook = (below?: CareBook): CareBook => ({
  bodies: createShelf(below?.bodies), members: createShelf(below?.members), grants: createShelf(below?.grants), delegates: createShelf(below?.delegates),
  heads: createShelf(below?.heads), anchors: createShelf(below?.anchors),
  emergencies: createShelf(below?.emergencies), uses: createShelf(below?.uses),
});

/** Puts what a book holds into the one that it lies on. */
export const sinkBook = (book: CareBook): void => Object.values(book).forEach((shelf) => shelf.sink());

export const pairKey = (first: string, second: string | number): string => `${first}/${second}`;

/** @throws HealthpassError `chain-inconsistent` */
export function writeEvent(book: CareBook, event: CareEvent): void {
  switch (event.kind) {
    case 'body': return book.bodies.set(event.body, event.roles || undefined);
    case 'role-granted': return changeMember(book, event.member, ({ roles, suspended }) => ({ roles: new Map(roles).set(event.role, termsOf(event)), suspended }));
    case 'role-withdrawn': return changeMember(book, event.member, ({ roles, suspended }) => ({ roles: new Map([...roles].filter(([role]) => role !== event.role)), suspended }));
    case 'suspension': return changeMember(book, event.member, ({ roles }) => ({ roles, suspended: event.suspended }));
    case 'granted': return book.grants.set(pairKey(event.owner, event.id), event.word);
    case 'revoked': return takeAway(book.grants, pairKey(event.owner, event.id));
    case 'delegate': return book.delegates.set(pairKey(event.owner, event.delegate), event.scope === 0 ? undefined : { scope: event.scope, until: event.until });
    case 'anchored': return append(book, event);
    case 'emergency-opened': return add(book.emergencies, event.id, { institution: event.institution, commitment: event.commitment, until: event.until, approvals: [], review: undefined });
    case 'emergency-approved': return approve(book, event);
    case 'emergency-reviewed': return changeEmergency(book, event.id, (emergency) => ({ ...emergency, review: { body: event.body, finding: event.finding } }));
    case 'prescription-used': return add(book.uses, event.nullifier, { use: event.use, by: event.by });
  }
}

/** Bit of a suspension by governance. */
const IN_EVERY_ROLE = 1 << 15;
export const isSuspended = ({ suspended }: MemberRecord, role: Role): boolean => (suspended & (IN_EVERY_ROLE | (1 << roleBit(role)))) !== 0;

/** Whether a role of a member stands at a time: granted, not over, not suspended. */
export const stands = (member: MemberRecord, role: Role, now: number): boolean => now < (member.roles.get(role)?.until ?? 0) && !isSuspended(member, role);

const termsOf = ({ organisation, until, by }: RoleTermsOnChain): RoleTermsOnChain => ({ organisation, until, by });

function changeMember({ members }: CareBook, member: Address, change: (record: MemberRecord) => MemberRecord): void {
  members.set(member, change(members.get(member) ?? { roles: new Map(), suspended: 0 }));
}

function append({ heads, anchors }: CareBook, { gateway, sequence, root, time }: CareEvent & { kind: 'anchored' }): void {
  if (sequence !== (heads.get(gateway) ?? 0) + 1) throw lie('an anchor is missing');
  heads.set(gateway, sequence);
  anchors.set(pairKey(gateway, sequence), { sequence, root, time });
}

function approve(book: CareBook, { id, institution, approvals }: CareEvent & { kind: 'emergency-approved' }): void {
  changeEmergency(book, id, (emergency) => {
    const all = [...emergency.approvals, institution];
    if (all.length !== approvals || new Set([...all, emergency.institution]).size !== approvals + 1) throw lie('an approval is missing or counted twice');
    return { ...emergency, approvals: all };
  });
}

function changeEmergency({ emergencies }: CareBook, id: Bytes32, change: (emergency: EmergencyOnChain) => EmergencyOnChain): void {
  const emergency = emergencies.get(id);
  if (!emergency) throw lie('an emergency is missing');
  emergencies.set(id, change(emergency));
}

function add<Value>(shelf: Shelf<Value>, key: string, value: Value): void {
  if (shelf.get(key) !== undefined) throw lie('what happens once happened twice');
  shelf.set(key, value);
}

function takeAway<Value>(shelf: Shelf<Value>, key: string): void {
  if (shelf.get(key) === undefined) throw lie('what was taken away was never there');
  shelf.set(key, undefined);
}

const lie = (message: string) => new HealthpassError('chain-inconsistent', message);
