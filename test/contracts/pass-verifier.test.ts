import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proof, ProvenPass } from '#circuits';
import { checkPass, consumePass, deviceKeyOfAccount, PASS_VERIFIER, revertName, rotateClaimsKey, type PassTerms } from '#contracts';
import { createRegistryTree, FIELD_ORDER, SIGNAL_NAMES, toUnixSeconds, type FieldElement, type PassSignals } from '#passport';
import { DAY, WINDOW_START } from '../circuits/fixture.ts';
import { readGasTable } from './gas.ts';
import { clinic, startPassScene, traveller } from './pass-scene.ts';
import { account, claimsKey, failure, type System } from './system.ts';

let system: System;
let proven: ProvenPass;
let terms: PassTerms;

beforeAll(async () => { ({ system, proven, terms } = await startPassScene()); });
afterAll(() => system?.stop());

const check = (changes: { proof?: Proof; signals?: Partial<PassSignals>; terms?: Partial<PassTerms> } = {}) => {
  const pass = { proof: changes.proof ?? proven.proof, signals: { ...proven.signals, ...changes.signals } };
  return failure(checkPass(system.provider, system.deployment, pass, { ...terms, ...changes.terms }, traveller.address));
};
const refusedAs = (error: string) => `transaction-failed ${error}`;

describe('PassVerifier with real proofs', () => {
  test('accepts an honest pass', async () => {
    expect(await check()).toBe('no failure');
  });

  test('refuses the pass in the hands of another account', async () => {
    expect(await check({ terms: { account: clinic.address } })).toBe(refusedAs('DeviceKeyMismatch'));
    const stolen = { signals: { deviceKey: deviceKeyOfAccount(clinic.address) as FieldElement }, terms: { account: clinic.address } };
    expect(await check(stolen)).toBe(refusedAs('ProofInvalid'));
  });

  test('refuses every signal that was tampered with, even where the terms go along', async () => {
    const next = (name: keyof PassSignals) => (proven.signals[name] + 1n) as FieldElement;
    expect(await check({ signals: { nullifier: next('nullifier') } })).toBe(refusedAs('ProofInvalid'));
    expect(await check({ signals: { identityTag: 1n as FieldElement }, terms: { identityTag: 1n } })).toBe(refusedAs('ProofInvalid'));
    expect(await check({ signals: { registryRoot: next('registryRoot') } })).toBe(refusedAs('RootUnknown'));
    expect(await check({ signals: { registryRoot: createRegistryTree().root() }, terms: { maxRootAge: 10 ** 9 } })).toBe(refusedAs('ProofInvalid'));
    expect(await check({ signals: { policyRoot: next('policyRoot') }, terms: { policyRoot: next('policyRoot') } })).toBe(refusedAs('ProofInvalid'));
    expect(await check({ signals: { windowEnd: (proven.signals.windowEnd + 86_400n) as FieldElement }, terms: { windowLength: 4 * DAY } })).toBe(refusedAs('ProofInvalid'));
    expect(await check({ signals: { today: next('today') } })).toBe(refusedAs('TodayMismatch'));
    expect(await check({ signals: { scope: 6n as FieldElement }, terms: { scope: 6n } })).toBe(refusedAs('ProofInvalid'));
  });

  test('refuses aliases of signals', async () => {
    for (const name of SIGNAL_NAMES) {
      const signals = { ...proven.signals, [name]: proven.signals[name] + FIELD_ORDER } as PassSignals;
      const array = SIGNAL_NAMES.map((signal) => signals[signal]);
      const { a, b: [x, y], c } = proven.proof;
      const data = PASS_VERIFIER.encodeFunctionData('check', [{ a, b: [[x[1], x[0]], [y[1], y[0]]], c, signals: array }, terms, traveller.address]);
      const error: unknown = await system.provider.call({ to: system.deployment.contracts.PassVerifier, data }).catch((caught: unknown) => caught);
      expect(revertName((error as { data: string }).data)).toBe('SignalNotCanonical');
    }
  });

  test('refuses points that are moved, swapped, negated, aliased, infinite or off their curve', async () => {
    const { a, b, c } = proven.proof;
    const q = bn254.fields.Fp.ORDER;
    const proofs: Proof[] = [
      { a: c, b, c: a }, { a: [a[0], q - a[1]], b, c }, { a: [a[0] + q, a[1]], b, c }, { a: [a[0], a[1] + 1n], b, c }, { a: [0n, 0n], b, c },
      { a, b: [b[1], b[0]], c }, { a, b: [[b[0][1], b[0][0]], [b[1][1], b[1][0]]], c }, { a, b: [[0n, 0n], [0n, 0n]], c }, { a, b: [[b[0][0] + q, b[0][1]], b[1]], c },
      { a, b, c: [0n, 0n] }, { a, b, c: [1n, 2n] }, { a: [0n, 0n], b: [[0n, 0n], [0n, 0n]], c: [0n, 0n] }, { a, b: notInSubgroup(), c },
    ];
    for (const [i, proof] of proofs.entries()) expect(await check({ proof }), String(i)).toBe(refusedAs('ProofInvalid'));
  });

  test('whatever gas it gets, it never calls a valid proof invalid', async () => {
    const to = system.deployment.contracts.PassVerifier;
    const { a, b: [x, y], c } = proven.proof;
    const data = PASS_VERIFIER.encodeFunctionData('check', [{ a, b: [[x[1], x[0]], [y[1], y[0]]], c, signals: SIGNAL_NAMES.map((name) => proven.signals[name]) }, terms, traveller.address]);
    const outcomes = new Set<string>();
    for (let gas = 40_000; gas <= 420_000; gas += 4_000) {
      outcomes.add(await system.provider.call({ to, data, gasLimit: gas }).then(() => 'accepted', (error: { data?: string }) => revertName(error.data) ?? 'out of gas'));
    }
    expect([...outcomes].sort()).toEqual(['NotEnoughGas', 'accepted', 'out of gas']);
  });

  test('one person enters once: not again, not with the proof disguised; another consumer is another matter', async () => {
    const pass = { proof: proven.proof, signals: proven.signals };
    const { gasUsed } = await system.send(traveller, consumePass(system.deployment, pass, terms));
    expect(Math.abs(Number(gasUsed) - readGasTable().find(({ what }) => what.startsWith('consume'))!.gas)).toBeLessThan(1_000);
    expect(await failure(system.send(traveller, consumePass(system.deployment, pass, terms)))).toBe(refusedAs('NullifierUsed'));
    const disguised = { proof: randomised(proven.proof), signals: proven.signals };
    expect(disguised.proof.a).not.toEqual(proven.proof.a);
    expect(await failure(system.send(traveller, consumePass(system.deployment, disguised, terms)))).toBe(refusedAs('NullifierUsed'));
    await system.send(clinic, consumePass(system.deployment, disguised, terms));
  });

  test('a pass over a superseded root lives as long as the terms allow', async () => {
    await system.send(clinic, rotateClaimsKey(system.deployment, 1, claimsKey(50)));
    const lasting = (maxRootAge: number) => failure(checkPass(system.provider, system.deployment, proven, { ...terms, maxRootAge }, account(5).address));
    expect(await lasting(3600)).toBe('no failure');
    await system.provider.send('evm_increaseTime', [3000]);
    await system.mine(1);
    expect(await lasting(3600)).toBe('no failure');
    expect(await lasting(2000)).toBe(refusedAs('RootSuperseded'));
  });

  test('a pass outside its window is refused', async () => {
    await system.provider.send('evm_setNextBlockTimestamp', [toUnixSeconds(WINDOW_START) + 3 * DAY]);
    await system.mine(1);
    expect(await failure(checkPass(system.provider, system.deployment, proven, { ...terms, maxRootAge: 10 ** 9 }, account(5).address))).toBe(refusedAs('WindowOver'));
  });
});

