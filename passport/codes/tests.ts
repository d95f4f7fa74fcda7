// Kinds of laboratory test by the index that stands in claim `test` and in a clause's `tests`. Append only.
import { HealthpassError } from '../errors.ts';

export type TestKind = {
  readonly index: number;
  readonly id: TestKindId;
  readonly display: string;
  /** LOINC part that names the method, where the EU DCC value sets use one. */
  readonly loincPart?: string;
};

type Row = { readonly index: number; readonly id: string; readonly display: string; readonly loincPart?: string };

const ROWS = [
  { index: 1, id: 'naat', display: 'Nucleic acid amplification (PCR and the like)', loincPart: 'LP6464-4' },
  { index: 2, id: 'rapid-antigen', display: 'Rapid antigen test', loincPart: 'LP217198-3' },
  { index: 3, id: 'laboratory-antigen', display: 'Antigen test in a laboratory' },
  { index: 4, id: 'antibody', display: 'Antibody test' },
  { index: 5, id: 'culture', display: 'Culture' },
  { index: 6, id: 'microscopy', display: 'Microscopy' },
  { index: 7, id: 'interferon-gamma', display: 'Interferon gamma release' },
  { index: 8, id: 'other-laboratory', display: 'Other laboratory test' },
] as const satisfies readonly Row[];

export type TestKindId = (typeof ROWS)[number]['id'];

export const TEST_KINDS: readonly TestKind[] = ROWS;

const byIndex = new Map(TEST_KINDS.map((test) => [test.index, test]));
const byId = new Map(TEST_KINDS.map((test) => [test.id, test]));

export const testByIndex = (index: number): TestKind | undefined => byIndex.get(index);
/** Index of a kind of test. */
export const testIndex = (id: TestKindId): number => byId.get(id)!.index;

/**
 * Indices for ids of kinds of test, in ascending order.
 * @throws HealthpassError `policy-invalid` for an id that is not in the table
 */
export function testIndices(ids: readonly string[]): number[] {
  const indices = ids.map((id) => {
    const test = TEST_KINDS.find((kind) => kind.id === id);
    if (!test) throw new HealthpassError('policy-invalid', 'tests names something that is not a kind of test', { field: 'tests' });
    return test.index;
  });
  return [...new Set(indices)].sort((a, b) => a - b);
}
