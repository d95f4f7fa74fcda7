// What turns the meaning of a record round, or takes it back: whoever shows its title says this beside it.
import { codesOf } from './filing.ts';
import { isObject, type FhirResource } from './issue.ts';

/** `do-not-perform`: a prohibition; `not-ordered`: somebody's proposal or plan; `qualified`: by an extension that nobody here can tell. The others are FHIR's states. */
export const CAUTIONS = ['do-not-perform', 'entered-in-error', 'refuted', 'not-done', 'not-taken', 'not-ordered', 'qualified'] as const;
export type Caution = (typeof CAUTIONS)[number];

export function cautionsOf(resource: FhirResource): readonly Caution[] {
  const states = [resource['status'], ...codesOf(resource['verificationStatus'])];
  const isThere: Readonly<Partial<Record<Caution, boolean>>> = { 'do-not-perform': resource['doNotPerform'] === true, 'not-ordered': isNotOrdered(resource), qualified: isModified(resource) };
  return CAUTIONS.filter((caution) => isThere[caution] ?? states.includes(caution));
}

const NO_ORDERS: readonly unknown[] = ['proposal', 'plan', 'option'];
const isNotOrdered = ({ resourceType, intent }: FhirResource): boolean => NO_ORDERS.includes(intent) && !(resourceType === 'CarePlan' && intent === 'plan');

/** Anywhere in it: whoever does not know such an extension must not tell the rest as if it were not there. */
const isModified = (value: unknown): boolean => (Array.isArray(value) ? value.some(isModified) : isObject(value) && (value['modifierExtension'] !== undefined || Object.values(value).some(isModified)));
