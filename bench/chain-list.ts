// The same list on a chain: what it costs to put it there, what a reader fetches and computes who knows nothing yet, or all but one change.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStatusTree, masksOf, type FieldElement, type SparseTree } from '#passport';
import { changeStatus, createChainIndex, type ChainIndex } from '#contracts';
import { randomEntries } from './list.ts';
import { median, timed, type Row, type Timing } from './measure.ts';
import type { Scene } from './scene.ts';

const GROUP = 'list: on chain, 1 % blocked';
const SHARE = 0.01;
/** Words a transaction, at random: half a block's gas or so. */
const WORDS = 500;
const ROUNDS = 3;
const MOST_GAS = 600_000;
const KILOBYTE = 1000;

export async function chainListRows(scene: Scene): Promise<Row[]> {
  const kept = new Set(scene.credentials.map(({ claims }) => claims.index));
  const { id } = (await scene.trust()).lists[0]!;
  const tree = createStatusTree();
  const all = [...masksOf(randomEntries(SHARE, kept))];
  for (let i = 0; i < all.length; i += WORDS) await revoke(scene, id, tree, new Map(all.slice(i, i + WORDS)));
  await scene.trust(); // final now

  const meter = await startMeter(scene.rpc);
  try {
    const sync = async (url: string): Promise<{ index: ChainIndex; timing: Timing }> => {
      const index = createChainIndex({ endpoints: [url], deployment: scene.deployment });
      return { index, timing: await timed(() => index.sync()) };
    };
    const { index } = await sync(meter.url);
    const whole = meter.bytes();
    const timings: Timing[] = [];
    for (let i = 0; i < ROUNDS; i++) timings.push((await sync(scene.rpc)).timing);

    const one = await revoke(scene, id, tree, masksOf([firstFree(all, kept)]));
    await scene.trust();
    const before = meter.bytes();
    const update = await timed(() => index.sync());
    return [
      { group: GROUP, name: 'sync from nothing: fetched', value: whole / KILOBYTE, unit: 'kB', note: `${all.length} words in ${Math.ceil(all.length / WORDS)} transactions` },
      { group: GROUP, name: 'sync from nothing, the root after each transaction recomputed', value: median(timings.map(({ cpu }) => cpu)), unit: 'ms CPU', note: `${median(timings.map(({ wall }) => wall)).toFixed(0)} ms wall` },
      { group: GROUP, name: 'sync after one more is revoked: fetched', value: (meter.bytes() - before) / KILOBYTE, unit: 'kB' },
      { group: GROUP, name: 'sync after one more is revoked', value: update.cpu, unit: 'ms CPU', note: `${update.wall.toFixed(0)} ms wall` },
      { group: GROUP, name: 'gas of revoking one, its new root included', value: one.gas, unit: 'gas', target: { atMost: MOST_GAS } },
      { group: GROUP, name: 'transaction that revokes one', value: one.bytes, unit: 'bytes' },
    ];
  } finally {
    meter.stop();
  }
}

let calls = 0;
async function revoke({ sender, deployment }: Scene, list: number, tree: SparseTree, masks: ReadonlyMap<number, bigint>): Promise<{ gas: number; bytes: number }> {
  const previousRoot = tree.root();
  for (const [word, mask] of masks) tree.set(word, (tree.leaf(word) | mask) as FieldElement); // 248 bits are below r
  const call = changeStatus(deployment, 'revoke', { list, masks, previousRoot, newRoot: tree.root() });
  const { gasUsed } = await sender.send(call, { id: `bench ${calls++}` });
  return { gas: Number(gasUsed), bytes: (call.data.length - 2) / 2 };
}

/** An entry in a used word, as nearly every next one is. */
function firstFree(words: readonly (readonly [number, bigint])[], kept: ReadonlySet<number>): number {
  const [word, mask] = words[0]!;
  for (let bit = 0; ; bit++) {
    const index = word * 248 + bit;
    if (((mask >> BigInt(bit)) & 1n) === 0n && !kept.has(index)) return index;
  }
}

/** A door to the chain's endpoint that counts the bytes of its answers. */
async function startMeter(rpc: string): Promise<{ url: string; bytes: () => number; stop: () => void }> {
  let bytes = 0;
  const server = createServer((incoming, outgoing) => {
    const onward = request(rpc, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length)).pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: () => bytes,
    stop: () => (server.close(), server.closeAllConnections()),
  };
}
