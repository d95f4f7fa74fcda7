// A record in a line of words, for the narrative of a summary. It is escaped where it becomes XHTML.
import { cautionsOf, type Caution } from '../cautions.ts';
import { codesOf, titleOf, writtenDate } from '../filing.ts';
import { isObject, type FhirResource } from '../issue.ts';
import { saysNone } from './sections.ts';

/** 2025-03-04 Hemoglobin: 13.2 g/dL (final) */
export function lineOf(resource: FhirResource): string {
  const date = writtenDate(resource);
  const cautions = cautionsOf(resource);
  const said = [cautions.includes('do-not-perform') && 'Not to be given', titleOf(resource), valueOf(resource)].filter(Boolean).join(': ');
  const status = statusOf(resource, cautions).join(', ');
  const line = saysNone(resource) ? `Stated by the author of this entry${date === undefined ? '' : ` on ${date}`}: ${said}` : [date, said, status && `(${status})`].filter(Boolean).join(' ');
  return cautions.includes('qualified') ? `${line} Its author has qualified this in a way that is not shown here.` : line;
}

/** With what changes the meaning of the rest: what is not certain, or not ordered, says so. */
function statusOf({ status, clinicalStatus, verificationStatus, intent }: FhirResource, cautions: readonly Caution[]): string[] {
  const first = typeof status === 'string' ? [status] : codesOf(clinicalStatus).slice(0, 1);
  return [...first, ...codesOf(verificationStatus).slice(0, 1).filter((code) => code !== 'confirmed'), ...(cautions.includes('not-ordered') ? [String(intent)] : [])];
}

function valueOf(resource: FhirResource): string {
  const components = Array.isArray(resource['component']) ? resource['component'].filter(isObject) : [];
  const own = shown(resource);
  const parts = components.map((component) => [titleOf(component as FhirResource), shown(component)].filter(Boolean).join(' '));
  const steps = [resource['dosageInstruction'], resource['dosage']].flatMap((dosage) => (Array.isArray(dosage) ? dosage.filter(isObject) : []));
  return [own, ...parts, ...steps.map(({ text }) => (typeof text === 'string' ? text : ''))].filter(Boolean).join(', ');
}

function shown(holder: Readonly<Record<string, unknown>>): string {
  const { valueQuantity, valueCodeableConcept } = holder;
  if (isObject(valueQuantity) && valueQuantity['value'] !== undefined) return [valueQuantity['comparator'], valueQuantity['value'], valueQuantity['unit'] ?? valueQuantity['code']].filter((part) => part !== undefined).join(' ');
  if (isObject(valueCodeableConcept)) return titleOf({ resourceType: '', code: valueCodeableConcept });
  const plain = holder['valueString'] ?? holder['valueInteger'] ?? holder['valueBoolean'] ?? holder['valueDateTime'];
  return plain === undefined ? '' : String(plain as string | number | boolean); // as the validation has it
}
