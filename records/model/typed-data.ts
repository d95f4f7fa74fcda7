// What is signed, as EIP-712 writes it: each kind of statement has a type of its own, so that no signature serves for anything else.
// Those of contracts are bound to chain and contract by their domain; the others to the chain and to this protocol.
import type { Address } from './members.ts';

export type Field = { readonly name: string; readonly type: string };
export type TypedDomain = { readonly name: string; readonly version: string; readonly chainId: number; readonly verifyingContract?: Address };
export type Types = Readonly<Record<string, readonly Field[]>>;

type FieldOf<Pair extends readonly [string, string]> = { readonly name: Pair[0]; readonly type: Pair[1] };
const fields = <const Pairs extends readonly (readonly [string, string])[]>(...pairs: Pairs): { readonly [K in keyof Pairs]: FieldOf<Pairs[K]> } =>
  pairs.map(([name, type]) => ({ name, type })) as { [K in keyof Pairs]: FieldOf<Pairs[K]> }; // one for one

/** Statements that no contract reads. */
export const offChain = (chainId: number): TypedDomain => ({ name: 'healthpass records', version: '1', chainId });

/** Statements that a contract reads: its name in Solidity, and where it stands. */
export const onChain = (name: CareContract, chainId: number, verifyingContract: Address): TypedDomain => ({ name: `healthpass ${name}`, version: '1', chainId, verifyingContract });

/** Contracts of `contracts/src/care`, in the order of their deployment. */
export const CARE_CONTRACTS = ['RoleRegistry', 'ConsentRegistry', 'AccessLog', 'EmergencyAccess', 'DispenseRegistry'] as const;
export type CareContract = (typeof CARE_CONTRACTS)[number];

/** `deadline`s, `from` and `until` are in Unix seconds; nonces count up from 0, per signer and contract. */
export const TYPES = {
  // RoleRegistry, signed by a body that was appointed for the role
  GrantRole: fields(['member', 'address'], ['role', 'uint8'], ['organisation', 'address'], ['until', 'uint40'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  SuspendMember: fields(['member', 'address'], ['suspended', 'bool'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  WithdrawRole: fields(['member', 'address'], ['role', 'uint8'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  // ConsentRegistry, signed by the address of the relationship or its delegate
  Grant: fields(['owner', 'address'], ['id', 'bytes32'], ['word', 'bytes32'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  Revoke: fields(['owner', 'address'], ['id', 'bytes32'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  SetDelegate: fields(['owner', 'address'], ['delegate', 'address'], ['scope', 'uint8'], ['until', 'uint40'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  // EmergencyAccess, signed by institutions
  OpenEmergency: fields(['id', 'bytes32'], ['institution', 'address'], ['commitment', 'bytes32'], ['until', 'uint40'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  ApproveEmergency: fields(['id', 'bytes32'], ['institution', 'address'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  ReviewEmergency: fields(['id', 'bytes32'], ['body', 'address'], ['finding', 'bytes32'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  // DispenseRegistry, signed by a pharmacy, or by the prescriber who withdraws a prescription: the contract makes the nullifier of `inner` and the signer
  Dispense: fields(['nullifier', 'bytes32'], ['pharmacy', 'address'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  VoidPrescription: fields(['inner', 'bytes32'], ['prescriber', 'address'], ['nonce', 'uint256'], ['deadline', 'uint40']),
  // no contract
  SignIn: fields(['gateway', 'address'], ['account', 'address'], ['challenge', 'bytes32'], ['expires', 'uint40']),
  /** By a member: the X25519 key that others seal to. */
  ReadingKey: fields(['member', 'address'], ['key', 'bytes32'], ['since', 'uint40']),
  /** By an organisation: that this person acts for it. What stands on chain is a body's word alone. */
  StaffMember: fields(['organisation', 'address'], ['person', 'address'], ['since', 'uint40']),
  /** By the address of a relationship: that it belongs to whoever is signed in, for one recipient. */
  Relationship: fields(['owner', 'address'], ['account', 'address'], ['recipient', 'address'], ['challenge', 'bytes32']),
  /** By the address of a relationship, inside what is sealed to the recipient: that the patient is who this says, by its digest (keccak256). */
  PatientCard: fields(['owner', 'address'], ['recipient', 'address'], ['card', 'bytes32']),
  /** By the address of a relationship: the key under which its writers seal records of a category from `since` on. */
  EpochKey: fields(['owner', 'address'], ['category', 'string'], ['epoch', 'uint32'], ['key', 'bytes32'], ['since', 'uint40']),
  /** By the author of a record: where its ciphertext lies, what it is filed under, and the digest (SHA-256) of what it says. */
  RecordEntry: fields(['id', 'bytes16'], ['category', 'string'], ['date', 'string'], ['epoch', 'uint32'], ['reference', 'bytes32'], ['content', 'bytes32'], ['time', 'uint40']),
  /** By a member who asks for access. */
  AccessRequest: fields(['id', 'bytes32'], ['member', 'address'], ['terms', 'bytes32'], ['expires', 'uint40']),
  /** By a gateway: that this entry stands in a patient's log. */
  Receipt: fields(['log', 'bytes32'], ['sequence', 'uint64'], ['previous', 'bytes32'], ['event', 'bytes32'], ['time', 'uint40']),
  /** By a gateway, to whoever read: that this event stands in the log of the patient of this relationship. It names no log and no place in one, so that two readers cannot compare; `request` is the reader's own number of this one read. */
  AccessReceipt: fields(['relationship', 'bytes32'], ['request', 'bytes32'], ['event', 'bytes32'], ['time', 'uint64']),
  /** Signed to derive keys from, by wallets that sign deterministically; never sent to anybody. */
  DeriveKeys: fields(['purpose', 'string'], ['version', 'uint32']),
} as const satisfies Types;
export type StatementName = keyof typeof TYPES;

/** Numbers may be given as either; what a field cannot hold is refused when it is encoded. Bytes are 0x and hexadecimal digits, lower case. */
type ValueOf<Type extends string> =
  Type extends 'address' ? Address : Type extends 'bool' ? boolean : Type extends 'string' ? string : Type extends `uint${string}` ? number | bigint : Type extends `bytes${string}` ? `0x${string}` : never;
/** What a statement says, field by field. */
export type Statement<Name extends StatementName> = { readonly [F in (typeof TYPES)[Name][number] as F['name']]: ValueOf<F['type']> };
