// The columns of a CSV file: what each is called by default in the field, and what a mapping says instead.
import { HealthpassError } from '#passport';

const NAMES = {
  id: 'id rowid patientid mrn caseid externalid',
  kind: 'kind type eventtype',
  family: 'family familyname lastname surname nachname nom apellido',
  given: 'given givenname givennames firstname forename vorname prenom nombre',
  birthDate: 'birthdate dateofbirth dob geburtsdatum datedenaissance fechadenacimiento',
  product: 'product cvx vaccine vaccinecode vaccineproduct impfstoff',
  dose: 'dose dosenumber dosesequence',
  doses: 'doses seriesdoses totaldoses dosesinseries',
  date: 'date eventdate occurrence occurrencedate vaccinationdate sampledate testdate datum',
  lot: 'lot lotnumber batch batchnumber charge',
  performer: 'performer facility organisation organization clinic site',
  country: 'country countrycode land pays',
  disease: 'disease target targetdisease agent',
  test: 'test testcode loinc',
  result: 'result testresult ergebnis',
  commitment: 'commitment holdercommitment',
  keyX: 'keyx holderkeyx',
  keyY: 'keyy holderkeyy',
} as const;

/** What a cell can mean. */
export type Column = keyof typeof NAMES;
export const COLUMNS = Object.keys(NAMES) as readonly Column[];
/** Header text of the file by column; what it does not name is found by its usual names. */
export type Mapping = Readonly<Partial<Record<Column, string>>>;

const byName = new Map(COLUMNS.flatMap((column) => NAMES[column].split(' ').map((name) => [name, column] as const)));
const plain = (header: string) => header.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s_.-]/g, '');

/** What a column means by its usual names; undefined for any other. */
export const usualColumn = (header: string): Column | undefined => byName.get(plain(header.normalize('NFC')));

/**
 * Which column stands at which place; undefined for places that mean nothing here.
 * @throws HealthpassError `request-invalid`, field `header` or `mapping.…`: names repeated or unreadable, nothing that could make an event
 */
export function readHeader(cells: readonly string[], mapping: Mapping = {}): readonly (Column | undefined)[] {
  const names = cells.map((cell) => cell.trim().normalize('NFC'));
  if (names.some((name) => /[\p{Cc}\p{Cf}\ufffd]/u.test(name) || name.length > 200)) throw wrong('header', 'holds characters that no name of a column has');
  const given = names.filter((name) => name !== '');
  if (new Set(given).size !== given.length) throw wrong('header', 'names a column twice');
  const placed = names.map((name) => placeOf(name, mapping));
  for (const [column, name] of Object.entries(mapping)) if (!names.includes(name.normalize('NFC'))) throw wrong(`mapping.${column}`, 'names a column that the file has not');
  const known = placed.filter((column) => column !== undefined);
  if (new Set(known).size !== known.length) throw wrong('header', 'has two columns of one meaning: say which by a mapping');
  if (!known.includes('date')) throw wrong('header', 'has no column for the date of the event');
  if (!(['product', 'test', 'disease'] as const).some((column) => known.includes(column))) throw wrong('header', 'has no column for a product, a test or a disease');
  return placed;
}

function placeOf(name: string, mapping: Mapping): Column | undefined {
  const explicit = COLUMNS.find((column) => mapping[column]?.normalize('NFC') === name);
  if (explicit || name === '') return explicit;
  const usual = byName.get(plain(name));
  return usual !== undefined && mapping[usual] === undefined ? usual : undefined;
}

const wrong = (field: string, what: string) => new HealthpassError('request-invalid', `${field} ${what}`, { field });
