// Groth16 verifiers side by side on the same proofs, in one process and in turns. Run alone: node bench/groth16/duel.ts
import { medians, meets, type Row, type Timing } from '../measure.ts';
import { noble, ours, packages, preparedFfjavascript, preparedMcl, type Contender } from './contenders.ts';
import { ownPasses } from './own-passes.ts';
import { semaphoreProofs } from './semaphore-proofs.ts';
import { tamper, type Case } from './statement.ts';

const STATEMENTS = 64;
const ROUNDS = 7;
/** Statements a round for contenders that take one at a time: enough to measure, few enough to take turns often. */
const ONE_BY_ONE = 4;
const BASELINE = 'snarkjs 0.7.6, one thread';
const CORONACHECK_MS = 9.6;

/** Whether it accepts every true statement and refuses every tampered one; one that does not is out of the table. */
async function isSound(contender: Contender, { statements }: Case): Promise<boolean> {
  const some = statements.slice(0, 8);
  const accepted = await contender.prepare(some)();
  const refused = await contender.prepare(some.flatMap(tamper))().catch(() => [true]);
  return accepted.every(Boolean) && !refused.some(Boolean);
}

/** CPU and wall milliseconds a proof of each contender, and how many times as fast as snarkjs on one thread. */
export async function duel(subject: Case): Promise<Row[]> {
  const { single, batch } = await ours(subject);
  const contenders: (Contender & { readonly count: number })[] = [
    ...[...(await packages(subject)), await preparedFfjavascript(subject), await preparedMcl(subject), noble(subject), single].map((each) => ({ ...each, count: ONE_BY_ONE })),
    ...[16, 64].map((size) => ({ ...batch(size), count: STATEMENTS })),
  ];
  const sound: typeof contenders = [];
  const unsound: Row[] = [];
  for (const contender of contenders) {
    if (await isSound(contender, subject)) sound.push(contender);
    else unsound.push(notInTable(subject.label, contender.name, 'out of the table: accepts a tampered copy or refuses a true one'));
  }
  const steps = Object.fromEntries(sound.map(({ name, prepare, count }) => [name, prepare(subject.statements.slice(0, count))]));
  for (let i = 0; i < 2; i++) for (const step of Object.values(steps)) await step();
  const timings = await medians(steps, ROUNDS, Object.fromEntries(sound.map(({ name, count }) => [name, count])));
  for (const { close } of contenders) await close?.();
  return [...toRows(subject.label, timings), ...unsound];
}

const groupOf = (label: string): string => `verify: ${label}`;
const notInTable = (label: string, name: string, note: string): Row => ({ group: groupOf(label), name, value: Number.NaN, unit: '', note });

function toRows(label: string, timings: Record<string, Timing>): Row[] {
  const group = groupOf(label);
  const baseline = timings[BASELINE];
  const rows = Object.entries(timings).map(([name, { cpu, wall }]): Row =>
    ({ group, name, value: cpu, unit: 'ms CPU', note: `${wall.toFixed(2)} ms wall`, ...(name === 'ours' && { target: { atMost: CORONACHECK_MS } }) }));
  const ratio = (name: string, atLeast: number): Row[] => {
    const timing = timings[name];
    if (timing === undefined || baseline === undefined) return [];
    return [{ group, name: `${name}: times as fast as snarkjs on one thread`, value: baseline.cpu / timing.cpu, unit: 'x', target: { atLeast } }];
  };
  return [...rows, ...ratio('ours', 2.3), ...ratio('ours, batch of 64', 6)];
}

/** The duel on our own passes, then on Semaphore's proofs. */
export async function groth16Rows(): Promise<Row[]> {
  const rows = await duel(await ownPasses(STATEMENTS));
  try {
    rows.push(...(await duel(await semaphoreProofs(STATEMENTS))));
  } catch (error) {
    rows.push(notInTable('Semaphore proof', 'not measured', error instanceof Error ? error.message : 'unknown failure'));
  }
  return rows;
}

if (import.meta.main) {
  const rows = await groth16Rows();
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
  else {
    for (const row of rows) {
      const met = meets(row);
      console.log([row.group.padEnd(24), row.name.padEnd(60), row.value.toFixed(2).padStart(8), row.unit.padEnd(7), met === undefined ? '' : met ? 'met' : 'MISSED', row.note ?? ''].join(' '));
    }
  }
}
