// Who acts for a patient: a delegate that the patient names on chain, for some acts and for a time.
import type { UnixSeconds } from '#passport';
import { HealthpassError } from '#passport';
import type { Address } from '../members.ts';

/** In the order of their bits in `SetDelegate.scope`; guardians are named by the patient alone. To grant is also to change; none includes another. */
export const MANDATE_SCOPES = ['grant', 'revoke'] as const;
export type MandateScope = (typeof MANDATE_SCOPES)[number];
export type Mandate = { readonly delegate: Address; readonly scope: readonly MandateScope[]; readonly until: UnixSeconds };

export const encodeScope = (scope: readonly MandateScope[]): number => MANDATE_SCOPES.reduce((bits, act, i) => (scope.includes(act) ? bits | (1 << i) : bits), 0);

/** @throws HealthpassError `policy-invalid` for a bit that nobody knows: it may permit anything */
export function parseScope(bits: number): MandateScope[] {
  if (!Number.isInteger(bits) || bits < 0 || bits >= 1 << MANDATE_SCOPES.length) throw new HealthpassError('policy-invalid', 'the scope of a delegate is not known', { field: 'scope' });
  return MANDATE_SCOPES.filter((_, i) => (bits & (1 << i)) !== 0);
}

/** Whether this address may act under the mandate now; `until` is the first second that it may not. */
export const mayDelegate = ({ delegate, scope, until }: Mandate, act: MandateScope, { by, now }: { readonly by: Address; readonly now: UnixSeconds }): boolean =>
  delegate === by && scope.includes(act) && now < until;
