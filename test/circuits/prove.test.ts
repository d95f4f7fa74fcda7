import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groth16 } from 'snarkjs';
import { FIELD_ORDER as r } from '#passport/field.ts';
import { P3, TAG_NULLIFIER } from '#passport/poseidon.ts';
import { signalsToArray, type PassSignals, type SignalName } from '#passport/signals.ts';
import { loadArtifacts, type Artifacts } from '#circuits/artifacts.ts';
import { closeCurve } from '#circuits/curve-threads.ts';
import { decodeProof, encodeProof, toSnarkjsProof, type Proof } from '#circuits/proof.ts';
import { createProver, type ProvenPass, type Prover, type ProvingStep } from '#circuits/prove.ts';
import { SECRET, VACCINATION, witnessOf } from './fixture.ts';

let artifacts: Artifacts;
let prover: Prover;
let pass: ProvenPass;
const steps: ProvingStep[] = [];

beforeAll(async () => {
  artifacts = await loadArtifacts();
  prover = createProver(artifacts);
  pass = await prover.prove(witnessOf({ scope: 7n, match: true }), { onStep: (step) => steps.push(step) });
});
afterAll(async () => {
  await prover.close();
  await closeCurve();
});

const isValid = (signals: readonly string[], proof: Proof): Promise<boolean> => groth16.verify(artifacts.verificationKey, signals, toSnarkjsProof(proof));
const decimals = (signals: PassSignals): string[] => signalsToArray(signals).map(String);

describe('createProver', () => {
  test('proves a pass that another implementation accepts', async () => {
    expect(await isValid(decimals(pass.signals), pass.proof)).toBe(true);
    expect(pass.signals.nullifier).toBe(P3(TAG_NULLIFIER, SECRET, 7n));
    expect(pass.times.witness).toBeGreaterThan(0);
    expect(pass.times.proof).toBeGreaterThan(0);
    expect(steps).toEqual(['witness', 'proof']);
  });

  test('makes a proof that survives the wire', async () => {
    expect(await isValid(decimals(pass.signals), decodeProof(encodeProof(pass.proof)))).toBe(true);
  });

  test('makes two proofs of one statement that share no point', async () => {
    const again = await prover.prove(witnessOf({ scope: 7n, match: true }));
    expect(again.signals).toEqual(pass.signals);
    expect(again.proof.a).not.toEqual(pass.proof.a);
    expect(again.proof.c).not.toEqual(pass.proof.c);
  });

  const names: SignalName[] = ['nullifier', 'identityTag', 'registryRoot', 'policyRoot', 'windowStart', 'windowEnd', 'today', 'scope', 'deviceKey'];
  test.each(names)('binds %s: the proof fails for another', async (name) => {
    const other = { ...pass.signals, [name]: (pass.signals[name] + 1n) % r } as PassSignals;
    expect(await isValid(decimals(other), pass.proof)).toBe(false);
  });

  test('a public signal of r or more is refused, though it is the same number modulo r', async () => {
    const aliased = decimals(pass.signals).map((value, i) => (i === 6 ? `${BigInt(value) + r}` : value));
    expect(await isValid(aliased, pass.proof)).toBe(false);
    const signals = { ...pass.signals, today: (pass.signals.today + r) as typeof pass.signals.today };
    expect(() => signalsToArray(signals)).toThrow(expect.objectContaining({ code: 'field-not-canonical', field: 'today' }));
  });

  test('refuses a credential that does not satisfy the statement, and goes on to the next', async () => {
    const refused = prover.prove(witnessOf({ claims: { ...VACCINATION, dose: 1 } }));
    await expect(refused).rejects.toMatchObject({ code: 'nothing-fits', field: 'Doses' });
    await expect(prover.prove(witnessOf(), {})).resolves.toMatchObject({ signals: { nullifier: 0n, identityTag: 0n } });
  });

  test('stops when the caller no longer wants the pass', async () => {
    const before = AbortSignal.abort();
    await expect(prover.prove(witnessOf(), { signal: before })).rejects.toMatchObject({ code: 'cancelled' });
    const controller = new AbortController();
    const stopped = prover.prove(witnessOf(), { signal: controller.signal, onStep: (step) => step === 'proof' && controller.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('provePass', () => {
  test('leaves nothing behind that keeps a process alive', async () => {
    const script = `
      import { loadArtifacts } from './circuits/artifacts.ts';
      import { provePass } from './circuits/prove.ts';
      import { witnessOf } from './test/circuits/fixture.ts';
      const { signals } = await provePass(witnessOf(), await loadArtifacts());
      console.log(signals.nullifier);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script], { timeout: 100_000 });
    expect(stdout.trim()).toBe('0n');
  });
});
