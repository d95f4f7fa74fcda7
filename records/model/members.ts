// Who takes part: people and organisations with a role, known by the address of their did:ethr DID. What a role may do is decided here, once.

/** In the order of their bits on chain (RoleRegistry). `patient` has a bit and never stands on chain: nothing about a patient does. */
export const ROLES = ['patient', 'doctor', 'nurse', 'pharmacy', 'hospital', 'laboratory', 'researcher', 'device-operator', 'verifier', 'gateway'] as const;
export type Role = (typeof ROLES)[number];

/** Position of a role's bit on chain. */
export const roleBit = (role: Role): number => ROLES.indexOf(role);

/** What a professional body may grant: patients never stand on chain, and governance alone decides on gateways. */
export const ROLES_OF_BODIES: readonly Role[] = ROLES.filter((role) => role !== 'patient' && role !== 'gateway');

declare const ADDRESS: unique symbol;
/** An Ethereum address, 0x and 40 hexadecimal digits, lower case. */
export type Address = string & { readonly [ADDRESS]: true };

export const isAddress = (text: unknown): text is Address => typeof text === 'string' && /^0x[0-9a-f]{40}$/.test(text);

/** Organisations take part as such; people act for one, or for themselves. */
export const ORGANISATIONS: readonly Role[] = ['pharmacy', 'hospital', 'laboratory'];

/** What calls a role may make; routes and pages ask for one of these. */
export const ABILITIES = ['records-read', 'records-write', 'prescribe', 'dispense', 'refer', 'emergency-ask', 'emergency-approve', 'share'] as const;
export type Ability = (typeof ABILITIES)[number];

export const ABILITIES_OF = {
  patient: ['share', 'records-read', 'records-write'],
  doctor: ['records-read', 'records-write', 'prescribe', 'refer', 'emergency-ask'],
  nurse: ['records-read', 'records-write'],
  pharmacy: ['records-read', 'records-write', 'dispense'],
  hospital: ['records-read', 'records-write', 'prescribe', 'refer', 'emergency-ask', 'emergency-approve'],
  laboratory: ['records-read', 'records-write'],
  researcher: [],
  'device-operator': ['records-write'],
  verifier: [],
  gateway: [],
} as const satisfies Record<Role, readonly Ability[]>;

export const mayRole = (role: Role, ability: Ability): boolean => (ABILITIES_OF[role] as readonly Ability[]).includes(ability);
