// npm run mutate:circuits: takes each constraint out of the circuit in turn and looks whether the soundness battery notices, that is,
// whether some forgery or splice then passes that the whole circuit refuses. About a quarter of an hour. Arguments: file or file:line, to run some.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureCompiled } from '#circuits/compile.ts';
import { BUILD, SOURCES } from '#circuits/paths.ts';
import { brokenConstraints, readSystem, type ConstraintSystem } from '#circuits/r1cs.ts';
import { toCircuitInput } from '#circuits/witness.ts';
import { componentOf } from './arena.ts';
import { ATTACKS } from './battery.ts';
import { witnessOf } from './fixture.ts';
import { createMutants, type Mutant } from './mutants.ts';
import { SPLICE_PAIRS, splicesOf } from './splice.ts';
import { readStableNames, type StableNames } from './stable-names.ts';
import { createTransfer, createUnguardedProver, type Assignment } from './unguarded.ts';

/** Mutants that change nothing: reason by site. */
const EQUIVALENT: Readonly<Record<string, string>> = {
  'select.circom: node[0] <== 0;': 'node 0 is not part of the tree of choices; nothing reads it',
};

/** Before simplification, where each constraint still stands in its own template. */
const PLAIN = { level: 'O0', wasm: false } as const;

type Court = { readonly system: ConstraintSystem; readonly names: StableNames };
type Attempt = {
  readonly name: string;
  readonly assignment: Assignment;
  readonly changes: Readonly<Record<string, bigint>>;
  /** The constraints of the whole circuit that refuse it, and their components. */
  readonly refusedBy: readonly { readonly constraint: string; readonly component: string }[];
};
type Pair = {
  readonly name: string;
  readonly one: Assignment;
  readonly other: Assignment;
  /** Signals that the whole circuit, too, lets be exchanged (a hint that is free, a day that is not asked). */
  readonly free: ReadonlySet<string>;
};

const prover = await createUnguardedProver();
const whole = await loadCourt(SOURCES);
const toWhole = createTransfer(prover.names, whole.names, whole.system);
const forgeries = await prepareForgeries();
const pairs = await preparePairs();

async function prepareForgeries(): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const { name, forge } of ATTACKS) {
    const { input, evilWord, changes = {} } = forge();
    const assignment = await prover.assign(input, evilWord);
    const values = toWhole(assignment);
    for (const [signal, value] of Object.entries(changes)) values[whole.names.wireOf.get(signal)!] = value;
    const refusedBy = brokenConstraints(whole.system, values).map((i) => ({
      constraint: describeConstraint(whole, i), component: componentOf(whole.system, whole.names, i),
    }));
    attempts.push({ name, assignment, changes, refusedBy });
  }
  return attempts;
}

async function preparePairs(): Promise<Pair[]> {
  const made: Pair[] = [];
  for (const [name, scene, otherScene] of SPLICE_PAIRS) {
    const one = await prover.assign(toCircuitInput(witnessOf(scene)));
    const other = await prover.assign(toCircuitInput(witnessOf(otherScene)));
    const free = splicesOf(whole.system, toWhole(one), toWhole(other)).flat().map((wire) => whole.names.nameOf(wire));
    made.push({ name, one, other, free: new Set(free) });
  }
  return made;
}

async function loadCourt(sources: string): Promise<Court> {
  const { r1cs, sym } = await ensureCompiled(join(sources, 'pass.circom'), PLAIN);
  return { system: readSystem(r1cs), names: readStableNames(sym) };
}

async function loadMutant(mutant: Mutant): Promise<Court> {
  const folder = join(BUILD, 'mutant');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(SOURCES, folder, { recursive: true });
  writeFileSync(join(folder, mutant.file), mutant.text);
  const main = join(folder, 'pass.circom');
  const court = await loadCourt(folder);
  // Ten megabytes a mutant, and never needed again.
  rmSync(dirname((await ensureCompiled(main, PLAIN)).r1cs), { recursive: true });
  return court;
}

