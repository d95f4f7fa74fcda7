// Diseases that events are about. The claim holds the SNOMED CT identifier; the other codes lead to it.
import { codingKey, ICD10, ICD11, SNOMED, type Coding } from './systems.ts';

export type Disease = {
  readonly id: DiseaseId;
  /** SNOMED CT identifier of the disorder: claim `disease`. */
  readonly snomed: bigint;
  readonly display: string;
  readonly aliases: readonly Coding[];
};

type Row = { readonly id: string; readonly snomed: string; readonly display: string; readonly sct?: string; readonly icd11?: string; readonly icd10?: string };

// Lists of codes are separated by spaces.
const ROWS = [
  { id: 'covid-19', snomed: '840539006', display: 'COVID-19', icd11: 'RA01 RA01.0', icd10: 'U07.1' },
  { id: 'measles', snomed: '14189004', display: 'Measles', icd11: '1F03 1F03.0', icd10: 'B05 B05.9' },
  { id: 'mumps', snomed: '36989005', display: 'Mumps', icd11: '1D80', icd10: 'B26 B26.9' },
  { id: 'rubella', snomed: '36653000', display: 'Rubella', icd11: '1F02', icd10: 'B06 B06.9' },
  { id: 'diphtheria', snomed: '397428000', display: 'Diphtheria', sct: '397430003', icd11: '1C17', icd10: 'A36 A36.9' },
  { id: 'tetanus', snomed: '76902006', display: 'Tetanus', icd11: '1C13', icd10: 'A35' },
  { id: 'pertussis', snomed: '27836007', display: 'Pertussis', icd11: '1C12', icd10: 'A37 A37.9' },
  { id: 'poliomyelitis', snomed: '398102009', display: 'Poliomyelitis', icd11: '1C81', icd10: 'A80 A80.9' },
  { id: 'hepatitis-a', snomed: '40468003', display: 'Hepatitis A', icd11: '1E50.0', icd10: 'B15 B15.9' },
  { id: 'hepatitis-b', snomed: '66071002', display: 'Hepatitis B', icd11: '1E50.1', icd10: 'B16 B16.9' },
  { id: 'hib', snomed: '709410003', display: 'Haemophilus influenzae type b infection' },
  { id: 'pneumococcal', snomed: '16814004', display: 'Pneumococcal disease' },
  { id: 'meningococcal', snomed: '23511006', display: 'Meningococcal disease', icd11: '1C1C', icd10: 'A39 A39.9' },
  { id: 'rotavirus', snomed: '18624000', display: 'Rotavirus disease', icd11: '1A22', icd10: 'A08.0' },
  { id: 'hpv', snomed: '240532009', display: 'Human papillomavirus infection' },
  { id: 'influenza', snomed: '6142004', display: 'Influenza', sct: '719590007', icd11: '1E32', icd10: 'J11' },
  { id: 'influenza-a', snomed: '442438000', display: 'Influenza A' },
  { id: 'influenza-b', snomed: '24662006', display: 'Influenza B' },
  { id: 'typhoid', snomed: '4834000', display: 'Typhoid fever', icd11: '1A07', icd10: 'A01.0' },
  { id: 'rabies', snomed: '14168008', display: 'Rabies', icd11: '1C82', icd10: 'A82 A82.9' },
  { id: 'japanese-encephalitis', snomed: '52947006', display: 'Japanese encephalitis', icd11: '1C85', icd10: 'A83.0' },
  { id: 'tick-borne-encephalitis', snomed: '712986001', display: 'Tick-borne encephalitis', icd11: '1C84', icd10: 'A84.1' },
  { id: 'cholera', snomed: '63650001', display: 'Cholera', icd11: '1A00', icd10: 'A00 A00.9' },
  { id: 'varicella', snomed: '38907003', display: 'Varicella', icd11: '1E90', icd10: 'B01 B01.9' },
  { id: 'zoster', snomed: '4740000', display: 'Herpes zoster', icd11: '1E91', icd10: 'B02 B02.9' },
  { id: 'yellow-fever', snomed: '16541001', display: 'Yellow fever', icd11: '1D47', icd10: 'A95 A95.9' },
  { id: 'tuberculosis', snomed: '56717001', display: 'Tuberculosis' },
  { id: 'rsv', snomed: '55735004', display: 'Respiratory syncytial virus infection' },
  { id: 'dengue', snomed: '38362002', display: 'Dengue', icd10: 'A90 A97' },
  { id: 'ebola', snomed: '37109004', display: 'Ebola virus disease', icd11: '1D60', icd10: 'A98.4' },
  { id: 'mpox', snomed: '359814004', display: 'Mpox', icd11: '1E71', icd10: 'B04' },
  { id: 'smallpox', snomed: '67924001', display: 'Smallpox', icd11: '1E70', icd10: 'B03' },
  { id: 'anthrax', snomed: '409498004', display: 'Anthrax', icd10: 'A22 A22.9' },
  { id: 'chikungunya', snomed: '111864006', display: 'Chikungunya', icd11: '1D40', icd10: 'A92.0' },
  { id: 'adenovirus', snomed: '25225006', display: 'Adenovirus disease' },
  { id: 'malaria', snomed: '61462000', display: 'Malaria', icd10: 'B54' },
  { id: 'hiv', snomed: '86406008', display: 'Human immunodeficiency virus infection' },
] as const satisfies readonly Row[];

export type DiseaseId = (typeof ROWS)[number]['id'];

const list = (codes: string | undefined) => (codes === undefined ? [] : codes.split(' '));

export const DISEASES: readonly Disease[] = ROWS.map((row: Row) => ({
  id: row.id as DiseaseId, // Row widens what ROWS declares
  snomed: BigInt(row.snomed),
  display: row.display,
  aliases: [
    { system: SNOMED, code: row.snomed },
    ...list(row.sct).map((code) => ({ system: SNOMED, code })),
    ...list(row.icd11).map((code) => ({ system: ICD11, code })),
    ...list(row.icd10).map((code) => ({ system: ICD10, code })),
  ],
}));

const byId = new Map(DISEASES.map((disease) => [disease.id, disease]));
const bySnomed = new Map(DISEASES.map((disease) => [disease.snomed, disease]));
const byCoding = new Map(DISEASES.flatMap((disease) => disease.aliases.map((alias) => [codingKey(alias), disease] as const)));

/** The SNOMED CT identifier of a disease of the table. */
export const snomedOf = (id: DiseaseId): bigint => byId.get(id)!.snomed;
export const diseaseBySnomed = (snomed: bigint): Disease | undefined => bySnomed.get(snomed);
export const diseaseByCoding = (coding: Coding): Disease | undefined => byCoding.get(codingKey(coding));
