// From what a consent's way to the chain is paid. Nobody knows a patient who has just come: who was asked by a member, or whose consents have stood on chain for a
// while, is none of those that a flood is made of.
import type { UnixSeconds } from '#passport';
import type { CareReader } from '#contracts/care/index.ts';
import type { SignedStatement } from '#contracts/care/statements.ts';
import type { Queryable } from '#server';
import type { Payment } from '../relay/budget.ts';
import type { PatientId } from '../patient-keys.ts';
import type { Hex } from './relationship.ts';

type Paid = SignedStatement<'Grant'> | SignedStatement<'Revoke'> | SignedStatement<'SetDelegate'>;

/** What each takes at most; what it took is noted afterwards. */
export const GAS_OF: Readonly<Record<Paid['name'], number>> = { Grant: 110_000, Revoke: 80_000, SetDelegate: 110_000 };

/** Seconds for which a consent has stood on chain whose patient is no stranger any more. */
const WEEK = 7 * 86_400;

export async function payingFor(on: Queryable, { id, patient }: { readonly id: Hex; readonly patient: PatientId }, statement: Paid, now: UnixSeconds, chain: Pick<CareReader, 'delegateOf'>): Promise<Payment> {
  if (takesBack(statement, chain)) return { pot: 'safety' };
  const [known] = await on.query(
    'SELECT 1 FROM relationship WHERE patient = $1 AND ((id = $2 AND request IS NOT NULL) OR (standing IS NOT NULL AND (request IS NOT NULL OR created_at <= $3))) LIMIT 1', [patient, id, now - WEEK]);
  return { pot: known ? 'patients' : 'strangers', payer: `patient/${patient}`, relationship: id };
}

/** A revocation, and the dismissal of a delegate that there is. */
export function takesBack({ name, value }: Paid, chain: Pick<CareReader, 'delegateOf'>): boolean {
  if (name === 'Revoke') return true;
  return name === 'SetDelegate' && value.scope === 0 && chain.delegateOf(value.owner, value.delegate) !== undefined;
}
