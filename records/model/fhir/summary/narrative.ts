// A record in a line of words, for the narrative of a summary. It is escaped where it becomes XHTML.
import { titleOf, writtenDate } from '../filing.ts';
import { isObject, type FhirResource } from '../issue.ts';
import { saysNone } from './sections.ts';

/** 2025-03-04 Hemoglobin: 13.2 g/dL (final) */
export function lineOf(resource: FhirResource): string {
  const date = writtenDate(resource);
  const said = [titleOf(resource), valueOf(resource)].filter(Boolean).join(': ');
  if (saysNone(resource)) return `Stated by the author of this entry${date === undefined ? '' : ` on ${date}`}: ${said}`;
  const status = statusOf(resource);
  return [date, said, status && `(${status})`].filter(Boolean).join(' ');
}

function statusOf({ status, clinicalStatus }: FhirResource): string | undefined {
  if (typeof status === 'string') return status;
  const coding: unknown = isObject(clinicalStatus) && Array.isArray(clinicalStatus['coding']) ? clinicalStatus['coding'][0] : undefined;
  return isObject(coding) && typeof coding['code'] === 'string' ? coding['code'] : undefined;
}

function valueOf(resource: FhirResource): string {
  const components = Array.isArray(resource['component']) ? resource['component'].filter(isObject) : [];
  const own = shown(resource);
  const parts = components.map((component) => [titleOf(component as FhirResource), shown(component)].filter(Boolean).join(' '));
  const dosage: unknown = Array.isArray(resource['dosageInstruction']) ? resource['dosageInstruction'][0] : Array.isArray(resource['dosage']) ? resource['dosage'][0] : undefined;
  return [own, ...parts, isObject(dosage) && typeof dosage['text'] === 'string' ? dosage['text'] : ''].filter(Boolean).join(', ');
}

function shown(holder: Readonly<Record<string, unknown>>): string {
  const { valueQuantity, valueCodeableConcept } = holder;
  if (isObject(valueQuantity) && valueQuantity['value'] !== undefined) return [valueQuantity['comparator'], valueQuantity['value'], valueQuantity['unit'] ?? valueQuantity['code']].filter((part) => part !== undefined).join(' ');
  if (isObject(valueCodeableConcept)) return titleOf({ resourceType: '', code: valueCodeableConcept });
  const plain = holder['valueString'] ?? holder['valueInteger'] ?? holder['valueBoolean'] ?? holder['valueDateTime'];
  return plain === undefined ? '' : String(plain as string | number | boolean); // as the validation has it
}
