// What a laboratory says of a qualitative test. Answers that are neither yes nor no (inconclusive, equivocal, invalid) stand in no
// table: nothing can be attested by them.
import type { Result } from '../claims.ts';
import { codingKey, OBSERVATION_INTERPRETATION, SNOMED, type Coding } from './systems.ts';

export type AttestedResult = Exclude<Result, 'none'>;
export type ResultCode = Coding & { readonly result: AttestedResult };

const code = (result: AttestedResult, system: string, value: string): ResultCode => ({ system, code: value, result });

/** The first code of each result is the one written out. */
export const RESULT_CODES: readonly ResultCode[] = [
  code('detected', SNOMED, '260373001'), // Detected
  code('detected', SNOMED, '10828004'), // Positive
  code('detected', SNOMED, '11214006'), // Reactive
  code('detected', OBSERVATION_INTERPRETATION, 'POS'),
  code('detected', OBSERVATION_INTERPRETATION, 'DET'),
  code('detected', OBSERVATION_INTERPRETATION, 'RR'),
  code('notDetected', SNOMED, '260415000'), // Not detected
  code('notDetected', SNOMED, '260385009'), // Negative
  code('notDetected', SNOMED, '131194007'), // Non-reactive
  code('notDetected', OBSERVATION_INTERPRETATION, 'NEG'),
  code('notDetected', OBSERVATION_INTERPRETATION, 'ND'),
  code('notDetected', OBSERVATION_INTERPRETATION, 'NR'),
];

const byCoding = new Map(RESULT_CODES.map((row) => [codingKey(row), row.result]));

export const resultByCoding = (coding: Coding): AttestedResult | undefined => byCoding.get(codingKey(coding));
export const codingOfResult = (result: AttestedResult): Coding => {
  const { system, code: value } = RESULT_CODES.find((row) => row.result === result)!; // both results have codes
  return { system, code: value };
};
