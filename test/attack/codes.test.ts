// Every code and every reason is shown by a test to come out of the system: a code that nothing produces, or that nobody has seen, is none.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES, REASONS } from '#passport';
import { HTTP_STATUS } from '#server';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['passport', 'formats', 'circuits', 'contracts', 'server', 'issuer', 'verifier', 'holder-web', 'network', 'cli'];
/** Where the lists themselves stand. */
const LISTS = ['passport/errors.ts', 'passport/verdict.ts', 'server/problem.ts', 'cli/command.ts', 'test/attack/codes.test.ts'];

const textOf = (folders: readonly string[]): string => folders.flatMap((folder) => readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map(({ parentPath, name }) => `${parentPath}/${name}`))
  .filter((file) => !LISTS.some((list) => file.endsWith(list))).map((file) => readFileSync(file, 'utf8')).join('\n');

/** As a word of its own: `root-unknown` is not shown by `root-unknown-too`. */
const names = (text: string, code: string): boolean => new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(text);
/** Reasons that are put together from a status: `credential-${status}`. */
const COMPOSED = ['credential-revoked', 'credential-suspended'];

const [sources, tests] = [textOf(SOURCES), textOf(['test'])];

describe('every code', () => {
  test.each(ERROR_CODES)('%s comes out of the system, in a test, and has a status', (code) => {
    expect([names(sources, code), names(tests, code), HTTP_STATUS[code] >= 400]).toEqual([true, true, true]);
  });
});
describe('every reason', () => {
  test.each(Object.keys(REASONS))('%s comes out of the system, in a test', (reason) => {
    expect([names(sources, reason) || COMPOSED.includes(reason), names(tests, reason)]).toEqual([true, true]);
  });
});
