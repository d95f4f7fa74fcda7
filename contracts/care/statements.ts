// Signed statements as calls that anybody may send: the name of a statement says which function of which contract acts on it. Browser-safe.
import { CARE_INTERFACES, careCall, careDomain, type CareDeployment } from './deployment.ts';
import type { Call } from '../deployment.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import type { CareContract, Statement, StatementName } from '#records/model/typed-data.ts';

const FUNCTIONS = {
  GrantRole: ['RoleRegistry', 'grantRoleBySignature'],
  SuspendMember: ['RoleRegistry', 'setSuspendedBySignature'],
  WithdrawRole: ['RoleRegistry', 'withdrawRoleBySignature'],
  Grant: ['ConsentRegistry', 'grantBySignature'],
  Revoke: ['ConsentRegistry', 'revokeBySignature'],
  SetDelegate: ['ConsentRegistry', 'setDelegateBySignature'],
  OpenEmergency: ['EmergencyAccess', 'openBySignature'],
  ApproveEmergency: ['EmergencyAccess', 'approveBySignature'],
  ReviewEmergency: ['EmergencyAccess', 'reviewBySignature'],
  Dispense: ['DispenseRegistry', 'dispenseBySignature'],
  VoidPrescription: ['DispenseRegistry', 'voidPrescriptionBySignature'],
} as const satisfies Partial<Record<StatementName, readonly [CareContract, string]>>;

/** Statements that `carry` makes a call of. */
export type CarriedName = keyof typeof FUNCTIONS;
export type SignedStatement<Name extends CarriedName = CarriedName> = { [N in Name]: { readonly name: N; readonly value: Statement<N>; readonly signature: string } }[Name];

/** The contract that acts on a statement: its nonces count, and its domain is signed. */
export const contractOf = (name: CarriedName): CareContract => FUNCTIONS[name][0];
export const domainOf = (deployment: CareDeployment, name: CarriedName) => careDomain(deployment, contractOf(name));

/** The call that carries a statement to its contract. Whoever sends it pays, and has no say in it. */
export function carry<Name extends CarriedName>(deployment: CareDeployment, name: Name, value: Statement<Name>, signature: string): Call {
  const [contract, method] = FUNCTIONS[name];
  const given: Readonly<Record<string, unknown>> = { ...value, signature };
  // The functions name their arguments as the statements name their fields.
  return careCall(deployment, contract, method, CARE_INTERFACES[contract].getFunction(method)!.inputs.map((input) => given[input.name]));
}

/** Who signed a statement to its contract. @throws HealthpassError `request-invalid` for what is malformed or has a high s */
export const signerOf = <Name extends CarriedName>(deployment: CareDeployment, name: Name, value: Statement<Name>, signature: string): Address =>
  recoverSigner(domainOf(deployment, name), name, value, signature);
