// Logs of the care contracts as typed events. A log that these contracts cannot have emitted is a lie, not an event. Browser-safe.
import type { LogDescription } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';
import type { UnixSeconds } from '#passport/time.ts';
import { isAddress, ROLES, type Address, type Role } from '#records/model/members.ts';
import { CARE_CONTRACTS, type CareContract } from '#records/model/typed-data.ts';
import type { RawLog } from '../chain-index/events.ts';
import { CARE_INTERFACES, type CareDeployment } from './deployment.ts';
import { NOBODY } from './roles.ts';

export type Bytes32 = `0x${string}`;

/** Masks of roles as RoleRegistry has them; bit 15 of a suspension stands for every role. Times in Unix seconds. */
export type CareEvent =
  | { readonly kind: 'body'; readonly body: Address; readonly roles: number }
  | { readonly kind: 'role-granted'; readonly member: Address; readonly role: Role; readonly organisation: Address | undefined; readonly until: UnixSeconds; readonly by: Address }
  | { readonly kind: 'role-withdrawn'; readonly member: Address; readonly role: Role }
  | { readonly kind: 'suspension'; readonly member: Address; readonly suspended: number }
  | { readonly kind: 'granted'; readonly owner: Address; readonly id: Bytes32; readonly word: Bytes32 }
  | { readonly kind: 'revoked'; readonly owner: Address; readonly id: Bytes32 }
  | { readonly kind: 'delegate'; readonly owner: Address; readonly delegate: Address; readonly scope: number; readonly until: UnixSeconds }
  | { readonly kind: 'anchored'; readonly gateway: Address; readonly sequence: number; readonly root: Bytes32; readonly time: UnixSeconds }
  | { readonly kind: 'emergency-opened'; readonly id: Bytes32; readonly institution: Address; readonly commitment: Bytes32; readonly until: UnixSeconds }
  | { readonly kind: 'emergency-approved'; readonly id: Bytes32; readonly institution: Address; readonly approvals: number }
  | { readonly kind: 'emergency-reviewed'; readonly id: Bytes32; readonly body: Address; readonly finding: Bytes32 }
  | { readonly kind: 'prescription-used'; readonly nullifier: Bytes32; readonly use: 'dispensed' | 'void'; readonly by: Address };

type Arguments = Readonly<Record<string, unknown>>;
type Decoder = (args: Arguments) => CareEvent;

const address = (value: unknown): Address => {
  const text = String(value).toLowerCase();
  return isAddress(text) ? text : refuse('an address in a log has no usable form');
};
const somebody = (value: unknown): Address | undefined => (address(value) === NOBODY ? undefined : address(value));
const bytes32 = (value: unknown): Bytes32 => String(value) as Bytes32; // as the ABI says
const small = (value: unknown): number => (Number.isSafeInteger(Number(value)) ? Number(value) : refuse('a number in a log is out of range'));
const time = (value: unknown): UnixSeconds => small(value) as UnixSeconds;
const role = (value: unknown): Role => ROLES[small(value)] ?? refuse('a role in a log is of no known kind');

const DECODERS: Readonly<Record<CareContract, Readonly<Record<string, Decoder>>>> = {
  RoleRegistry: {
    BodyAppointed: (a) => ({ kind: 'body', body: address(a.body), roles: small(a.roles) }),
    RoleGranted: (a) => ({ kind: 'role-granted', member: address(a.member), role: role(a.role), organisation: somebody(a.organisation), until: time(a.until), by: address(a.by) }),
    RoleWithdrawn: (a) => ({ kind: 'role-withdrawn', member: address(a.member), role: role(a.role) }),
    SuspensionSet: (a) => ({ kind: 'suspension', member: address(a.member), suspended: small(a.suspended) }),
  },
  ConsentRegistry: {
    Granted: (a) => ({ kind: 'granted', owner: address(a.owner), id: bytes32(a.id), word: bytes32(a.word) }),
    Revoked: (a) => ({ kind: 'revoked', owner: address(a.owner), id: bytes32(a.id) }),
    DelegateSet: (a) => ({ kind: 'delegate', owner: address(a.owner), delegate: address(a.delegate), scope: small(a.scope), until: time(a.until) }),
  },
  AccessLog: {
    Anchored: (a) => ({ kind: 'anchored', gateway: address(a.gateway), sequence: small(a.sequence), root: bytes32(a.root), time: time(a.time) }),
  },
  EmergencyAccess: {
    EmergencyOpened: (a) => ({ kind: 'emergency-opened', id: bytes32(a.id), institution: address(a.institution), commitment: bytes32(a.commitment), until: time(a.until) }),
    EmergencyApproved: (a) => ({ kind: 'emergency-approved', id: bytes32(a.id), institution: address(a.institution), approvals: small(a.approvals) }),
    EmergencyReviewed: (a) => ({ kind: 'emergency-reviewed', id: bytes32(a.id), body: address(a.body), finding: bytes32(a.finding) }),
  },
  DispenseRegistry: {
    Dispensed: (a) => ({ kind: 'prescription-used', nullifier: bytes32(a.nullifier), use: 'dispensed', by: address(a.pharmacy) }),
    Voided: (a) => ({ kind: 'prescription-used', nullifier: bytes32(a.nullifier), use: 'void', by: address(a.prescriber) }),
  },
};

/** Reads the logs of one deployment. Undefined for events that readers do not need. @throws HealthpassError `chain-inconsistent` */
export function createCareEventReader({ contracts }: CareDeployment): (log: RawLog) => CareEvent | undefined {
  const names = new Map<string, CareContract>(CARE_CONTRACTS.map((name) => [contracts[name], name]));
  return (log) => {
    const name = names.get(log.address) ?? refuse('a log is of another contract');
    let parsed: LogDescription | null;
    try {
      parsed = CARE_INTERFACES[name].parseLog(log);
    } catch (cause) {
      throw new HealthpassError('chain-inconsistent', 'a log cannot be decoded', { cause });
    }
    if (!parsed) return refuse('a log is of no event of its contract');
    return DECODERS[name][parsed.name]?.(parsed.args as unknown as Arguments); // named arguments, read one by one above
  };
}

function refuse(message: string): never {
  throw new HealthpassError('chain-inconsistent', message);
}
