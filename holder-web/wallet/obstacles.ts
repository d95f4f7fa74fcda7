// Why a credential does not fit a clause of a policy, in a form that can be told to a person: what is there, what is asked, and where
// time alone will mend it, from when.
import {
  isSeconds1900, SECONDS_1900_TO_1970, toUnixSeconds, unmetConditions, windowFrom,
  type Claims, type Clause, type Day, type Kind, type Policy, type Result, type Seconds1900, type UnixSeconds, type Unmet, type Window,
} from '#passport';

/** One condition that is not met. Codes are those of passport/codes. */
export type Obstacle =
  | { readonly condition: 'kind'; readonly has: Kind; readonly needs: Kind }
  | { readonly condition: 'disease'; readonly has: bigint; readonly needs: bigint }
  | { readonly condition: 'product'; readonly has: number; readonly needs: readonly number[] }
  | { readonly condition: 'dose'; readonly has: number; readonly needs: number }
  /** `needs` 0: the credential does not say how many doses its series has. */
  | { readonly condition: 'series'; readonly has: number; readonly needs: number }
  | { readonly condition: 'too-early'; readonly from: UnixSeconds }
  | { readonly condition: 'too-old'; readonly until: UnixSeconds }
  | { readonly condition: 'test'; readonly has: number; readonly needs: readonly number[] }
  | { readonly condition: 'result'; readonly has: Result; readonly needs: readonly Result[] }
  | { readonly condition: 'age'; readonly from: Day }
  | { readonly condition: 'expires'; readonly until: UnixSeconds };

const DESCRIBE: { readonly [C in Unmet]: (clause: Clause, claims: Claims) => Obstacle } = {
  kind: (clause, { kind }) => ({ condition: 'kind', has: kind, needs: clause.kind ?? kind }),
  disease: (clause, { disease }) => ({ condition: 'disease', has: disease, needs: clause.disease }),
  product: (clause, { product }) => ({ condition: 'product', has: product, needs: clause.products ?? [] }),
  dose: (clause, { dose }) => ({ condition: 'dose', has: dose, needs: clause.minDose }),
  series: (_clause, { dose, series }) => ({ condition: 'series', has: dose, needs: series }),
  'too-early': (clause, { eventTime }) => ({ condition: 'too-early', from: toUnixSeconds((eventTime + clause.ageFrom) as Seconds1900) }),
  'too-old': (clause, { eventTime }) => ({ condition: 'too-old', until: toUnixSeconds((eventTime + clause.ageTo) as Seconds1900) }),
  test: (clause, { test }) => ({ condition: 'test', has: test, needs: clause.tests ?? [] }),
  result: (clause, { result }) => ({ condition: 'result', has: result, needs: clause.results ?? [] }),
  age: (clause, { birthDate }) => ({ condition: 'age', from: (birthDate + 10_000 * clause.minAge) as Day }),
  expires: (_clause, { validUntil }) => ({ condition: 'expires', until: toUnixSeconds(validUntil) }),
};

export const obstaclesOf = (clause: Clause, claims: Claims, window: Window): Obstacle[] =>
  unmetConditions(clause, claims, window).map((condition) => DESCRIBE[condition](clause, claims));

/** Time mends these. */
const PASSING: readonly Unmet[] = ['too-early', 'age'];

/** Start of the first window for which the clause will hold, when all that is missing now is time; undefined when it never will. */
export function fitsFrom(policy: Policy, clause: Clause, claims: Claims, window: Window): UnixSeconds | undefined {
  const unmet = unmetConditions(clause, claims, window);
  if (unmet.length === 0 || unmet.some((condition) => !PASSING.includes(condition))) return undefined;
  const grownUp = clause.minAge === 0 ? 0 : firstSecondFrom(claims.birthDate + 10_000 * clause.minAge);
  const { grid } = policy.window;
  const start = Math.ceil(Math.max(claims.eventTime + clause.ageFrom, grownUp) / grid) * grid;
  if (!isSeconds1900(start)) return undefined;
  return unmetConditions(clause, claims, windowFrom(policy.window, start)).length === 0 ? toUnixSeconds(start) : undefined;
}

/** Seconds since 1900 of the first midnight UTC of a day not before YYYYMMDD, which need not exist (29 February; 31 for an unknown day). */
function firstSecondFrom(day: number): number {
  const [year, month, date] = [Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100];
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, Math.min(date, daysOfMonth + 1)) / 1000 + SECONDS_1900_TO_1970;
}
