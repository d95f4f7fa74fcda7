// What a form asks, as data: pages draw it, and what is wrong with the answers is decided here.
import type { FhirDay } from '#records/model/record.ts';

export type Field = { readonly name: FieldName; readonly optional?: true } & (
  | { readonly kind: 'text'; readonly most: number; readonly lines?: true }
  | { readonly kind: 'day' }
  /** One of a value set to which FHIR binds the element (required), or of a list of ours. The first is taken where `optional` is not said. */
  | { readonly kind: 'choice'; readonly of: ChoiceName }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; /** UCUM; otherwise the unit goes with the choice of another field. */ readonly unit?: string }
  | { readonly kind: 'vaccine' });

export const FIELD_NAMES = [
  'visitClass', 'day', 'reason', 'title', 'text', 'what', 'codeSystem', 'code', 'clinicalStatus', 'allergyStatus', 'certainty', 'allergyCertainty', 'severity', 'onset', 'allergyType', 'allergyCategory', 'criticality', 'reaction', 'reactionSeverity',
  'medicationStatus', 'dosage', 'since', 'vaccine', 'lot', 'dose', 'test', 'value', 'interpretation', 'systolic', 'diastolic', 'pulse', 'temperature', 'oxygen', 'breathing', 'weight', 'height', 'sensitivity',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Value sets, with the codes as FHIR spells them. */
export const CHOICES = {
  /** http://terminology.hl7.org/CodeSystem/v3-ActCode */
  visitClass: ['AMB', 'VR', 'HH', 'IMP', 'EMER'],
  /** http://hl7.org/fhir/ValueSet/condition-clinical (required) */
  clinicalStatus: ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'],
  /** http://hl7.org/fhir/ValueSet/condition-ver-status (required) */
  certainty: ['confirmed', 'provisional', 'differential', 'unconfirmed', 'refuted'],
  /** http://hl7.org/fhir/ValueSet/allergyintolerance-clinical (required) */
  allergyStatus: ['active', 'inactive', 'resolved'],
  /** http://hl7.org/fhir/ValueSet/allergyintolerance-verification (required) */
  allergyCertainty: ['confirmed', 'unconfirmed', 'refuted'],
  /** http://hl7.org/fhir/ValueSet/allergy-intolerance-type, …-category, …-criticality, reaction-event-severity (all required) */
  allergyType: ['allergy', 'intolerance'],
  allergyCategory: ['food', 'medication', 'environment', 'biologic'],
  criticality: ['low', 'high', 'unable-to-assess'],
  reactionSeverity: ['mild', 'moderate', 'severe'],
  severity: ['mild', 'moderate', 'severe'],
  /** http://hl7.org/fhir/ValueSet/medication-statement-status (required) */
  medicationStatus: ['active', 'intended', 'on-hold', 'completed', 'stopped', 'not-taken', 'unknown'],
  codeSystem: ['snomed', 'icd10', 'atc', 'rxnorm'],
  test: [
    'haemoglobin', 'leukocytes', 'platelets', 'glucose', 'hba1c', 'creatinine', 'egfr', 'sodium', 'potassium', 'alt', 'cholesterol', 'ldl', 'hdl', 'triglycerides', 'crp', 'tsh',
  ],
  /** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation */
  interpretation: ['N', 'H', 'L', 'HH', 'LL', 'A'],
  /** http://terminology.hl7.org/CodeSystem/v3-ActCode, InformationSensitivityPolicy */
  sensitivity: ['PSY', 'SUD', 'SEX', 'HIV', 'GDIS'],
} as const;
export type ChoiceName = keyof typeof CHOICES;

export type Values = Readonly<Partial<Record<FieldName, string>>>;
export type Fault = { readonly field: FieldName; readonly is: 'missing' | 'future' | 'number' | 'long' | 'code' };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A decimal as FHIR takes it; a comma is a point where a person types it. */
export const decimalOf = (text: string): string | undefined => /^-?(0|[1-9]\d{0,9})(\.\d{1,6})?$/.exec(text.trim().replace(',', '.'))?.[0];

/** What is missing or not possible, in the order of the form. */
export function faultsOf(fields: readonly Field[], values: Values, today: FhirDay): readonly Fault[] {
  return fields.flatMap((field): Fault[] => {
    const text = values[field.name]?.trim() ?? '';
    if (text === '') return field.optional ? (field.name === 'code' && values.codeSystem ? [{ field: 'code', is: 'missing' }] : []) : [{ field: field.name, is: 'missing' }];
    if (field.kind === 'day') return !DAY.test(text) ? [{ field: field.name, is: 'missing' }] : text > today ? [{ field: field.name, is: 'future' }] : [];
    if (field.kind === 'number') {
      const value = Number(decimalOf(text) ?? Number.NaN);
      return value >= field.least && value <= field.most ? [] : [{ field: field.name, is: 'number' }];
    }
    if (field.kind === 'text' && text.length > field.most) return [{ field: field.name, is: 'long' }];
    return field.name === 'code' && !/^[A-Za-z0-9.-]{1,40}$/.test(text) ? [{ field: 'code', is: 'code' }] : [];
  });
}
