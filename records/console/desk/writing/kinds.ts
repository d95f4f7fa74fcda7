// The common acts: what each asks, and the FHIR R4 resources that come of the answers. Nobody's name stands in them: whose record it is, the
// envelope says, and a reference that named the patient would tie one relationship to another.
import { productByIndex } from '#passport/codes/index.ts';
import type { FhirDay } from '#records/model/record.ts';
import { loinc, PRESSURE, SEVERITIES, SNOMED, SYSTEMS, TESTS, UCUM, VITALS, type Vital } from './codes.ts';
import { decimalOf, type CHOICES, type Field, type Values } from './fields.ts';

/** A resource as it is written; the text is what is signed. */
export type Resource = { readonly resourceType: string; readonly [element: string]: unknown };

export const KINDS = ['visit', 'note', 'condition', 'allergy', 'medication', 'immunization', 'result', 'vitals'] as const;
export type Kind = (typeof KINDS)[number];

/** The same in every record, so it tells nothing. */
export const PATIENT = { reference: 'Patient/self' };

const SENSITIVITY: Field = { name: 'sensitivity', kind: 'choice', of: 'sensitivity', optional: true };
const CODED: readonly Field[] = [{ name: 'codeSystem', kind: 'choice', of: 'codeSystem', optional: true }, { name: 'code', kind: 'text', most: 40, optional: true }];
const vital = (name: Vital, least: number, most: number): Field => ({ name, kind: 'number', least, most, unit: VITALS[name].unit, optional: true });

export const FORMS: Readonly<Record<Kind, readonly Field[]>> = {
  visit: [{ name: 'day', kind: 'day' }, { name: 'visitClass', kind: 'choice', of: 'visitClass' }, { name: 'reason', kind: 'text', most: 500 }, SENSITIVITY],
  note: [{ name: 'title', kind: 'text', most: 200 }, { name: 'day', kind: 'day' }, { name: 'text', kind: 'text', most: 50_000, lines: true }, SENSITIVITY],
  condition: [
    { name: 'what', kind: 'text', most: 300 }, { name: 'clinicalStatus', kind: 'choice', of: 'clinicalStatus' }, { name: 'certainty', kind: 'choice', of: 'certainty' }, { name: 'severity', kind: 'choice', of: 'severity', optional: true },
    { name: 'onset', kind: 'day', optional: true }, ...CODED, SENSITIVITY,
  ],
  allergy: [
    { name: 'what', kind: 'text', most: 300 }, { name: 'allergyType', kind: 'choice', of: 'allergyType' }, { name: 'allergyCategory', kind: 'choice', of: 'allergyCategory' }, { name: 'criticality', kind: 'choice', of: 'criticality' },
    { name: 'allergyStatus', kind: 'choice', of: 'allergyStatus' }, { name: 'allergyCertainty', kind: 'choice', of: 'allergyCertainty' }, { name: 'reaction', kind: 'text', most: 300, optional: true },
    { name: 'reactionSeverity', kind: 'choice', of: 'reactionSeverity', optional: true }, { name: 'onset', kind: 'day', optional: true }, ...CODED,
  ],
  medication: [{ name: 'what', kind: 'text', most: 300 }, { name: 'medicationStatus', kind: 'choice', of: 'medicationStatus' }, { name: 'dosage', kind: 'text', most: 500 }, { name: 'since', kind: 'day' }, ...CODED, SENSITIVITY],
  immunization: [{ name: 'vaccine', kind: 'vaccine' }, { name: 'day', kind: 'day' }, { name: 'lot', kind: 'text', most: 60, optional: true }, { name: 'dose', kind: 'number', least: 1, most: 99, optional: true }],
  result: [{ name: 'test', kind: 'choice', of: 'test' }, { name: 'value', kind: 'number', least: 0, most: 1_000_000 }, { name: 'day', kind: 'day' }, { name: 'interpretation', kind: 'choice', of: 'interpretation', optional: true }, SENSITIVITY],
  vitals: [
    { name: 'day', kind: 'day' }, { name: 'systolic', kind: 'number', least: 30, most: 300, unit: PRESSURE.unit, optional: true }, { name: 'diastolic', kind: 'number', least: 10, most: 200, unit: PRESSURE.unit, optional: true },
    vital('pulse', 10, 350), vital('temperature', 20, 46), vital('oxygen', 1, 100), vital('breathing', 1, 120), vital('weight', 0, 700), vital('height', 10, 280),
  ],
};

type Build = (values: Values) => readonly Resource[];

