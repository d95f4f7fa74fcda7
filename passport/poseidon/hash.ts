// The Poseidon hash of circomlib: S-box x^5, 8 full rounds, first element of the state as the result. Synchronous and without tables: the
// constants come from the Grain generator of the Poseidon paper, which is where circomlib has its own from.
import { Field } from '@noble/curves/abstract/modular.js';
import { grainGenConstants } from '@noble/curves/abstract/poseidon.js';
import { FIELD_ORDER } from '../field.ts';
import type { Matrix, Vector } from './matrix.ts';
import { preparePartialRounds } from './partial-rounds.ts';

const FULL_ROUNDS = 8;
/** By number of inputs, from 1. */
const PARTIAL_ROUNDS = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68] as const;

/** The hash of `inputs` field elements, 1 to 16. */
export function createPoseidon(inputs: number): (values: Vector) => bigint {
  const partialRounds = PARTIAL_ROUNDS[inputs - 1];
  if (partialRounds === undefined) throw new TypeError('Poseidon takes 1 to 16 inputs');
  const { roundConstants, mds } = grainGenConstants({ Fp: Field(FIELD_ORDER), t: inputs + 1, roundsFull: FULL_ROUNDS, roundsPartial: partialRounds, sboxPower: 5 });
  const half = FULL_ROUNDS / 2;
  const [first, ...before] = roundConstants.slice(0, half);
  const after = roundConstants.slice(half + partialRounds + 1);
  const partial = preparePartialRounds(mds, roundConstants.slice(half, half + partialRounds + 1));
  const zeros = mds.map(() => 0n);

  return (values) => {
    if (values.length !== inputs) throw new TypeError(`this hash takes ${inputs} inputs`);
    let state: Vector = first!.map((constant, i) => (i === 0 ? constant : constant + values[i - 1]!));
    for (const constants of before) state = mix(mds, state.map(power5), constants);
    const observed = [...mix(partial.enter, state.map(power5), zeros)];
    runPartialRounds(observed, partial.feedback, partial.input, partial.constants);
    state = mix(partial.leave, observed.map((value) => value % FIELD_ORDER), partial.nextConstants);
    for (const constants of after) state = mix(mds, state.map(power5), constants);
    return mix(mds.slice(0, 1), state.map(power5), zeros)[0]!;
  };
}

/** See partial-rounds.ts; sums stay unreduced until they are the output. */
function runPartialRounds(state: bigint[], feedback: Vector, input: Vector, constants: Vector): void {
  const last = state.length - 1;
  for (const constant of constants) {
    const output = state[0]! % FIELD_ORDER;
    const power = power5(output + constant);
    for (let i = 0; i < last; i++) state[i] = state[i + 1]! + feedback[i]! * output + input[i]! * power;
    state[last] = input[last]! * power;
  }
}

/** matrix · vector + constants */
function mix(matrix: Matrix, vector: Vector, constants: Vector): bigint[] {
  const mixed: bigint[] = [];
  for (let i = 0; i < matrix.length; i++) {
    const row = matrix[i]!;
    let sum = constants[i]!;
    for (let j = 0; j < row.length; j++) sum += row[j]! * vector[j]!;
    mixed.push(sum % FIELD_ORDER);
  }
  return mixed;
}

function power5(value: bigint): bigint {
  const square = (value * value) % FIELD_ORDER;
  return (square * square * value) % FIELD_ORDER;
}
