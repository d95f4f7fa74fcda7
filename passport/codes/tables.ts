// All tables as one canonical text, so that issuer, wallet and verifier can tell whether they read codes alike.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DISEASES } from './diseases.ts';
import { OBSERVATION_CODES } from './observations.ts';
import { PRODUCTS } from './products.ts';
import { RESULT_CODES } from './results.ts';
import { TEST_KINDS } from './tests.ts';

/** Canonical JSON: keys in one order, no white space, SNOMED CT identifiers as decimal strings. */
export const tablesJson = (): string => canonicalJson({
  diseases: DISEASES, observations: OBSERVATION_CODES, products: PRODUCTS, results: RESULT_CODES, tests: TEST_KINDS,
});

/** Lower-case hex of SHA-256 over {@link tablesJson}. */
export const tablesDigest = (): string => bytesToHex(sha256(utf8ToBytes(tablesJson())));

function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
