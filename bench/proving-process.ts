// A process that proves one pass a few times and says what that took. Started by present.ts.
import { existsSync, readFileSync } from 'node:fs';
import { createProver, loadArtifacts } from '#circuits';
import type { PassWitness } from '#circuits/witness.ts';
import { median, type Timing } from './measure.ts';

export type ProvingOrder = { readonly witness: PassWitness; readonly threads: boolean };
/** Milliseconds, medians over the passes after the first; memory in bytes. */
export type ProvingFigures = { readonly witness: Timing; readonly proof: Timing; readonly first: number; readonly before: number; readonly peak: number };

const PASSES = 4;
const STATUS = '/proc/self/status';

/** Milliseconds of CPU and wall since the process began. */
const spent = (): Timing => {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1000, wall: performance.now() };
};
const between = (from: Timing, to: Timing): Timing => ({ cpu: to.cpu - from.cpu, wall: to.wall - from.wall });
const medianOf = (timings: readonly Timing[]): Timing => ({ cpu: median(timings.map(({ cpu }) => cpu)), wall: median(timings.map(({ wall }) => wall)) });

/** Bytes. What the kernel gives as the peak of a process begins with that of the process that forked it, except where Linux tells it by mapping. */
function peak(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : '';
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}

async function prove({ witness, threads }: ProvingOrder): Promise<ProvingFigures> {
  const prover = createProver(await loadArtifacts(), { threads });
  const before = peak();
  const steps: { witness: Timing; proof: Timing }[] = [];
  for (let i = 0; i < PASSES; i++) {
    const begun = spent();
    let calculated = begun;
    await prover.prove(witness, { onStep: (step) => { if (step === 'proof') calculated = spent(); } });
    steps.push({ witness: between(begun, calculated), proof: between(calculated, spent()) });
  }
  await prover.close();
  const [first, ...later] = steps;
  return {
    witness: medianOf(later.map((step) => step.witness)), proof: medianOf(later.map((step) => step.proof)),
    first: first!.witness.wall + first!.proof.wall, before, peak: peak(),
  };
}

process.once('message', (order) => {
  void prove(order as ProvingOrder).then((figures) => process.send!(figures, () => process.disconnect())); // present.ts sends nothing else
});