const BUILDERS: Readonly<Record<Kind, Build>> = {
  visit: (v) => [{
    resourceType: 'Encounter', ...labelled(v), status: 'finished', class: { system: ACT_CODE, code: v.visitClass }, subject: PATIENT, period: { start: v.day, end: v.day }, reasonCode: [{ text: v.reason }],
  }],
  note: (v) => [{
    resourceType: 'DocumentReference', ...labelled(v), status: 'current', docStatus: 'final', type: loinc({ code: '11506-3', display: 'Progress note' }), subject: PATIENT, date: `${v.day}T12:00:00Z`, description: v.title,
    content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: base64(v.text ?? ''), title: v.title } }],
  }],
  condition: (v) => [{
    resourceType: 'Condition', ...labelled(v), clinicalStatus: hl7('condition-clinical', v.clinicalStatus), verificationStatus: hl7('condition-ver-status', v.certainty),
    ...(v.severity && { severity: severity(v.severity as keyof typeof SEVERITIES) }), code: coded(v), subject: PATIENT, ...(v.onset && { onsetDateTime: v.onset }),
  }],
  allergy: (v) => [{
    resourceType: 'AllergyIntolerance', clinicalStatus: hl7('allergyintolerance-clinical', v.allergyStatus), verificationStatus: hl7('allergyintolerance-verification', v.allergyCertainty),
    type: v.allergyType, category: [v.allergyCategory], criticality: v.criticality, code: coded(v), patient: PATIENT, ...(v.onset && { onsetDateTime: v.onset }),
    ...(v.reaction && { reaction: [{ manifestation: [{ text: v.reaction }], ...(v.reactionSeverity && { severity: v.reactionSeverity }) }] }),
  }],
  medication: (v) => [{ resourceType: 'MedicationStatement', ...labelled(v), status: v.medicationStatus, medicationCodeableConcept: coded(v), subject: PATIENT, effectivePeriod: { start: v.since }, dosage: [{ text: v.dosage }] }],
  immunization: (v) => {
    const product = productByIndex(Number(v.vaccine));
    const coding = product?.aliases.map(({ system, code }) => ({ system, code })).slice(0, 4);
    return [{
      resourceType: 'Immunization', status: 'completed', vaccineCode: { ...(coding?.length && { coding }), text: product?.display ?? v.vaccine }, patient: PATIENT, occurrenceDateTime: v.day,
      ...(v.lot && { lotNumber: v.lot }), ...(v.dose && { protocolApplied: [{ doseNumberPositiveInt: Number(v.dose) }] }),
    }];
  },
  result: (v) => {
    const test = TESTS[v.test as (typeof CHOICES)['test'][number]];
    return [{
      resourceType: 'Observation', ...labelled(v), status: 'final', category: [category('laboratory')], code: loinc(test), subject: PATIENT, effectiveDateTime: v.day, valueQuantity: quantity(v.value!, test),
      ...(v.interpretation && { interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: v.interpretation }] }] }),
    }];
  },
  vitals(v) {
    const common = { resourceType: 'Observation', status: 'final', category: [category('vital-signs')], subject: PATIENT, effectiveDateTime: v.day };
    const part = (name: 'systolic' | 'diastolic') => (v[name] ? [{ code: loinc(PRESSURE[name]), valueQuantity: quantity(v[name], PRESSURE) }] : []);
    const component = [...part('systolic'), ...part('diastolic')];
    const single = (Object.keys(VITALS) as Vital[]).flatMap((name) => (v[name] ? [{ ...common, code: loinc(VITALS[name]), valueQuantity: quantity(v[name], VITALS[name]) }] : [])); // its keys are the names
    return [...(component.length > 0 ? [{ ...common, code: loinc(PRESSURE.panel), component }] : []), ...single];
  },
};

/** What comes of answers that `faultsOf` finds nothing wrong with; none where nothing was measured. */
export const buildResources = (kind: Kind, values: Values): readonly Resource[] => BUILDERS[kind](values).map((resource) => JSON.parse(JSON.stringify(resource)) as Resource); // without what is undefined

/** What a form begins with. */
export const firstValues = (kind: Kind, today: FhirDay, first: (field: Extract<Field, { kind: 'choice' }>) => string): Values =>
  Object.fromEntries(FORMS[kind].flatMap((field) => (field.optional ? [] : field.kind === 'day' ? [[field.name, today]] : field.kind === 'choice' ? [[field.name, first(field)]] : [])));

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const hl7 = (system: string, code: string | undefined) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] });
const category = (code: string) => hl7('observation-category', code);
const severity = (name: keyof typeof SEVERITIES) => ({ coding: [{ system: SNOMED, code: SEVERITIES[name][0], display: SEVERITIES[name][1] }] });
const labelled = ({ sensitivity }: Values) => (sensitivity ? { meta: { security: [{ system: ACT_CODE, code: sensitivity }] } } : {});
const coded = ({ what, codeSystem, code }: Values) => ({ ...(codeSystem && code && { coding: [{ system: SYSTEMS[codeSystem as keyof typeof SYSTEMS], code, display: what }] }), text: what });
const quantity = (text: string, { unit, ucum }: { readonly unit: string; readonly ucum: string }) => ({ value: Number(decimalOf(text)), unit, system: UCUM, code: ucum });
const base64 = (text: string): string => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