/** The same statement, other bytes: (s·A, s⁻¹·B, C). Anybody who sees a proof can do this. */
function randomised({ a, b, c }: Proof): Proof {
  const { Fr } = bn254.fields;
  const s = 123_456_789n;
  const A = bn254.G1.Point.fromAffine({ x: a[0], y: a[1] }).multiply(s).toAffine();
  const { Fp2 } = bn254.fields;
  const B = bn254.G2.Point.fromAffine({ x: Fp2.fromBigTuple([...b[0]]), y: Fp2.fromBigTuple([...b[1]]) }).multiply(Fr.inv(s)).toAffine();
  return { a: [A.x, A.y], b: [[B.x.c0, B.x.c1], [B.y.c0, B.y.c1]], c };
}

/** A point on the twist whose order is not r. */
function notInSubgroup(): Proof['b'] {
  const { Fp2 } = bn254.fields;
  const three = Fp2.fromBigTuple([3n, 0n]);
  const twist = Fp2.mul(three, Fp2.inv(Fp2.fromBigTuple([9n, 1n])));
  for (let i = 1n; ; i++) {
    const x = Fp2.fromBigTuple([i, 1n]);
    try {
      const y = Fp2.sqrt(Fp2.add(Fp2.mul(Fp2.sqr(x), x), twist));
      return [[x.c0, x.c1], [y.c0, y.c1]];
    } catch {
      continue; // no such point
    }
  }
}
