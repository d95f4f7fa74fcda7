// What a person writes down: few questions, and the FHIR R4 resource that the answers become. Nobody's name stands in it: whose it is, the envelope says.
import type { FhirResource } from '#records/model/fhir/index.ts';
import type { FhirDay } from '#records/model/record.ts';

export const FORM_KINDS = ['allergy', 'medicine', 'condition', 'measurement', 'note'] as const;
export type FormKind = (typeof FORM_KINDS)[number];
export const MEASURES = ['pressure', 'weight', 'height', 'temperature', 'pulse', 'oxygen', 'glucose'] as const;
export type Measure = (typeof MEASURES)[number];
export const RISKS = ['low', 'high', 'unable-to-assess'] as const;

/** As typed; nothing is filled in for the person. */
export type FormValues = {
  readonly what: string; readonly reaction: string; readonly risk: (typeof RISKS)[number]; readonly dosage: string; readonly since: string; readonly isOver: boolean; readonly text: string;
  readonly measure: Measure; readonly number: string; readonly lower: string; readonly isSensitive: boolean;
};
export const emptyForm = (today: FhirDay): FormValues => ({ what: '', reaction: '', risk: 'unable-to-assess', dosage: '', since: today, isOver: false, text: '', measure: 'pressure', number: '', lower: '', isSensitive: false });

type Unit = { readonly code: string; readonly name: string; readonly unit: string; readonly ucum: string; readonly least: number; readonly most: number };
/** LOINC and UCUM; the bounds catch what was typed wrong, not what is ill. */
export const UNITS: Readonly<Record<Exclude<Measure, 'pressure'>, Unit>> = {
  weight: { code: '29463-7', name: 'Body weight', unit: 'kg', ucum: 'kg', least: 0.2, most: 700 },
  height: { code: '8302-2', name: 'Body height', unit: 'cm', ucum: 'cm', least: 10, most: 280 },
  temperature: { code: '8310-5', name: 'Body temperature', unit: '°C', ucum: 'Cel', least: 20, most: 46 },
  pulse: { code: '8867-4', name: 'Heart rate', unit: '/min', ucum: '/min', least: 10, most: 350 },
  oxygen: { code: '59408-5', name: 'Oxygen saturation in Arterial blood by Pulse oximetry', unit: '%', ucum: '%', least: 1, most: 100 },
  glucose: { code: '2339-0', name: 'Glucose [Mass/volume] in Blood', unit: 'mg/dL', ucum: 'mg/dL', least: 5, most: 2000 },
};
export const PRESSURE = { unit: 'mmHg', upper: { code: '8480-6', name: 'Systolic blood pressure', least: 30, most: 300 }, lower: { code: '8462-4', name: 'Diastolic blood pressure', least: 10, most: 200 } } as const;

export type FormFault = { readonly field: 'what' | 'since' | 'text' | 'number' | 'lower'; readonly least?: number; readonly most?: number };

/** A comma or a point; digits are kept as they were typed. */
export const decimalOf = (text: string): string | undefined => (/^\d{1,6}([.,]\d{1,4})?$/.test(text.trim()) ? text.trim().replace(',', '.').replace(/^0+(?=\d)/, '') : undefined);

export function faultsOfForm(kind: FormKind, { what, since, text, measure, number, lower }: FormValues, today: FhirDay): readonly FormFault[] {
  const bounded = (field: 'number' | 'lower', typed: string, { least, most }: { least: number; most: number }): FormFault[] => {
    const value = Number(decimalOf(typed) ?? Number.NaN);
    return value >= least && value <= most ? [] : [{ field, least, most }];
  };
  return [
    ...(kind !== 'measurement' && what.trim() === '' ? [{ field: 'what' as const }] : []),
    ...(/^\d{4}-\d\d-\d\d$/.test(since) && since <= today ? [] : [{ field: 'since' as const }]),
    ...(kind === 'note' && text.trim() === '' ? [{ field: 'text' as const }] : []),
    ...(kind !== 'measurement' ? [] : measure === 'pressure' ? [...bounded('number', number, PRESSURE.upper), ...bounded('lower', lower, PRESSURE.lower)] : bounded('number', number, UNITS[measure])),
  ];
}

