// The P-256 key that made a signature, by mcl: Q = r⁻¹·(s·R − h·G), SEC 1 section 4.1.6. Nothing in it is secret, so nothing is constant in time.
import { invert } from '@noble/curves/abstract/modular.js';
import { p256 } from '@noble/curves/nist.js';
import { bytesToInteger } from '#passport/field.ts';
import type { KeyRecovery } from '#passport/presentation.ts';
import { FP, FR, G1, instantiateMcl, type Mcl, type Pointer } from './mcl.ts';

const { p: FIELD, n: ORDER, a: A, b: B } = p256.Point.CURVE();
const BYTES = 32;

/** Key recovery over an instance of its own. The same answers as `recoverKey` of passport/, in a fraction of the time. */
export async function createKeyRecovery(): Promise<KeyRecovery> {
  const mcl = await instantiateMcl('p256');
  const text = mcl.allocate(BYTES);
  const points = mcl.allocate(2 * G1);
  const [base, point] = [points, points + G1];
  const scalars = mcl.allocate(2 * FR);
  const result = mcl.allocate(G1);
  const { x, y } = p256.Point.BASE.toAffine();
  put(mcl, mcl.fp, base, x, text);
  put(mcl, mcl.fp, base + FP, y, text);
  for (const each of [base, point]) mcl.fp.setInt32(each + 2 * FP, 1);

  /** R, from its x and the parity of its y. */
  function readPoint(r: bigint, parity: 0 | 1): boolean {
    put(mcl, mcl.fp, point, r, text);
    const root = point + FP;
    put(mcl, mcl.fp, root, (r ** 3n + A * r + B) % FIELD, text);
    if (mcl.fp.squareRoot(root, root) !== 0) return false;
    if (mcl.fp.isOdd(root) !== parity) mcl.fp.neg(root, root);
    return true;
  }

  function compressed(): Uint8Array {
    mcl.g1.normalizeVec(result, result, 1);
    mcl.fp.serialize(text, BYTES, result);
    const bytes = mcl.memory().slice(text, text + BYTES).reverse();
    return Uint8Array.of(2 + mcl.fp.isOdd(result + FP), ...bytes);
  }

  return (signature, parity, digest) => {
    if (signature.length !== 2 * BYTES || digest.length !== BYTES) return undefined;
    const [r, s] = [bytesToInteger(signature.subarray(0, BYTES)), bytesToInteger(signature.subarray(BYTES))];
    // r is the x of R, which may lie above the order too; no pass is signed so (presentPass), and a parity bit cannot say it.
    if (r === 0n || r >= ORDER || s === 0n || s > ORDER / 2n || !readPoint(r, parity)) return undefined;
    const inverse = invert(r, ORDER);
    put(mcl, mcl.fr, scalars, (ORDER - (bytesToInteger(digest) * inverse) % ORDER) % ORDER, text);
    put(mcl, mcl.fr, scalars + FR, (s * inverse) % ORDER, text);
    mcl.g1.mulVec(result, points, scalars, 2);
    return mcl.g1.isZero(result) ? undefined : compressed();
  };
}

/** A number below the modulus, into a field element. */
function put({ memory }: Mcl, { deserialize }: Pick<Mcl['fp'], 'deserialize'>, element: Pointer, value: bigint, text: Pointer): void {
  const bytes = memory();
  for (let i = 0, rest = value; i < BYTES; i++, rest >>= 8n) bytes[text + i] = Number(rest & 0xffn);
  if (deserialize(element, text, BYTES) !== BYTES) throw new RangeError('the number is not below the modulus');
}
