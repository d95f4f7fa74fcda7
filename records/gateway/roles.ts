// Who is a member, and as what: what RoleRegistry says at the latest block, less what the gateway was told since. A suspension counts from the
// moment its signature is here, before any block has it; a role counts only once it stands on chain.
import type { CareReader } from '#contracts/care/index.ts';
import { HealthpassError, type UnixSeconds } from '#passport';
import { ABILITIES_OF, ORGANISATIONS, roleBit, type Ability, type Address, type Role } from '#records/model/members.ts';

export type HeldRole = { readonly role: Role; readonly organisation: Address | undefined; readonly until: number; readonly by: Address; readonly standing: 'active' | 'suspended' | 'over' };

export type Standing = {
  /** Those that stand now: granted, not withdrawn, not over, not suspended. */
  readonly roles: readonly Role[];
  /** Of a person of staff whom the organisation confirmed, while it stands itself. */
  readonly organisation: Address | undefined;
  /** Whether there are suspended roles and none that stand. */
  readonly suspended: boolean;
};

/** Suspended, and no body: what one body takes from another is its role as a member, and not its word. */
export const isOut = ({ suspended }: Standing, decides: readonly Role[]): boolean => suspended && decides.length === 0;

/** All but `hold`, `release`, `confirm` and `assertFresh` throw HealthpassError `no-trust-data` before the chain was first read. */
export type RoleBook = {
  readonly standing: (address: Address, now: UnixSeconds) => Standing;
  /** Every role that was granted and not withdrawn, with its terms. */
  readonly held: (address: Address, now: UnixSeconds) => readonly HeldRole[];
  /** Roles that a body decides about; none for whoever is no body. */
  readonly decides: (address: Address) => readonly Role[];
  readonly bodies: () => readonly { readonly body: Address; readonly roles: readonly Role[] }[];
  /** The roles of the mask count as suspended from now on, whatever the chain says yet, until what holds them by this id lets go. */
  readonly hold: (id: string, member: Address, mask: number) => void;
  readonly release: (id: string) => void;
  /** The organisation said itself that this person acts for it: only then does what a body wrote on chain count. */
  readonly confirm: (organisation: Address, person: Address) => void;
  /** When the chain was last read; undefined before the first time. */
  readonly readAt: () => UnixSeconds | undefined;
  /** Whoever decides by an old chain lets in who was suspended since. @throws HealthpassError `service-unavailable` */
  readonly assertFresh: (now: UnixSeconds) => void;
};

/** @param maxReadAge seconds after which what was read of the chain is too old to decide by */
export function createRoleBook({ chain, maxReadAge }: { readonly chain: CareReader; readonly maxReadAge: number }): RoleBook {
  const confirmed = new Set<string>();
  const holds = new Map<string, { readonly member: Address; readonly mask: number }>();
  const isHeld = (address: Address, role: Role) => [...holds.values()].some(({ member, mask }) => member === address && ((mask >> roleBit(role)) & 1) === 1);

  function rolesHeld(address: Address, now: UnixSeconds): HeldRole[] {
    return (chain.memberOf(address)?.roles ?? []).map(({ suspended, ...held }) => ({ ...held, standing: now >= held.until ? 'over' : suspended || isHeld(address, held.role) ? 'suspended' : 'active' }));
  }
  const active = (address: Address, now: UnixSeconds) => rolesHeld(address, now).filter(({ standing }) => standing === 'active');
  const isOrganisation = (address: Address, now: UnixSeconds) => active(address, now).some(({ role }) => ORGANISATIONS.includes(role));
  const readAt = () => chain.freshness()?.readAt;

  return {
    standing(address, now) {
      const standing = active(address, now);
      const organisation = standing.find((role) => role.organisation !== undefined && confirmed.has(`${role.organisation}/${address}`) && isOrganisation(role.organisation, now))?.organisation;
      return { roles: standing.map(({ role }) => role), organisation, suspended: standing.length === 0 && rolesHeld(address, now).some((role) => role.standing === 'suspended') };
    },
    held: rolesHeld,
    decides: chain.bodyRoles,
    bodies: chain.bodies,
    hold: (id, member, mask) => void holds.set(id, { member, mask }),
    confirm: (organisation, person) => void confirmed.add(`${organisation}/${person}`),
    release: (id) => void holds.delete(id),
    readAt,
    assertFresh(now) {
      const at = readAt();
      if (at === undefined || now - at > maxReadAge) throw new HealthpassError('service-unavailable', 'the chain was not read for too long to decide by it', { field: 'chain' });
    },
  };
}

/** What somebody with these roles may do. */
export const abilitiesOf = (roles: readonly Role[]): ReadonlySet<Ability> => new Set(roles.flatMap((role) => ABILITIES_OF[role]));
