// The prover, in a worker of its own: it fetches what proving takes, checks it, and makes one pass after another on one thread. Threads would
// have to be started from strings, which the pages forbid.
import '#faces/strict.ts';
import manifest from '../../circuits/artifacts/manifest.json' with { type: 'json' };
import { createProver, type Prover } from '#circuits/prove.ts';
import { isHealthpassError } from '#passport/errors.ts';
import { loadProvingArtifacts } from './platform/artifacts.ts';
import type { FromProver, ToProver } from './platform/prover-messages.ts';

const URLS = {
  'pass.wasm': new URL('../../circuits/artifacts/pass.wasm', import.meta.url).href,
  'pass.zkey': new URL('../../circuits/artifacts/pass.zkey', import.meta.url).href,
};
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a page that started a worker has no origin to name
const say = (message: FromProver): void => self.postMessage(message);

let prover: Prover | undefined;

async function prove({ witness }: ToProver): Promise<void> {
  try {
    prover ??= createProver(await loadProvingArtifacts(manifest, URLS, (done, total) => say({ type: 'download', done, total })), { threads: false });
    say({ type: 'proven', pass: await prover.prove(witness, { onStep: (step) => say({ type: 'step', step }) }) });
  } catch (error) {
    say(isHealthpassError(error) ? { type: 'failed', code: error.code, field: error.field } : { type: 'broken' });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToProver>) => void prove(data));
