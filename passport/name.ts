// The name digest: what a credential holds of a name, and what staff recompute from the document in front of them.
// docs/protocol.md, "Name digest"; ICAO Doc 9303 part 3 (transliteration) and part 5 (the name field of TD1, the shortest).
import { HealthpassError } from './errors.ts';
import type { Person } from './event.ts';
import type { FieldElement } from './field.ts';
import { P2, TAG_NAME } from './poseidon.ts';
import { transliterate } from './transliteration/transliterate.ts';

/** Characters of the name field of TD1. */
export const MRZ_NAME_LENGTH = 30;

/**
 * `PRIMARY<<SECONDARY`, cut to 30 characters, without fillers at its end; '' when there is no name. A person with one name only has it
 * as the primary identifier.
 * @throws HealthpassError `claims-invalid`, field `name`: see {@link transliterate}
 */
export function mrzName(family: string, given: string | readonly string[]): string {
  const identifiers = [transliterate(family), transliterate(typeof given === 'string' ? given : given.join(' '))];
  return cut(identifiers.filter((identifier) => identifier !== '').join('<<'));
}

/**
 * The same from the name field of a machine readable zone (30, 31 or 39 characters).
 * @throws HealthpassError `claims-invalid`, field `name`
 */
export function nameFromMrz(field: string): string {
  if (field.length > 39 || !/^[A-Z]+(?:<{1,2}[A-Z]+)*<*$/.test(field)) throw new HealthpassError('claims-invalid', 'the name is not that of a machine readable zone', { field: 'name' });
  return cut(field);
}

const cut = (name: string) => name.slice(0, MRZ_NAME_LENGTH).replace(/<+$/, '');

/** Five bits a character (A = 1 … Z = 26, `<` = 27), the first lowest. 0n for ''. Injective. */
export function packName(name: string): bigint {
  if (!/^[A-Z<]{0,30}$/.test(name)) throw new HealthpassError('claims-invalid', 'the name is not at most 30 characters A-Z and <', { field: 'name' });
  return [...name].reduceRight((packed, char) => (packed << 5n) | BigInt(char === '<' ? 27 : char.charCodeAt(0) - 64), 0n);
}

/** The digest of an MRZ name; 0n when no name is attested. */
export const digestOfMrzName = (name: string): FieldElement => (name === '' ? (0n as FieldElement) : P2(TAG_NAME, packName(name)));

/**
 * Claim `nameDigest` of a person.
 * @throws HealthpassError `claims-invalid`, field `name`: see {@link transliterate}
 */
export const nameDigest = (person: Pick<Person, 'family' | 'given'>): FieldElement => digestOfMrzName(mrzName(person.family, person.given));
