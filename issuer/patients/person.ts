// When two records are about one person, and how a person is kept.
import { z } from 'zod';
import type { Person } from '#passport';

const schema = z.object({ family: z.string(), given: z.array(z.string()), birthDate: z.string().optional() });

/** As it was sealed. */
export const parsePerson = (value: unknown): Person | undefined => {
  if (value === null) return undefined;
  const { family, given, birthDate } = schema.parse(value);
  return { family, given, birthDate };
};

/**
 * What two records of one person have in common: full name, letter case and spacing aside, and full birth date, within one organisation.
 * Undefined where the record says less: then nobody is taken for anybody else.
 */
export function sameness({ family, given, birthDate }: Person, organisation: string): string | undefined {
  if (family.trim() === '' || given.join('').trim() === '' || !/^\d{4}-\d{2}-\d{2}$/.test(birthDate ?? '')) return undefined;
  return JSON.stringify([organisation, plain(family), plain(given.join(' ')), birthDate]);
}

/** A name as it is compared: letter case, spacing and hyphens aside. */
export const plain = (name: string) => name.normalize('NFKC').toUpperCase().normalize('NFC').trim().split(/[\s\u2010-\u2015-]+/u).join(' ');
