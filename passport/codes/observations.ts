// LOINC codes of laboratory observations: which kind of test, for which disease. Only observations whose result answers the question
// "is the disease (or the immunity) there?" alone: codes of single genes of a virus are left out, a negative gene is not a negative test.
import { snomedOf, type DiseaseId } from './diseases.ts';
import { codingKey, LOINC, type Coding } from './systems.ts';
import { testIndex, type TestKindId } from './tests.ts';

export type ObservationCode = { readonly loinc: string; readonly test: number; readonly disease: bigint; readonly display: string };

type Row = readonly [test: TestKindId, disease: DiseaseId, loinc: string, display: string];

// The first row of a pair (test, disease) is the one written out.
const ROWS: readonly Row[] = [
  ['naat', 'covid-19', '94500-6', 'SARS-CoV-2 RNA in respiratory specimen'],
  ['naat', 'covid-19', '94309-2', 'SARS-CoV-2 RNA in specimen'],
  ['naat', 'covid-19', '94759-8', 'SARS-CoV-2 RNA in nasopharynx'],
  ['naat', 'covid-19', '94565-9', 'SARS-CoV-2 RNA in nasopharynx, non-probe'],
  ['naat', 'covid-19', '94845-5', 'SARS-CoV-2 RNA in saliva'],
  ['naat', 'covid-19', '95406-5', 'SARS-CoV-2 RNA in nose'],
  ['naat', 'covid-19', '95608-6', 'SARS-CoV-2 RNA in respiratory specimen, non-probe'],
  ['naat', 'covid-19', '96797-6', 'SARS-CoV-2 RNA in oropharyngeal wash'],
  ['naat', 'covid-19', '94660-8', 'SARS-CoV-2 RNA in serum or plasma'],
  ['naat', 'covid-19', '94531-1', 'SARS-CoV-2 RNA panel in respiratory specimen'],
  ['rapid-antigen', 'covid-19', '97097-0', 'SARS-CoV-2 antigen in upper respiratory specimen, rapid'],
  ['rapid-antigen', 'covid-19', '94558-4', 'SARS-CoV-2 antigen in respiratory specimen, rapid'],
  ['rapid-antigen', 'covid-19', '95209-3', 'SARS-CoV and SARS-CoV-2 antigen in respiratory specimen, rapid'],
  ['laboratory-antigen', 'covid-19', '96119-3', 'SARS-CoV-2 antigen in upper respiratory specimen'],
  ['antibody', 'covid-19', '94762-2', 'SARS-CoV-2 antibody in serum or plasma'],
  ['antibody', 'covid-19', '94563-4', 'SARS-CoV-2 IgG in serum or plasma'],
  ['antibody', 'covid-19', '94507-1', 'SARS-CoV-2 IgG in blood, rapid'],
  ['antibody', 'covid-19', '94564-2', 'SARS-CoV-2 IgM in serum or plasma'],
  ['antibody', 'covid-19', '94508-9', 'SARS-CoV-2 IgM in blood, rapid'],
  ['antibody', 'covid-19', '94562-6', 'SARS-CoV-2 IgA in serum or plasma'],
  ['antibody', 'covid-19', '94547-7', 'SARS-CoV-2 IgG and IgM in serum or plasma'],
  ['antibody', 'covid-19', '94761-4', 'SARS-CoV-2 IgG in dried blood spot'],
  ['antibody', 'covid-19', '95542-7', 'SARS-CoV-2 antibody in blood, rapid'],
  ['antibody', 'covid-19', '95411-5', 'SARS-CoV-2 neutralising antibody in serum'],
  ['culture', 'covid-19', '94763-0', 'SARS-CoV-2 in specimen by culture'],
  ['interferon-gamma', 'covid-19', '95971-8', 'SARS-CoV-2 stimulated gamma interferon in blood'],
  ['naat', 'influenza-a', '92142-9', 'Influenza A RNA in respiratory specimen'],
  ['naat', 'influenza-a', '85477-8', 'Influenza A RNA in upper respiratory specimen'],
  ['naat', 'influenza-a', '76078-5', 'Influenza A RNA in nasopharynx'],
  ['naat', 'influenza-a', '34487-9', 'Influenza A RNA in specimen'],
  ['rapid-antigen', 'influenza-a', '80382-5', 'Influenza A antigen in upper respiratory specimen, rapid'],
  ['naat', 'influenza-b', '92141-1', 'Influenza B RNA in respiratory specimen'],
  ['naat', 'influenza-b', '76080-1', 'Influenza B RNA in nasopharynx'],
  ['rapid-antigen', 'influenza-b', '80383-3', 'Influenza B antigen in upper respiratory specimen, rapid'],
  ['naat', 'rsv', '92131-2', 'RSV RNA in respiratory specimen'],
  ['naat', 'measles', '48508-6', 'Measles virus RNA in specimen'],
  ['antibody', 'measles', '35275-7', 'Measles virus IgG in serum'],
  ['antibody', 'measles', '20479-2', 'Measles virus IgG in serum, method not stated'],
  ['antibody', 'measles', '7962-4', 'Measles virus IgG in serum, quantity'],
  ['antibody', 'measles', '7961-6', 'Measles virus antibody in serum, quantity'],
  ['antibody', 'mumps', '6476-6', 'Mumps virus IgG in serum'],
  ['antibody', 'mumps', '22415-4', 'Mumps virus IgG in serum, method not stated'],
  ['antibody', 'rubella', '40667-8', 'Rubella virus IgG in serum or plasma'],
  ['antibody', 'rubella', '25514-1', 'Rubella virus IgG in serum, method not stated'],
  ['antibody', 'varicella', '19162-7', 'Varicella-zoster virus IgG in serum'],
  ['laboratory-antigen', 'hepatitis-b', '5196-1', 'Hepatitis B surface antigen in serum or plasma'],
  ['laboratory-antigen', 'hepatitis-b', '5195-3', 'Hepatitis B surface antigen in serum'],
  ['rapid-antigen', 'hepatitis-b', '75410-1', 'Hepatitis B surface antigen in blood, rapid'],
  ['antibody', 'hepatitis-b', '10900-9', 'Hepatitis B surface antibody in serum'],
  ['antibody', 'hepatitis-b', '22322-2', 'Hepatitis B surface antibody in serum, method not stated'],
  ['antibody', 'hepatitis-a', '40724-7', 'Hepatitis A virus IgG in serum'],
  ['naat', 'tuberculosis', '38379-4', 'Mycobacterium tuberculosis complex DNA in specimen'],
  ['naat', 'tuberculosis', '88874-3', 'Mycobacterium tuberculosis complex DNA in isolate or specimen'],
  ['interferon-gamma', 'tuberculosis', '45323-3', 'Tuberculin stimulated gamma interferon in blood'],
  ['other-laboratory', 'hiv', '56888-1', 'HIV 1 and 2 antibody and p24 antigen in serum or plasma'],
  ['microscopy', 'malaria', '32700-7', 'Plasmodium in blood by microscopy'],
  ['rapid-antigen', 'malaria', '70569-9', 'Plasmodium antigen in blood, rapid'],
];

export const OBSERVATION_CODES: readonly ObservationCode[] = ROWS.map(([test, disease, loinc, display]) => ({
  loinc, test: testIndex(test), disease: snomedOf(disease), display,
}));

const byCoding = new Map(OBSERVATION_CODES.map((row) => [codingKey({ system: LOINC, code: row.loinc }), row]));

export const observationByCoding = (coding: Coding): ObservationCode | undefined => byCoding.get(codingKey(coding));

/** The LOINC code to write for a test of a disease. */
export const observationFor = (test: number, disease: bigint): ObservationCode | undefined =>
  OBSERVATION_CODES.find((row) => row.test === test && row.disease === disease);
