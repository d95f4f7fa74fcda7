// Finding what was issued of a lot, for recalls, while the lot itself is sealed with its event: a keyed digest of its number. Lot numbers are few
// and known, so the digest is worth what its key is.
import type { BlindIndex, Migration, Queryable } from '#server';

export const LOT_MIGRATION: Migration = {
  name: 'lots',
  sql: `ALTER TABLE issuance ADD COLUMN lot bytea;
   CREATE INDEX issuance_lot ON issuance (lot) WHERE lot IS NOT NULL;`,
};

/** One lot as different hands write it: case and white space aside. Other signs tell lots apart. */
export const lotMark = (index: BlindIndex, lot: string): Uint8Array => index(`lot\0${lot.normalize('NFKC').toUpperCase().replace(/\s/gu, '')}`);

/** Issuances of a lot, of one organisation or of all, in the order of their recording. */
export const issuancesOfLot = async (on: Queryable, mark: Uint8Array, organisation: string | null): Promise<string[]> =>
  (await on.query<{ id: string }>('SELECT id FROM issuance WHERE lot = $1 AND ($2::text IS NULL OR organisation = $2) ORDER BY number', [mark, organisation])).map(({ id }) => id);
