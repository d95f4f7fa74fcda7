// Vectors and matrices over the BN254 scalar field, as far as preparing a Poseidon hash takes them.
import { invert } from '@noble/curves/abstract/modular.js';
import { FIELD_ORDER } from '../field.ts';

export type Vector = readonly bigint[];
/** Rows. */
export type Matrix = readonly Vector[];

/** Elements may be unreduced; the result is reduced. */
export function dot(a: Vector, b: Vector): bigint {
  let sum = 0n;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum % FIELD_ORDER;
}

export const column = (matrix: Matrix, index: number): Vector => matrix.map((row) => row[index]!);
export const transpose = (matrix: Matrix): Matrix => matrix[0]!.map((_, index) => column(matrix, index));
export const times = (a: Matrix, b: Matrix): Matrix => {
  const columns = transpose(b);
  return a.map((row) => columns.map((other) => dot(row, other)));
};
export const identity = (size: number): Matrix => Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1n : 0n)));

/** By Gauss and Jordan. @throws TypeError for a matrix that has no inverse */
export function inverse(matrix: Matrix): Matrix {
  const size = matrix.length;
  const unit = identity(size);
  const rows = matrix.map((row, i) => [...row, ...unit[i]!]);
  for (let pivot = 0; pivot < size; pivot++) {
    const found = rows.findIndex((row, i) => i >= pivot && row[pivot] !== 0n);
    if (found < 0) throw new TypeError('the matrix has no inverse');
    [rows[pivot], rows[found]] = [rows[found]!, rows[pivot]!];
    const scale = invert(rows[pivot]![pivot]!, FIELD_ORDER);
    const base = rows[pivot]!.map((value) => (value * scale) % FIELD_ORDER);
    rows[pivot] = base;
    for (let i = 0; i < size; i++) {
      const factor = rows[i]![pivot]!;
      if (i !== pivot && factor !== 0n) rows[i] = rows[i]!.map((value, j) => (value + (FIELD_ORDER - factor) * base[j]!) % FIELD_ORDER);
    }
  }
  return rows.map((row) => row.slice(size));
}