const PATIENT = { reference: 'Patient/self' };
const hl7 = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] });
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] });
const base64 = (text: string): string => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
/** A label of v3 Confidentiality, by which a record is filed as sensitive. */
const labelled = (isSensitive: boolean) => (isSensitive ? { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } } : {});

const BUILDERS: Readonly<Record<FormKind, (values: FormValues) => FhirResource>> = {
  allergy: ({ what, reaction, risk, since, isSensitive, isOver }) => ({
    resourceType: 'AllergyIntolerance', ...labelled(isSensitive), clinicalStatus: hl7('allergyintolerance-clinical', isOver ? 'resolved' : 'active'), verificationStatus: hl7('allergyintolerance-verification', 'unconfirmed'), criticality: risk,
    code: { text: what.trim() }, patient: PATIENT, recordedDate: since, ...(reaction.trim() !== '' && { reaction: [{ manifestation: [{ text: reaction.trim() }] }] }),
  }),
  medicine: ({ what, dosage, since, isOver, isSensitive }) => ({
    resourceType: 'MedicationStatement', ...labelled(isSensitive), status: isOver ? 'completed' : 'active', medicationCodeableConcept: { text: what.trim() }, subject: PATIENT, effectivePeriod: { start: since }, ...(dosage.trim() !== '' && { dosage: [{ text: dosage.trim() }] }),
  }),
  condition: ({ what, since, isOver, isSensitive }) => ({
    resourceType: 'Condition', ...labelled(isSensitive), clinicalStatus: hl7('condition-clinical', isOver ? 'resolved' : 'active'), verificationStatus: hl7('condition-ver-status', 'unconfirmed'), code: { text: what.trim() }, subject: PATIENT, onsetDateTime: since,
  }),
  measurement: ({ measure, since, isSensitive }) => ({
    resourceType: 'Observation', ...labelled(isSensitive), status: 'final', category: [hl7('observation-category', measure === 'glucose' ? 'laboratory' : 'vital-signs')], subject: PATIENT, effectiveDateTime: since,
    ...(measure === 'pressure'
      ? { code: loinc('85354-9', 'Blood pressure panel with all children optional'), component: [part('upper', PRESSURE.upper), part('lower', PRESSURE.lower)] }
      : { code: loinc(UNITS[measure].code, UNITS[measure].name), valueQuantity: quantity('number', UNITS[measure]) }),
  }),
  note: ({ what, text, since, isSensitive }) => ({
    resourceType: 'DocumentReference', ...labelled(isSensitive), status: 'current', subject: PATIENT, date: `${since}T12:00:00Z`, description: what.trim(), type: loinc('51855-5', 'Patient Note'),
    content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: base64(text), title: what.trim() } }],
  }),
};
const quantity = (value: string, { unit, ucum }: { readonly unit: string; readonly ucum: string }) => ({ value, unit, system: 'http://unitsofmeasure.org', code: ucum });
const part = (value: 'upper' | 'lower', { code, name }: { readonly code: string; readonly name: string }) => ({ code: loinc(code, name), valueQuantity: quantity(value, { unit: PRESSURE.unit, ucum: 'mm[Hg]' }) });

/** The text of the resource: numbers stand in it with the digits that were typed. */
export function textOfForm(kind: FormKind, values: FormValues): string {
  const numbers: Readonly<Record<string, string>> = { number: decimalOf(values.number) ?? '', upper: decimalOf(values.number) ?? '', lower: decimalOf(values.lower) ?? '' };
  return JSON.stringify(BUILDERS[kind](values), undefined, 0).replace(/"value":"(number|upper|lower)"/g, (_, name: string) => `"value":${numbers[name] ?? ''}`);
}
