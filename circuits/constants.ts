// The constants that circuit and TypeScript share, written into circom from passport/: one source, compared by the check.
import { readFileSync, writeFileSync } from 'node:fs';
import { CLAIM_NAMES, CLAIMS_VERSION } from '#passport/claims.ts';
import { CLAUSE_FIELDS } from '#passport/clause.ts';
import { LIST_WORDS, POLICY_CLAUSES, REGISTRY_DEPTH, STATUS_DEPTH, WORD_BITS } from '#passport/limits.ts';
import { TAG_IDENTITY, TAG_NULLIFIER } from '#passport/poseidon.ts';
import { SECONDS_1900_LIMIT } from '#passport/time.ts';
import { CONSTANTS_SOURCE } from './paths.ts';

const upperSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Names and values, in the order in which they are written. */
function constantTable(): [name: string, value: bigint | number, meaning: string][] {
  return [
    ['TAG_NULLIFIER', TAG_NULLIFIER, 'domain tag of nullifiers'],
    ['TAG_IDENTITY', TAG_IDENTITY, 'domain tag of identity tags'],
    ['WORD_BITS', WORD_BITS, 'bits of a status word and of a product mask'],
    ['LIST_WORD_BITS', Math.log2(LIST_WORDS), 'bits of the position of a word in its list'],
    ['STATUS_DEPTH', STATUS_DEPTH, 'levels of the 8-ary status tree'],
    ['REGISTRY_DEPTH', REGISTRY_DEPTH, 'levels of the binary registry tree'],
    ['POLICY_GROUPS', POLICY_CLAUSES / 4, 'groups of four clauses in a policy'],
    ['TIME_BITS', Math.log2(SECONDS_1900_LIMIT), 'bits of a time in seconds since 1900'],
    ['CLAIM_COUNT', CLAIM_NAMES.length, 'elements of the claims vector'],
    ['KIND_BASE', 8 * CLAIMS_VERSION, 'what the version adds to the kind in claim 0'],
    ...clauseLayout(),
    ...CLAIM_NAMES.map((name, i): [string, number, string] => [`CLAIM_${upperSnake(name)}`, i, `position of claim ${name}`]),
  ];
}

/** Where each field of a clause's word begins, and how wide it is. */
function clauseLayout(): [name: string, value: number, meaning: string][] {
  let from = 0;
  const rows = CLAUSE_FIELDS.flatMap(({ name, bits }): [string, number, string][] => {
    from += bits;
    return [
      [`CLAUSE_${upperSnake(name)}_FROM`, from - bits, `first bit of a clause's ${name}`],
      [`CLAUSE_${upperSnake(name)}_BITS`, bits, `bits of a clause's ${name}`],
    ];
  });
  return [...rows, ['CLAUSE_BITS', from, 'bits of a clause\'s word']];
}

/** The text of circuits/src/generated/constants.circom. */
export function renderConstants(): string {
  const rows = constantTable().map(([name, value, meaning]) => `// ${meaning}\nfunction ${name}() { return ${value}; }`);
  return `// Generated from passport/ by circuits/constants.ts. Do not edit.\npragma circom 2.2.0;\n\n${rows.join('\n')}\n`;
}

export const writeConstants = (): void => writeFileSync(CONSTANTS_SOURCE, renderConstants());
export const areConstantsCurrent = (): boolean => readFileSync(CONSTANTS_SOURCE, 'utf8') === renderConstants();
