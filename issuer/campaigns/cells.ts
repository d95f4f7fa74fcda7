// A row of cells as the FHIR resource that says the same, so that cells pass the checks of records and no others.
import { HealthpassError, parseHolderBinding, type ErrorCode, type HolderBinding } from '#passport';
import {
  ATC, codingOfResult, countryCode, CVX, diseaseByCoding, diseaseBySnomed, DISEASES, EU_REGISTER, LOINC, observationByCoding, observationFor, productByCoding, productById,
  resultByCoding, SNOMED, TEST_KINDS, type AttestedResult, type Coding,
} from '#passport/codes/index.ts';
import { ICD10 } from '#passport/codes/systems.ts';
import { CLINICAL_STATUS, VERIFICATION_STATUS } from '#formats/fhir/condition.ts';
import { OBSERVATION_CATEGORY } from '#formats/fhir/observation.ts';
import type { Cells } from './csv.ts';
import type { Column } from './columns.ts';
import { isoDate, type DateFormat } from './dates.ts';

type Json = Readonly<Record<string, unknown>>;
export type CellRecord = { readonly resource: Json; readonly patient: Json; readonly key: string | undefined; readonly bindings: readonly HolderBinding[] };

/** @throws HealthpassError whose `field` is the column: `fhir-code-unknown`, `fhir-invalid`, `request-invalid`, `point-invalid` */
export function readCellRecord(cells: Cells, dates: DateFormat): CellRecord {
  return { resource: resourceOf(cells, dates), patient: patientOf(cells, dates), key: cells.id, bindings: bindingOf(cells) };
}

function patientOf({ family, given, birthDate }: Cells, dates: DateFormat): Json {
  const name = { ...(family === undefined ? {} : { family }), ...(given === undefined ? {} : { given: given.split(/\s+/) }) };
  return {
    resourceType: 'Patient',
    ...(Object.keys(name).length === 0 ? {} : { name: [name] }),
    ...(birthDate === undefined ? {} : { birthDate: isoDate(birthDate, dates, 'birthDate') }),
  };
}

const KINDS = { vaccination: 'vaccination', immunization: 'vaccination', test: 'test', observation: 'test', recovery: 'recovery', condition: 'recovery' } as const;

function kindOf({ kind, product, test }: Cells): 'vaccination' | 'test' | 'recovery' {
  if (kind === undefined) return product !== undefined ? 'vaccination' : test !== undefined ? 'test' : 'recovery';
  const known = KINDS[kind.toLowerCase() as keyof typeof KINDS];
  if (!known) throw refused('fhir-code-unknown', 'kind', 'is neither vaccination, test nor recovery');
  return known;
}

function resourceOf(cells: Cells, dates: DateFormat): Json {
  const kind = kindOf(cells);
  const date = isoDate(needed(cells, 'date'), dates, 'date');
  const country = countryOf(cells);
  if (kind === 'vaccination') {
    return {
      resourceType: 'Immunization', status: 'completed', patient: {}, occurrenceDateTime: date,
      vaccineCode: { coding: [productCoding(needed(cells, 'product'))] },
      ...(cells.lot === undefined ? {} : { lotNumber: cells.lot }),
      ...(cells.performer === undefined ? {} : { performer: [{ actor: { display: cells.performer } }] }),
      ...(country === undefined ? {} : { contained: [place(country)], location: { reference: '#place' } }),
      ...protocolOf(cells),
    };
  }
  const visit = visitOf(country, kind === 'recovery' ? cells.performer : undefined);
  if (kind === 'test') {
    return {
      resourceType: 'Observation', status: 'final', subject: {}, effectiveDateTime: date, ...visit,
      category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'laboratory' }] }],
      code: { coding: [testCoding(needed(cells, 'test'), cells)] },
      valueCodeableConcept: { coding: [resultCoding(needed(cells, 'result'))] },
      ...(cells.performer === undefined ? {} : { performer: [{ display: cells.performer }] }),
    };
  }
  return {
    resourceType: 'Condition', subject: {}, onsetDateTime: date, ...visit,
    clinicalStatus: { coding: [{ system: CLINICAL_STATUS, code: 'resolved' }] },
    verificationStatus: { coding: [{ system: VERIFICATION_STATUS, code: 'confirmed' }] },
    code: { coding: [diseaseCoding(needed(cells, 'disease'))] },
  };
}

const place = (country: string): Json => ({ resourceType: 'Location', id: 'place', address: { country } });

/** Tests and recoveries have no place of their own; the visit has. */
function visitOf(country: string | undefined, performer: string | undefined): Json {
  if (country === undefined && performer === undefined) return {};
  const visit = {
    resourceType: 'Encounter', id: 'visit',
    ...(performer === undefined ? {} : { serviceProvider: { display: performer } }),
    ...(country === undefined ? {} : { location: [{ location: { reference: '#place' } }] }),
  };
  return { contained: [visit, ...(country === undefined ? [] : [place(country)])], encounter: { reference: '#visit' } };
}

function protocolOf(cells: Cells): Json {
  const [dose, doses] = [countOf(cells, 'dose'), countOf(cells, 'doses')];
  const targetDisease = cells.disease === undefined ? undefined : [{ coding: [diseaseCoding(cells.disease)] }];
  if (dose === undefined && doses === undefined && !targetDisease) return {};
  return { protocolApplied: [{
    ...(dose === undefined ? {} : { doseNumberPositiveInt: dose }), ...(doses === undefined ? {} : { seriesDosesPositiveInt: doses }), ...(targetDisease ? { targetDisease } : {}),
  }] };
}

