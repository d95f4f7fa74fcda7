// Poseidon's partial rounds at 2t multiplications each instead of t²; the result is the same.
//
// Only element 0 of the state passes the S-box. With M' = M whose column 0 is cleared, and g that column, a round takes the state u to
// M'·(u + constants) + g·x, where x = (u[0] + constant)^5. What the constants add does not depend on what is hashed and is worked out here.
// What is left, w -> M'·w + g·x with w[0] as its output, is a linear system with one input and one output. Every such system has an
// observer form: in the coordinates c = Q·w it reads
//
//   c[i] <- c[i+1] + feedback[i]·c[0] + input[i]·x,   output c[0].
import { FIELD_ORDER } from '../field.ts';
import { column, dot, identity, inverse, times, transpose, type Matrix, type Vector } from './matrix.ts';

export type PartialRounds = {
  /** From the full round before: Q·M. */
  readonly enter: Matrix;
  readonly feedback: Vector;
  readonly input: Vector;
  /** What is added to the output before the S-box, a round. */
  readonly constants: Vector;
  /** To the full round after: the inverse of Q. */
  readonly leave: Matrix;
  /** Constants of that round, with what those of the partial rounds have become. */
  readonly nextConstants: Vector;
};

/** @param roundConstants those of the partial rounds, and of the full round after them */
export function preparePartialRounds(mds: Matrix, roundConstants: readonly Vector[]): PartialRounds {
  const rest = mds.map((row) => [0n, ...row.slice(1)]);
  const feedback = feedbackOf(rest);
  const observer = observerOf(rest, feedback);
  const { constants, left } = drift(rest, roundConstants.slice(0, -1));
  return {
    enter: times(observer, mds),
    feedback,
    input: observer.map((row) => dot(row, column(mds, 0))),
    constants,
    leave: inverse(observer),
    nextConstants: roundConstants.at(-1)!.map((constant, i) => (constant + left[i]!) % FIELD_ORDER),
  };
}

/** The recurrence of the outputs: with rows r_k = e0ᵀ·M'^k, the numbers with r_t = Σ feedback[i]·r_(t-1-i) (Cayley and Hamilton). */
function feedbackOf(rest: Matrix): Vector {
  const columns = transpose(rest);
  const rows = [identity(rest.length)[0]!];
  for (let k = 0; k < rest.length; k++) rows.push(columns.map((other) => dot(rows[k]!, other)));
  const last = rows.pop()!;
  return transpose(inverse(rows)).map((other) => dot(last, other)).toReversed();
}

/** Q: its rows are q_0 = e0ᵀ and q_(i+1) = q_i·M' - feedback[i]·e0ᵀ. */
function observerOf(rest: Matrix, feedback: Vector): Matrix {
  const columns = transpose(rest);
  const rows = [identity(rest.length)[0]!];
  for (const factor of feedback.slice(0, -1)) {
    const row = columns.map((other) => dot(rows.at(-1)!, other));
    rows.push(row.with(0, (row[0]! + FIELD_ORDER - factor) % FIELD_ORDER));
  }
  return rows;
}

/** What the round constants alone do: what they add to element 0 in each round, and to the whole state in the end. */
function drift(rest: Matrix, roundConstants: readonly Vector[]): { constants: Vector; left: Vector } {
  const constants: bigint[] = [];
  let state: Vector = rest.map(() => 0n);
  for (const round of roundConstants) {
    const sum = state.map((value, i) => value + round[i]!);
    constants.push(sum[0]! % FIELD_ORDER);
    state = rest.map((row) => dot(row, sum));
  }
  return { constants, left: state };
}
