// The claims of a health credential that is shown openly, one row a claim: its name in either securing, its form, and how it is
// written from a health event. Codes are FHIR codings: {system, code, display}.
import { z } from 'zod';
import {
  codingOfResult, COUNTRIES, diseaseBySnomed, LOINC, observationByCoding, observationFor, productByCoding, productByIndex, resultByCoding, SNOMED, TEST_KINDS,
  testByIndex, type Coding,
} from '#passport/codes/index.ts';
import type { Result } from '#passport/claims.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { HealthEvent } from '#passport/event.ts';
import type { UnixSeconds } from '#passport/time.ts';

/** Kinds of test that no LOINC code of the table names together with their disease. */
export const TEST_SYSTEM = 'urn:healthpass:test-kind';

const codingSchema = z.strictObject({ system: z.string().min(1).max(200), code: z.string().min(1).max(64), display: z.string().min(1).max(200).optional() });
const text = z.string().min(1).max(200);
const count = z.int().min(1).max(255);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/).refine((value) => writeInstant(Date.parse(value) / 1000) === value);
const birthDate = z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/);

/** Schemas by the name in `credentialSubject`. */
const SCHEMAS = {
  disease: codingSchema.refine(({ system, code }) => system === SNOMED && /^[1-9]\d{5,17}$/.test(code)),
  product: codingSchema.refine((coding) => productByCoding(coding) !== undefined),
  doseNumber: count,
  seriesDoses: count,
  test: codingSchema.refine((coding) => readTest(coding) !== undefined),
  result: codingSchema.refine((coding) => resultByCoding(coding) !== undefined),
  occurred: instant,
  country: z.string().refine((code) => COUNTRIES.includes(code)),
  lotNumber: text,
  performer: text,
  familyName: text,
  givenName: text,
  birthDate,
} as const satisfies Record<string, z.ZodType>;

export type FieldName = keyof typeof SCHEMAS;
export type Fields = { readonly [N in FieldName]?: z.infer<(typeof SCHEMAS)[N]> };

type Row<N extends FieldName> = {
  /** Name in an SD-JWT VC: as IANA registers it where it does. */
  readonly sd: string;
  readonly part: 'event' | 'person';
  /** Undefined when the event does not say. */
  readonly write: (event: HealthEvent) => Fields[N] | undefined;
};

export const FIELDS: { readonly [N in FieldName]: Row<N> } = {
  disease: { sd: 'disease', part: 'event', write: ({ disease }) => (disease === 0n ? undefined : writeDisease(disease)) },
  product: { sd: 'product', part: 'event', write: ({ product }) => (product === 0 ? undefined : writeProduct(product)) },
  doseNumber: { sd: 'dose_number', part: 'event', write: ({ dose }) => dose || undefined },
  seriesDoses: { sd: 'series_doses', part: 'event', write: ({ series }) => series || undefined },
  test: { sd: 'test', part: 'event', write: ({ test, disease }) => (test === 0 ? undefined : writeTest(test, disease)) },
  result: { sd: 'result', part: 'event', write: ({ result }) => (result === 'none' ? undefined : { ...codingOfResult(result), display: RESULT_WORDS[result] }) },
  occurred: { sd: 'occurred', part: 'event', write: ({ time }) => writeInstant(time) },
  country: { sd: 'country', part: 'event', write: ({ country }) => country || undefined },
  lotNumber: { sd: 'lot_number', part: 'event', write: ({ lot }) => lot || undefined },
  performer: { sd: 'performer', part: 'event', write: ({ performer }) => performer || undefined },
  familyName: { sd: 'family_name', part: 'person', write: ({ person }) => person?.family || undefined },
  givenName: { sd: 'given_name', part: 'person', write: ({ person }) => person?.given.join(' ') || undefined },
  birthDate: { sd: 'birthdate', part: 'person', write: ({ person }) => person?.birthDate },
};

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];
export const fieldBySdName = new Map(FIELD_NAMES.map((name) => [FIELDS[name].sd, name]));

/**
 * What an event says, field by field.
 * @throws HealthpassError `claims-invalid` for a field that is out of its form
 */
export function writeFields(event: HealthEvent, names: readonly FieldName[]): Fields {
  const entries = names.map((name) => [name, FIELDS[name].write(event)] as const).filter(([, value]) => value !== undefined);
  return parseFields(Object.fromEntries(entries), names);
}

/** @throws HealthpassError `claims-invalid` for an unknown field or one out of its form, naming it */
export function parseFields(input: Readonly<Record<string, unknown>>, names: readonly FieldName[]): Fields {
  for (const [name, value] of Object.entries(input)) {
    const known = names.find((candidate) => candidate === name);
    if (!known || !SCHEMAS[known].safeParse(value).success) {
      const field = known ?? 'a claim that the credential type does not have'; // an unknown name is input, not ours to repeat
      throw new HealthpassError('claims-invalid', `the credential has a wrong value for ${field}`, { field });
    }
  }
  return input as Fields; // each entry was parsed by the schema of its name
}

/** The parts of a health event that the fields say; what was not disclosed is left out, never guessed. */
export function readFields(fields: Fields): Partial<Omit<HealthEvent, 'kind'>> {
  const { disease, product, doseNumber, seriesDoses, test, result, occurred, country, lotNumber, performer } = fields;
  const said = {
    disease: disease && BigInt(disease.code),
    product: product && productByCoding(product)?.index,
    dose: doseNumber,
    series: seriesDoses,
    time: occurred === undefined ? undefined : Date.parse(occurred) / 1000 as UnixSeconds,
    test: test && readTest(test),
    result: result && resultByCoding(result),
    country, lot: lotNumber, performer,
    person: readPerson(fields),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function readPerson({ familyName, givenName, birthDate: born }: Fields): HealthEvent['person'] {
  if (familyName === undefined && givenName === undefined && born === undefined) return undefined;
  return { family: familyName ?? '', given: givenName?.split(' ') ?? [], birthDate: born };
}

const RESULT_WORDS: Record<Exclude<Result, 'none'>, string> = { detected: 'Detected', notDetected: 'Not detected' };

const writeInstant = (time: number): string => {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
};

function writeDisease(snomed: bigint): z.infer<typeof codingSchema> {
  const display = diseaseBySnomed(snomed)?.display;
  return { system: SNOMED, code: snomed.toString(), ...(display && { display }) };
}

function writeProduct(index: number): z.infer<typeof codingSchema> {
  const product = productByIndex(index);
  if (!product) throw new HealthpassError('claims-invalid', 'the product is not in the table', { field: 'product' });
  return { ...product.aliases[0], display: product.display };
}

function writeTest(index: number, disease: bigint): z.infer<typeof codingSchema> {
  const observation = observationFor(index, disease);
  if (observation) return { system: LOINC, code: observation.loinc, display: observation.display };
  const kind = testByIndex(index);
  if (!kind) throw new HealthpassError('claims-invalid', 'the kind of test is not in the table', { field: 'test' });
  return { system: TEST_SYSTEM, code: kind.id, display: kind.display };
}

const readTest = (coding: Coding): number | undefined =>
  coding.system === TEST_SYSTEM ? TEST_KINDS.find(({ id }) => id === coding.code)?.index : observationByCoding(coding)?.test;
