// What proving takes, 18 megabytes: fetched once, kept in the browser's cache by digest, and checked against the manifest of this build at every
// load, wherever it comes from. Runs in a worker.
import { assertArtifact, parseManifest, type ArtifactFile, type Manifest } from '#circuits/manifest.ts';
import { HealthpassError, isHealthpassError } from '#passport/errors.ts';

export type OnDownload = (done: number, total: number) => void;
export type ArtifactUrls = Readonly<Record<Extract<ArtifactFile, 'pass.wasm' | 'pass.zkey'>, string>>;

const CACHE = 'proving';
/** How often progress is told for a file, about. */
const TOLD = 50;

/** @throws HealthpassError `artifact-mismatch` (what the site serves is not what it was built with), `service-unavailable` */
export async function loadProvingArtifacts(manifestJson: unknown, urls: ArtifactUrls, onDownload: OnDownload): Promise<{ readonly wasm: Uint8Array; readonly zkey: Uint8Array }> {
  const manifest = parseManifest(manifestJson);
  const names = Object.keys(urls) as (keyof ArtifactUrls)[]; // its keys
  const [cache, done] = [await openCache(), new Map<string, number>()];
  const total = names.reduce((sum, name) => sum + manifest.files[name].bytes, 0);
  const load = async (name: keyof ArtifactUrls) => (await kept(cache, manifest, name)) ?? download(name);

  async function download(name: keyof ArtifactUrls): Promise<Uint8Array> {
    const bytes = await fetchBytes(urls[name], { name, length: manifest.files[name].bytes }, (count) => {
      done.set(name, count);
      onDownload([...done.values()].reduce((sum, part) => sum + part, 0), total);
    });
    assertArtifact(manifest, name, bytes);
    // Without room for it, it is fetched again next time.
    await cache?.put(keyOf(manifest, name), new Response(bytes)).catch(() => undefined);
    return bytes;
  }
  const [wasm, zkey] = [await load('pass.wasm'), await load('pass.zkey')];
  await forgetOthers(cache, names.map((name) => keyOf(manifest, name)));
  return { wasm, zkey };
}

const openCache = (): Promise<Cache | undefined> => (typeof caches === 'undefined' ? Promise.resolve(undefined) : caches.open(CACHE).catch(() => undefined));
/** No address that anybody could ask for. */
const keyOf = (manifest: Manifest, name: keyof ArtifactUrls): string => `/proving/${manifest.files[name].sha256}`;

/** A kept file that was damaged or exchanged is no reason to fail: it is fetched again. */
async function kept(cache: Cache | undefined, manifest: Manifest, name: keyof ArtifactUrls): Promise<Uint8Array | undefined> {
  const found = await cache?.match(keyOf(manifest, name));
  if (!found) return undefined;
  const bytes = new Uint8Array(await found.arrayBuffer());
  try {
    assertArtifact(manifest, name, bytes);
    return bytes;
  } catch (error) {
    if (!isHealthpassError(error)) throw error;
    await cache?.delete(keyOf(manifest, name));
    return undefined;
  }
}

async function fetchBytes(url: string, { name, length }: { readonly name: string; readonly length: number }, onBytes: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let [count, told] = [0, 0];
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new TypeError('no file');
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (count + next.value.length > length) throw new HealthpassError('artifact-mismatch', `${name} is longer than the manifest says`, { field: name });
      bytes.set(next.value, count);
      count += next.value.length;
      if (count - told < length / TOLD && count < length) continue; // no page draws every piece
      onBytes(told = count);
    }
  } catch (error) {
    if (isHealthpassError(error)) throw error;
    throw new HealthpassError('service-unavailable', 'what proving takes cannot be fetched', { field: 'network' });
  }
  return bytes;
}

async function forgetOthers(cache: Cache | undefined, keys: readonly string[]): Promise<void> {
  for (const request of (await cache?.keys()) ?? []) if (!keys.includes(new URL(request.url).pathname)) await cache?.delete(request);
}
