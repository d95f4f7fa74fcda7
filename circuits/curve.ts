// The points of a Groth16 proof on BN254: on-curve checks and square roots in plain BigInt arithmetic (EIP-196, EIP-197).

/** q: order of the BN254 base field, in which coordinates live. */
export const BASE_FIELD_ORDER = 21888242871839275222246405745257275088696311157297823662689037894645226208583n;
const q = BASE_FIELD_ORDER;

/** c0 + c1·i with i² = -1. */
export type Fp2 = readonly [c0: bigint, c1: bigint];
export type G1Point = readonly [x: bigint, y: bigint];
export type G2Point = readonly [x: Fp2, y: Fp2];

/** y² = x³ + 3 on G1; on the twist the constant is 3 / (9 + i). */
const G1_B = 3n;
const G2_B: Fp2 = [
  19485874751759354771024239261021720505790618469301721065564631296452457478373n,
  266929791119991161246907387137283842545076965332900288569378510910307636690n,
];

const mod = (value: bigint): bigint => {
  const rest = value % q;
  return rest < 0n ? rest + q : rest;
};

const HALF = (q + 1n) / 2n;
/** (q - 3) / 4 in hexadecimal digits: q ≡ 3 (mod 4), so one power gives a square root and its inverse. */
const ROOT_EXPONENT = ((q - 3n) / 4n).toString(16);

/** value^((q-3)/4), four bits of the exponent at a time. */
function rootPower(value: bigint): bigint {
  const powers = [1n, value];
  for (let i = 2; i < 16; i++) powers.push((powers[i - 1]! * value) % q);
  let result = 1n;
  for (const digit of ROOT_EXPONENT) {
    for (let i = 0; i < 4; i++) result = (result * result) % q;
    const factor = powers[Number.parseInt(digit, 16)]!;
    if (factor !== 1n) result = (result * factor) % q;
  }
  return result;
}

/** A square root in the base field, or undefined. */
function squareRoot(value: bigint): bigint | undefined {
  const root = (rootPower(value) * value) % q;
  return (root * root) % q === value ? root : undefined;
}

/** A square root in the quadratic extension, or undefined: two powers instead of the textbook's four. */
function squareRootFp2([a0, a1]: Fp2): Fp2 | undefined {
  const norm = squareRoot(mod(a0 * a0 + a1 * a1));
  if (norm === undefined) return undefined;
  let half = mod((a0 + norm) * HALF);
  if (half === 0n) half = mod((a0 - norm) * HALF);
  const power = rootPower(half);
  const root = (power * half) % q;
  const cross = mod(a1 * HALF * power);
  // root² is half or -half; in the second case root is the imaginary part (half · half' = -(a1/2)²).
  return (root * root) % q === half ? [root, cross] : [mod(-cross), root];
}

const squareFp2 = ([a, b]: Fp2): Fp2 => [mod((a + b) * (a - b)), mod(2n * a * b)];
const multiplyFp2 = ([a, b]: Fp2, [c, d]: Fp2): Fp2 => [mod(a * c - b * d), mod(a * d + b * c)];

const rightSideG1 = (x: bigint): bigint => mod(x * x * x + G1_B);
function rightSideG2(x: Fp2): Fp2 {
  const [c0, c1] = multiplyFp2(squareFp2(x), x);
  return [mod(c0 + G2_B[0]), mod(c1 + G2_B[1])];
}

export const isBaseFieldElement = (value: unknown): value is bigint => typeof value === 'bigint' && value >= 0n && value < q;

/** Canonical coordinates of a finite point on the curve. G1 has prime order, so this is its whole check. */
export const isOnG1 = ([x, y]: G1Point): boolean =>
  isBaseFieldElement(x) && isBaseFieldElement(y) && (y * y) % q === rightSideG1(x);

/** Canonical coordinates of a finite point on the twist. Says nothing of the subgroup: the verifier checks that. */
export function isOnTwist([x, y]: G2Point): boolean {
  if (![...x, ...y].every(isBaseFieldElement)) return false;
  const left = squareFp2(y);
  const right = rightSideG2(x);
  return left[0] === right[0] && left[1] === right[1];
}

/** Whether y is the larger of y and -y (for Fp2 the imaginary part decides, then the real part). */
export const isLargerRoot = (y: bigint): boolean => y > q - y;
export const isLargerRootFp2 = ([c0, c1]: Fp2): boolean => (c1 === 0n ? isLargerRoot(c0) : isLargerRoot(c1));

/** The point of G1 with this x and the chosen root, or undefined when there is none. */
export function liftG1(x: bigint, larger: boolean): G1Point | undefined {
  const y = squareRoot(rightSideG1(x));
  if (y === undefined) return undefined;
  return [x, isLargerRoot(y) === larger ? y : mod(-y)];
}

/** The point of the twist with this x and the chosen root, or undefined when there is none. */
export function liftTwist(x: Fp2, larger: boolean): G2Point | undefined {
  const right = rightSideG2(x);
  const y = squareRootFp2(right);
  if (y === undefined) return undefined;
  const square = squareFp2(y);
  if (square[0] !== right[0] || square[1] !== right[1]) return undefined;
  return [x, isLargerRootFp2(y) === larger ? y : [mod(-y[0]), mod(-y[1])]];
}
