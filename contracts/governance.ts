// What governance sends: accreditation of issuers. Each function returns the call; who signs and sends it is the caller's affair.
import { assertClaimsKey } from '#passport/claims-signature.ts';
import type { ClaimsKey } from '#passport/registry-tree.ts';
import { ISSUER_REGISTRY, type Call, type Deployment } from './deployment.ts';

/** An issuer to accredit. */
export type NewIssuer = {
  /** Address of its did:ethr DID, its first controller. */
  readonly identity: string;
  readonly claimsKey: ClaimsKey;
  readonly name: string;
  readonly accreditedBy: string;
  /** How many status lists it gets, 1 to 16. */
  readonly lists: number;
};

const call = ({ contracts }: Deployment, method: string, values: readonly unknown[]): Call => ({
  to: contracts.IssuerRegistry, data: ISSUER_REGISTRY.encodeFunctionData(method, values),
});

/** @throws HealthpassError `point-invalid` for a key that is not of prime order: stricter than the contract, which only keeps small orders out */
export function addIssuer(deployment: Deployment, { identity, claimsKey, name, accreditedBy, lists }: NewIssuer): Call {
  assertClaimsKey(claimsKey);
  return call(deployment, 'addIssuer', [identity, claimsKey, name, accreditedBy, lists]);
}

export const describeIssuer = (deployment: Deployment, issuer: number, { name, accreditedBy }: { name: string; accreditedBy: string }): Call =>
  call(deployment, 'describeIssuer', [issuer, name, accreditedBy]);

export const suspendIssuer = (deployment: Deployment, issuer: number): Call => call(deployment, 'suspendIssuer', [issuer]);
export const reinstateIssuer = (deployment: Deployment, issuer: number): Call => call(deployment, 'reinstateIssuer', [issuer]);
/** For good. */
export const removeIssuer = (deployment: Deployment, issuer: number): Call => call(deployment, 'removeIssuer', [issuer]);
export const assignLists = (deployment: Deployment, issuer: number, count: number): Call => call(deployment, 'assignLists', [issuer, count]);

/**
 * By the issuer's controller while it is active, by governance also while it is suspended. A key serves once.
 * @throws HealthpassError `point-invalid`
 */
export function rotateClaimsKey(deployment: Deployment, issuer: number, claimsKey: ClaimsKey): Call {
  assertClaimsKey(claimsKey);
  return call(deployment, 'rotateKey', [issuer, claimsKey]);
}

/** Names the account for day-to-day status work; the zero address for none. By controller or governance. */
export const setDelegate = (deployment: Deployment, issuer: number, delegate: string): Call => call(deployment, 'setDelegate', [issuer, delegate]);

/** First step of a change of controller. By controller or governance. */
export const proposeController = (deployment: Deployment, issuer: number, controller: string): Call =>
  call(deployment, 'proposeController', [issuer, controller]);

/** Second step, sent by the new controller. */
export const acceptController = (deployment: Deployment, issuer: number): Call => call(deployment, 'acceptController', [issuer]);
