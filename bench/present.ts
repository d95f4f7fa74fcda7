// Present: signing a ready pass for a moment, and what proving one takes. Proving is measured in processes of its own, which tell their peak memory.
import { fork } from 'node:child_process';
import { codeToSvg, createCode, presentPass, startPresentation, type PresentationRequest } from '#wallet';
import { PASSES } from '#wallet/records.ts';
import { medians, type Row } from './measure.ts';
import { BINDING, type Passes } from './passes.ts';
import type { ProvingFigures, ProvingOrder } from './proving-process.ts';
import type { Scene } from './scene.ts';
import { POLICIES } from '#passport/policies/index.ts';

const ROUNDS = 9;
const EACH = 20;
/** Passes in the store, of which a round takes half: a wallet keeps a few. */
const STOCK = 8;
const TAKEN = STOCK / 2;
const MOST_MS = 5;
const MEGABYTE = 1_000_000;

export async function presentRows(scene: Scene, passes: Passes): Promise<Row[]> {
  return [...await showingRows(scene, passes), ...await provingRows(passes, true), ...await provingRows(passes, false)];
}

async function showingRows(scene: Scene, passes: Passes): Promise<Row[]> {
  const { wallet } = scene;
  const pass = passes.of('plain');
  const request: PresentationRequest = { policy: passes.policy.id, ...BINDING };
  const deps = { now: scene.now(), policies: POLICIES, trust: await scene.trust() };
  // Copies of one pass under ids of their own: taking one is the same work, and making as many would take minutes.
  const restock = () => wallet.change((change) => change.write(PASSES, Array.from({ length: STOCK }, (_, i) => ({ ...pass, id: `${i}` }))));
  await restock();
  const presentation = await startPresentation(wallet, request, deps);
  const text = presentation.sign(deps.now);
  const repeated = (times: number, step: () => unknown) => async () => {
    for (let i = 0; i < times; i++) await step();
  };
  const times = await medians({
    restock,
    take: repeated(TAKEN, () => presentPass(wallet, request, deps)),
    sign: repeated(EACH, () => presentation.sign(scene.now())),
    draw: repeated(EACH, () => codeToSvg(createCode(text))),
  }, ROUNDS, { take: TAKEN, sign: EACH, draw: EACH });
  const row = (name: string, key: keyof typeof times, target?: Row['target']): Row =>
    ({ group: 'present', name, value: times[key]!.cpu, unit: 'ms CPU', note: `${times[key]!.wall.toFixed(2)} ms wall`, ...(target && { target }) });
  return [
    row('sign and encode a ready pass (anew every few seconds)', 'sign', { atMost: MOST_MS }),
    row('take a ready pass from the encrypted store, note it in the history, sign and encode', 'take', { atMost: MOST_MS }),
    row('draw the code as SVG', 'draw'),
  ];
}

async function provingRows({ witness }: Passes, threads: boolean): Promise<Row[]> {
  const figures = await proveElsewhere({ witness, threads });
  const group = threads ? 'prove: with worker threads' : 'prove: one thread';
  const time = (name: string, { cpu, wall }: { cpu: number; wall: number }): Row[] => [
    { group, name: `${name}, CPU`, value: cpu, unit: 'ms CPU' }, { group, name: `${name}, wall`, value: wall, unit: 'ms' },
  ];
  return [
    ...time('witness', figures.witness), ...time('proof', figures.proof),
    { group, name: 'first pass of a process, wall', value: figures.first, unit: 'ms', note: 'the witness module is compiled' },
    { group, name: 'peak memory', value: figures.peak / MEGABYTE, unit: 'MB', note: `${(figures.before / MEGABYTE).toFixed(0)} MB before the first pass` },
  ];
}

function proveElsewhere(order: ProvingOrder): Promise<ProvingFigures> {
  const child = fork(new URL('./proving-process.ts', import.meta.url), { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the proving process ended with ${code} before it answered`)));
    child.once('message', (figures) => resolve(figures as ProvingFigures)); // proving-process.ts sends nothing else
    child.send(order);
  });
}
