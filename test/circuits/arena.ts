// Where a prover without scruples meets the circuit: assignments, however made, against the constraints that ship.
import { readFileSync } from 'node:fs';
import { createCalculator, type Calculator } from '#circuits/calculator.ts';
import { ensureCompiled } from '#circuits/compile.ts';
import { brokenConstraints, readSystem, witnessValues, type ConstraintSystem } from '#circuits/r1cs.ts';
import { toCircuitInput, type CircuitInput } from '#circuits/witness.ts';
import { witnessOf, type Scene } from './fixture.ts';
import { readStableNames, type StableNames } from './stable-names.ts';
import { createTransfer, createUnguardedProver } from './unguarded.ts';

/** Compiling from nothing on a busy machine. */
export const COMPILE_TIMEOUT = 900_000;

export type Circuit = { readonly calculator: Calculator; readonly system: ConstraintSystem; readonly names: StableNames };

/** The circuit as it ships. */
export async function loadCircuit(): Promise<Circuit> {
  const { wasm, r1cs, sym } = await ensureCompiled();
  return { calculator: createCalculator(readFileSync(wasm)), system: readSystem(r1cs), names: readStableNames(sym) };
}

export const honestWitness = async ({ calculator }: Circuit, scene: Scene = {}): Promise<bigint[]> =>
  witnessValues(await calculator.calculate(toCircuitInput(witnessOf(scene))));

export type Forgery = {
  readonly input: CircuitInput;
  /** See `UnguardedProver`. */
  readonly evilWord?: bigint;
  /** Signals that the forger sets otherwise, by stable name. */
  readonly changes?: Readonly<Record<string, bigint>>;
};

export type Arena = {
  /**
   * The components whose constraints refuse a forgery; none when it passes. Told by the circuit before simplification, where each
   * constraint is still in its own template, after the shipped one has refused, too.
   */
  readonly refusals: (forgery: Forgery) => Promise<string[]>;
};

export async function createArena(): Promise<Arena> {
  const shipped = await ensureCompiled();
  const plain = await ensureCompiled(undefined, { level: 'O0', wasm: false });
  const prover = await createUnguardedProver();
  const courts = [shipped, plain].map(({ r1cs, sym }) => {
    const system = readSystem(r1cs);
    const names = readStableNames(sym);
    return { system, names, transfer: createTransfer(prover.names, names, system) };
  });
  return {
    async refusals({ input, evilWord, changes = {} }) {
      const assignment = await prover.assign(input, evilWord);
      const [byShipped, byPlain] = courts.map(({ system, names, transfer }) => {
        const values = transfer(assignment);
        for (const [name, value] of Object.entries(changes)) {
          const wire = names.wireOf.get(name);
          if (wire !== undefined) values[wire] = value;
        }
        const components = brokenConstraints(system, values).map((i) => componentOf(system, names, i));
        return [...new Set(components)].sort();
      });
      if ((byShipped!.length === 0) !== (byPlain!.length === 0)) throw new Error('simplification changed what the circuit accepts');
      return byPlain!;
    },
  };
}

/** The component that a constraint of the plain circuit stands in: the outermost of those whose signals it speaks of. */
export function componentOf({ constraints }: ConstraintSystem, names: StableNames, index: number): string {
  const { a, b, c } = constraints[index]!;
  const wires = [...a, ...b, ...c].map(({ wire }) => wire).filter((wire) => wire !== 0);
  const paths = wires.map((wire) => names.nameOf(wire).replace(/\.[^.]+$/, '').replace(/^main\.?/, ''));
  return paths.reduce((shortest, path) => (path.length < shortest.length ? path : shortest));
}