/** What spreadsheets make of a whole number, and nothing else. */
function countOf(cells: Cells, column: 'dose' | 'doses'): number | undefined {
  const text = cells[column];
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,2}$/.test(text)) throw refused('fhir-invalid', column, 'is not a whole number from 1 on');
  return Number(text);
}

/** A country that is not known would be left out in silence. */
function countryOf({ country }: Cells): string | undefined {
  if (country === undefined) return undefined;
  const code = countryCode(country);
  if (code === undefined) throw refused('fhir-code-unknown', 'country', 'is no ISO 3166-1 code');
  return code;
}

const PREFIXES: Readonly<Record<string, string>> = { cvx: CVX, atc: ATC, snomed: SNOMED, sct: SNOMED, loinc: LOINC, icd10: ICD10, eu: EU_REGISTER };

/** `cvx:208`, `http://hl7.org/fhir/sid/cvx|208`. */
function prefixed(text: string): Coding | undefined {
  const bar = text.lastIndexOf('|');
  if (bar > 0) return { system: text.slice(0, bar), code: text.slice(bar + 1) };
  const [prefix, code] = [text.slice(0, text.indexOf(':')).toLowerCase(), text.slice(text.indexOf(':') + 1).trim()];
  return Object.hasOwn(PREFIXES, prefix) ? { system: PREFIXES[prefix]!, code } : undefined;
}

function productCoding(text: string): Coding {
  const coding = prefixed(text) ?? productById(text.toLowerCase())?.aliases[0] ?? { system: systemOfProduct(text), code: text };
  if (!productByCoding(coding)) throw refused('fhir-code-unknown', 'product', 'has no code that the product table knows');
  return coding;
}

const systemOfProduct = (text: string): string => (/^\d{1,3}$/.test(text) ? CVX : text.startsWith('J07') ? ATC : text.startsWith('EU/') ? EU_REGISTER : SNOMED);

function diseaseCoding(text: string): Coding {
  const known = DISEASES.find(({ id }) => id === text.toLowerCase())?.snomed;
  const coding = prefixed(text) ?? (known === undefined ? { system: /^[A-Z]/.test(text) ? ICD10 : SNOMED, code: text } : { system: SNOMED, code: known.toString() });
  if (!diseaseByCoding(coding)) throw refused('fhir-code-unknown', 'disease', 'has no code that the table of diseases knows');
  return coding;
}

const TEST_NAMES: Readonly<Record<string, string>> = { pcr: 'naat', 'rt-pcr': 'naat', rat: 'rapid-antigen', antigen: 'rapid-antigen' };

/** A LOINC code, or the kind of test beside the disease. */
function testCoding(text: string, { disease }: Cells): Coding {
  const name = text.toLowerCase();
  const kind = TEST_KINDS.find(({ id }) => id === (TEST_NAMES[name] ?? name));
  if (!kind) {
    const coding = prefixed(text) ?? { system: LOINC, code: text };
    if (!observationByCoding(coding)) throw refused('fhir-code-unknown', 'test', 'has no code that the table of observations knows');
    return coding;
  }
  if (disease === undefined) throw refused('fhir-invalid', 'disease', 'is missing beside the kind of test');
  const target = diseaseByCoding(diseaseCoding(disease))!; // diseaseCoding has found it
  const code = observationFor(kind.index, diseaseBySnomed(target.snomed)!.snomed);
  if (!code) throw refused('fhir-code-unknown', 'test', 'is no test for this disease');
  return { system: LOINC, code: code.loinc };
}

const RESULTS: Readonly<Record<string, AttestedResult>> = {
  detected: 'detected', positive: 'detected', pos: 'detected', notdetected: 'notDetected', 'not detected': 'notDetected', negative: 'notDetected', neg: 'notDetected',
};

function resultCoding(text: string): Coding {
  const named = RESULTS[text.toLowerCase()];
  const coding = named ? codingOfResult(named) : prefixed(text) ?? { system: SNOMED, code: text };
  if (!resultByCoding(coding)) throw refused('fhir-code-unknown', 'result', 'does not say detected or not detected');
  return coding;
}

function bindingOf({ commitment, keyX, keyY }: Cells): HolderBinding[] {
  if (commitment === undefined && keyX === undefined && keyY === undefined) return [];
  return [parseHolderBinding({ commitment, key: { kty: 'EC', crv: 'P-256', x: keyX, y: keyY } })];
}

function needed(cells: Cells, column: Column): string {
  const text = cells[column];
  if (text === undefined) throw refused('fhir-invalid', column, 'is missing');
  return text;
}

const refused = (code: ErrorCode, column: Column, what: string) => new HealthpassError(code, `${column} ${what}`, { field: column });

/** The column that an element of such a resource came from. */
export function columnOf(element: string | undefined): Column | undefined {
  return element === undefined ? undefined : COLUMN_OF.find(([pattern]) => pattern.test(element))?.[1];
}

const COLUMN_OF: readonly (readonly [RegExp, Column])[] = [
  [/birthDate/, 'birthDate'], [/\.family/, 'family'], [/\.given|Patient\.name/, 'given'], [/vaccineCode/, 'product'], [/doseNumber/, 'dose'], [/seriesDoses/, 'doses'],
  [/targetDisease|Condition\.code/, 'disease'], [/occurrence|effective|onset/, 'date'], [/lotNumber/, 'lot'], [/performer|display/, 'performer'], [/Observation\.code/, 'test'], [/valueCodeableConcept|interpretation/, 'result'],
  [/^(Immunization|Observation|Condition)$/, 'date'],
];