/** A constraint in names, the same in every circuit that has it. */
function describeConstraint({ system, names }: Court, index: number, rename: (name: string) => string = (name) => name): string {
  const { a, b, c } = system.constraints[index]!;
  return [a, b, c].map((part) => part.map(({ wire, coefficient }) => `${wire === 0 ? 1 : rename(names.nameOf(wire))}·${coefficient}`).sort().join('+')).join(' | ');
}

/** The names of dropped components' followers, but not of signals cut in two: those are other signals. */
const sameSignal = ({ dropped, originalName }: Mutant) => (dropped ? originalName : (name: string) => name);

/** What passes with the mutant though it must not; undefined when nothing does. */
function killer(court: Court, mutant: Mutant): string | undefined {
  const left = new Set(court.system.constraints.map((_, i) => describeConstraint(court, i, sameSignal(mutant))));
  const transfer = createTransfer(prover.names, court.names, court.system, mutant.originalName);
  for (const { name, assignment, changes, refusedBy } of forgeries) {
    if (refusedBy.some(({ constraint }) => left.has(constraint))) continue;
    const values = transfer(assignment);
    for (const [signal, wire] of court.names.wireOf) {
      const change = changes[sameSignal(mutant)(signal)];
      if (change !== undefined) values[wire] = change;
    }
    if (isSatisfied(court.system, values)) return `forgery: ${name}`;
  }
  const splice = pairs.find((pair) => isForgedSplice(pair, court, mutant, transfer));
  if (splice) return `splice: ${splice.name}`;
  const seen = forgeries.find(({ refusedBy }) => refusedBy.some(({ component }) =>
    refusedBy.every((other) => other.component !== component || !left.has(other.constraint))));
  return seen && `seen: ${seen.name}`;
}

/** Whether the mutant lets some part of one pass be exchanged for that of the other, and the whole circuit does not. */
function isForgedSplice({ one, other, free }: Pair, { system, names }: Court, { originalName }: Mutant, transfer: (assignment: Assignment) => bigint[]): boolean {
  return splicesOf(system, transfer(one), transfer(other)).some((part) => {
    const signals = part.map((wire) => names.nameOf(wire));
    if (signals.every((name) => free.has(originalName(name)))) return false;
    const values = toWhole(one);
    const changed = toWhole(other);
    for (const name of signals) {
      // Of a signal that was cut in two, the whole circuit has the half that others read.
      const wire = name.includes('_cut') ? undefined : whole.names.wireOf.get(originalName(name));
      if (wire !== undefined) values[wire] = changed[wire]!;
    }
    return !isSatisfied(whole.system, values);
  });
}

const isSatisfied = (system: ConstraintSystem, values: readonly bigint[]): boolean => brokenConstraints(system, values, 1).length === 0;

const print = (line: string) => { process.stdout.write(`${line}\n`); };

const only = process.argv.slice(2);
const mutants = createMutants().filter(({ file, line }) => only.length === 0 || only.includes(file) || only.includes(`${file}:${line}`));
const survivors: string[] = [];
for (const [i, mutant] of mutants.entries()) {
  const site = `${mutant.file}: ${mutant.before}`;
  let verdict: string;
  try {
    verdict = killer(await loadMutant(mutant), mutant) ?? (EQUIVALENT[site] ? `equivalent: ${EQUIVALENT[site]}` : 'SURVIVES');
  } catch (error) {
    verdict = `does not compile (${error instanceof Error ? error.message.split('\n')[0] : 'no reason'})`;
    survivors.push(site);
  }
  if (verdict === 'SURVIVES') survivors.push(site);
  print(`${i + 1}/${mutants.length} ${mutant.file}:${mutant.line} ${mutant.dropped ? 'dropped' : 'unconstrained'}: ${mutant.before}\n    ${verdict}`);
}
print(`${mutants.length - survivors.length} of ${mutants.length} mutants killed or equivalent`);
if (survivors.length > 0) {
  print(`survivors:\n${survivors.join('\n')}`);
  process.exitCode = 1;
}
