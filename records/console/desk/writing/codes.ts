// The codes that forms write: LOINC for what was measured, UCUM for its unit, and the systems of what is typed with a code of its own.
import type { CHOICES } from './fields.ts';

export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';
export const SNOMED = 'http://snomed.info/sct';

type Measured = { readonly code: string; readonly display: string; readonly unit: string; readonly ucum: string };

export const TESTS: Readonly<Record<(typeof CHOICES)['test'][number], Measured>> = {
  haemoglobin: { code: '718-7', display: 'Hemoglobin [Mass/volume] in Blood', unit: 'g/dL', ucum: 'g/dL' },
  leukocytes: { code: '6690-2', display: 'Leukocytes [#/volume] in Blood by Automated count', unit: '10⁹/L', ucum: '10*9/L' },
  platelets: { code: '777-3', display: 'Platelets [#/volume] in Blood by Automated count', unit: '10⁹/L', ucum: '10*9/L' },
  glucose: { code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma', unit: 'mg/dL', ucum: 'mg/dL' },
  hba1c: { code: '4548-4', display: 'Hemoglobin A1c/Hemoglobin.total in Blood', unit: '%', ucum: '%' },
  creatinine: { code: '2160-0', display: 'Creatinine [Mass/volume] in Serum or Plasma', unit: 'mg/dL', ucum: 'mg/dL' },
  egfr: { code: '62238-1', display: 'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI)', unit: 'mL/min/1.73 m²', ucum: 'mL/min/{1.73_m2}' },
  sodium: { code: '2951-2', display: 'Sodium [Moles/volume] in Serum or Plasma', unit: 'mmol/L', ucum: 'mmol/L' },
  potassium: { code: '2823-3', display: 'Potassium [Moles/volume] in Serum or Plasma', unit: 'mmol/L', ucum: 'mmol/L' },
  alt: { code: '1742-6', display: 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', unit: 'U/L', ucum: 'U/L' },
  cholesterol: { code: '2093-3', display: 'Cholesterol [Mass/volume] in Serum or Plasma', unit: 'mg/dL', ucum: 'mg/dL' },
  ldl: { code: '13457-7', display: 'Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation', unit: 'mg/dL', ucum: 'mg/dL' },
  hdl: { code: '2085-9', display: 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', unit: 'mg/dL', ucum: 'mg/dL' },
  triglycerides: { code: '2571-8', display: 'Triglyceride [Mass/volume] in Serum or Plasma', unit: 'mg/dL', ucum: 'mg/dL' },
  crp: { code: '1988-5', display: 'C reactive protein [Mass/volume] in Serum or Plasma', unit: 'mg/L', ucum: 'mg/L' },
  tsh: { code: '3016-3', display: 'Thyrotropin [Units/volume] in Serum or Plasma', unit: 'mIU/L', ucum: 'm[IU]/L' },
};

/** The codes that the vital signs profile of FHIR R4 fixes. */
export const VITALS = {
  pulse: { code: '8867-4', display: 'Heart rate', unit: '/min', ucum: '/min' },
  temperature: { code: '8310-5', display: 'Body temperature', unit: '°C', ucum: 'Cel' },
  oxygen: { code: '2708-6', display: 'Oxygen saturation in Arterial blood', unit: '%', ucum: '%' },
  breathing: { code: '9279-1', display: 'Respiratory rate', unit: '/min', ucum: '/min' },
  weight: { code: '29463-7', display: 'Body weight', unit: 'kg', ucum: 'kg' },
  height: { code: '8302-2', display: 'Body height', unit: 'cm', ucum: 'cm' },
} as const satisfies Readonly<Record<string, Measured>>;
export type Vital = keyof typeof VITALS;
export const PRESSURE = {
  panel: { code: '85354-9', display: 'Blood pressure panel with all children optional' },
  systolic: { code: '8480-6', display: 'Systolic blood pressure' }, diastolic: { code: '8462-4', display: 'Diastolic blood pressure' }, unit: 'mmHg', ucum: 'mm[Hg]',
} as const;

export const SYSTEMS: Readonly<Record<(typeof CHOICES)['codeSystem'][number], string>> = {
  snomed: SNOMED, icd10: 'http://hl7.org/fhir/sid/icd-10', atc: 'http://www.whocc.no/atc', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
};

export const SEVERITIES = { mild: ['255604002', 'Mild'], moderate: ['6736007', 'Moderate'], severe: ['24484000', 'Severe'] } as const;

export const loinc = ({ code, display }: { readonly code: string; readonly display: string }) => ({ coding: [{ system: LOINC, code, display }] });
