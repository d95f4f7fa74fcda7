// npm run mutate:circuits: takes each constraint out of the circuit in turn and looks whether the soundness battery notices, that is,
// whether some forgery or splice then passes that the whole circuit refuses. About a quarter of an hour. Arguments: names of templates' files.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCompiled } from '#circuits/compile.ts';
import { BUILD, SOURCES } from '#circuits/paths.ts';
import { brokenConstraints, readSystem, type ConstraintSystem } from '#circuits/r1cs.ts';
import { toCircuitInput } from '#circuits/witness.ts';
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

type Court = { readonly system: ConstraintSystem; readonly names: StableNames };
type Attempt = { readonly name: string; readonly assignment: Assignment; readonly changes: Readonly<Record<string, bigint>> };

const prover = await createUnguardedProver();

async function prepareForgeries(): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const { name, forge } of ATTACKS) {
    const { input, evilWord, changes = {} } = forge();
    attempts.push({ name, assignment: await prover.assign(input, evilWord), changes });
  }
  return attempts;
}

async function preparePairs(): Promise<{ name: string; one: Assignment; other: Assignment }[]> {
  const pairs = [];
  for (const [name, one, other] of SPLICE_PAIRS) {
    pairs.push({ name, one: await prover.assign(toCircuitInput(witnessOf(one))), other: await prover.assign(toCircuitInput(witnessOf(other))) });
  }
  return pairs;
}

async function loadCourt(sources: string): Promise<Court> {
  const { r1cs, sym } = await ensureCompiled(join(sources, 'pass.circom'), { level: 'O0', wasm: false });
  return { system: readSystem(r1cs), names: readStableNames(sym) };
}

/** The mutant's circuit. */
async function loadMutant(mutant: Mutant): Promise<Court> {
  const folder = join(BUILD, 'mutant');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(SOURCES, folder, { recursive: true });
  writeFileSync(join(folder, mutant.file), mutant.text);
  return loadCourt(folder);
}

const whole = await loadCourt(SOURCES);
const forgeries = await prepareForgeries();
const pairs = await preparePairs();
const toWhole = createTransfer(prover.names, whole.names, whole.system);

/** What passes with the mutant though it must not; undefined when nothing does. */
function killer({ system, names }: Court, { originalName }: Mutant): string | undefined {
  const transfer = createTransfer(prover.names, names, system, originalName);
  for (const { name, assignment, changes } of forgeries) {
    const values = transfer(assignment);
    for (const [signal, wire] of names.wireOf) {
      const change = changes[originalName(signal)];
      // What a mutant cut off is the forger's to choose, what drives it is not.
      if (change !== undefined && originalName(signal) === signal) values[wire] = change;
    }
    if (isSatisfied(system, values)) return `forgery: ${name}`;
  }
  for (const { name, one, other } of pairs) {
    const [first, second] = [transfer(one), transfer(other)];
    for (const part of splicesOf(system, first, second)) {
      if (isForgedSplice(names, originalName, part, one, other)) return `splice: ${name}`;
    }
  }
  return undefined;
}

/** The same exchange in the whole circuit: a forgery unless that circuit, too, lets it pass (a hint, a day that is not asked). */
function isForgedSplice(names: StableNames, originalName: Mutant['originalName'], part: readonly number[], one: Assignment, other: Assignment): boolean {
  const values = toWhole(one);
  const changed = toWhole(other);
  const wires = new Set(part);
  for (const [name, wire] of names.wireOf) {
    if (!wires.has(wire)) continue;
    // Of a signal that was cut in two, the whole circuit has the half that others read.
    const own = name.includes('_cut') ? undefined : whole.names.wireOf.get(originalName(name));
    if (own !== undefined) values[own] = changed[own]!;
  }
  return !isSatisfied(whole.system, values);
}

const isSatisfied = (system: ConstraintSystem, values: readonly bigint[]): boolean => brokenConstraints(system, values, 1).length === 0;

const only = process.argv.slice(2);
const mutants = createMutants().filter(({ file }) => only.length === 0 || only.includes(file));
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
  console.log(`${i + 1}/${mutants.length} ${mutant.file}:${mutant.line} ${mutant.dropped ? 'dropped' : 'unconstrained'}: ${mutant.before}\n    ${verdict}`);
}
console.log(`${mutants.length - survivors.length} of ${mutants.length} mutants killed or equivalent`);
if (survivors.length > 0) {
  console.log(`survivors:\n${survivors.join('\n')}`);
  process.exitCode = 1;
}
