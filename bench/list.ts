// A list of a million credentials, one in a hundred and one in two of them blocked: what it takes to have it, to change it, to prove by it.
import { gzipSync } from 'node:zlib';
import {
  LIST_SIZE, LIST_WORDS, createRegistryTree, createStatusTree, encodeTrustBundle, entryPosition, masksOf, packWords, parseTrustBundle, registryLeaf, statusRoot,
  type FieldElement, type ListRecord, type TrustState,
} from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { loadArtifacts } from '#circuits';
import { createWitnessTrees } from '#wallet/witness-trees.ts';
import { medians, type Row } from './measure.ts';
import type { Scene } from './scene.ts';

const ROUNDS = 5;
const UPDATES = 20;
const KILOBYTE = 1000;
const ELEMENT_BYTES = 32;
export const SHARES = [0.01, 0.5] as const;

/** Entries of the list at random, without those that `kept` names. */
export function randomEntries(share: number, kept: ReadonlySet<number>): Set<number> {
  const entries = new Set<number>();
  while (entries.size < LIST_SIZE * share) {
    for (const value of crypto.getRandomValues(new Uint32Array(4096))) {
      const index = value % LIST_SIZE;
      if (!kept.has(index) && entries.size < LIST_SIZE * share) entries.add(index);
    }
  }
  return entries;
}

export async function listRows(scene: Scene): Promise<Row[]> {
  const trust = await scene.trust();
  const { verificationKey: verifyingKey } = await loadArtifacts();
  const rows: Row[] = [];
  for (const share of SHARES) rows.push(...await offlineRows(blocked(trust, scene, share), scene, share, verifyingKey));
  return rows;
}

/** The trust data of the chain, with its list blocked to that share; every root recomputed. */
function blocked(trust: TrustState, { credentials }: Scene, share: number): TrustState {
  const words = masksOf(randomEntries(share, new Set(credentials.map(({ claims }) => claims.index))));
  const root = statusRoot(words);
  const [first] = trust.lists;
  const list: ListRecord = { ...first!, words, latestWords: words, root };
  const issuer = trust.issuers.find(({ id }) => id === list.issuer)!; // the one whose list it is
  const leaves = new Map(trust.leaves).set(list.slot, registryLeaf(issuer.claimsKey, list.id, root));
  const current = { ...trust.roots.findLast(({ final }) => final)!, root: createRegistryTree(leaves).root(), supersededAt: null };
  return { ...trust, lists: [list], leaves, roots: [current] };
}

async function offlineRows(trust: TrustState, { credentials }: Scene, share: number, verifyingKey: unknown): Promise<Row[]> {
  const group = `list: a million credentials, ${share * 100} % blocked`;
  const { words } = trust.lists[0]!;
  const bundle = { trust, policies: POLICIES, verifyingKey };
  const text = JSON.stringify(encodeTrustBundle(bundle));
  const packed = packWords(words);
  const tree = createStatusTree(words);
  const entry = credentials[0]!.claims;
  const warm = createWitnessTrees();
  const path = warm.pathOf(trust, entry);
  let changed = 0;
  const times = await medians({
    encode: () => JSON.stringify(encodeTrustBundle(bundle)),
    parse: () => parseTrustBundle(JSON.parse(text)),
    tree: () => createStatusTree(words).root(),
    update: () => {
      for (let i = 0; i < UPDATES; i++) setBit(tree, (changed = (changed + 100_003) % LIST_SIZE));
    },
    first: () => createWitnessTrees().pathOf(trust, entry),
    later: () => {
      for (let i = 0; i < UPDATES; i++) warm.pathOf(trust, entry);
    },
  }, ROUNDS, { update: UPDATES, later: UPDATES });
  const time = (name: string, key: keyof typeof times): Row => ({ group, name, value: times[key]!.cpu, unit: 'ms CPU', note: `${times[key]!.wall.toFixed(2)} ms wall` });
  const size = (name: string, bytes: Uint8Array): Row => ({ group, name, value: bytes.length / KILOBYTE, unit: 'kB', note: `${(gzipSync(bytes).length / KILOBYTE).toFixed(0)} kB gzipped` });
  const siblings = [...path.statusSiblings, ...path.registrySiblings].flat().length;
  return [
    size('the words, packed', packed), size('trust bundle with them, policies and key, JSON', new TextEncoder().encode(text)),
    time('write the trust bundle', 'encode'), time('read the trust bundle, every root recomputed', 'parse'), time(`tree over all ${LIST_WORDS} words`, 'tree'),
    time('set one bit, new root', 'update'),
    time('first witness: trust data checked, trees made', 'first'), time('later witness', 'later'),
    { group, name: 'a witness: word and siblings', value: (1 + siblings) * ELEMENT_BYTES, unit: 'bytes' },
  ];
}

function setBit(tree: ReturnType<typeof createStatusTree>, index: number): void {
  const { word, bit } = entryPosition(index);
  tree.set(word, (tree.leaf(word) ^ (1n << BigInt(bit))) as FieldElement); // 248 bits are below r
}
