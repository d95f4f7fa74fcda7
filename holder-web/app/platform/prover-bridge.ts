// The bridge to the prover in its worker. Aborting ends the worker, and with it the work; one that is not needed for a while is ended too, for it
// holds hundreds of megabytes.
import type { ProvenPass } from '#circuits/prove.ts';
import type { PassWitness } from '#circuits/witness.ts';
import { scriptUrl } from '#faces/trusted.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { ProverBridge, ProverOptions } from '#wallet-app/platform.ts';
// oxlint-disable-next-line import/default -- Vite answers with the address
import workerUrl from '../prover.worker.ts?worker&url';
import type { FromProver, ToProver } from './prover-messages.ts';

/** Milliseconds. */
const IDLE = 20_000;

type Job = ProverOptions & { readonly resolve: (pass: ProvenPass) => void; readonly fail: (error: Error) => void };

export function createProverBridge(startWorker: () => Worker): ProverBridge {
  let worker: Worker | undefined;
  let job: Job | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<FromProver>) => read(data));
    started.addEventListener('error', () => job?.fail(broken())); // a script that did not load, or too little memory
    return started;
  }

  function read(message: FromProver): void {
    if (message.type === 'download') job?.onDownload?.(message.done, message.total);
    else if (message.type === 'step') job?.onStep?.(message.step);
    else if (message.type === 'proven') job?.resolve(message.pass);
    else if (message.type === 'failed') job?.fail(new HealthpassError(message.code, 'the prover refuses', message.field === undefined ? {} : { field: message.field }));
    else job?.fail(broken());
  }

  function end(): void {
    worker?.terminate();
    worker = undefined;
  }

  async function run(witness: PassWitness, options: ProverOptions): Promise<ProvenPass> {
    const { signal } = options;
    if (signal?.aborted) throw cancelled();
    clearTimeout(idle);
    worker ??= start();
    const onAbort = () => job?.fail(cancelled());
    try {
      return await new Promise<ProvenPass>((resolve, reject) => {
        job = { ...options, resolve, fail(error) {
          end();
          reject(error);
        } };
        signal?.addEventListener('abort', onAbort, { once: true });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        worker?.postMessage({ type: 'prove', witness } satisfies ToProver);
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      job = undefined;
      idle = setTimeout(end, IDLE);
    }
  }

  return {
    /** One at a time: two would only take each other's memory. */
    prove(witness, options = {}) {
      const next = last.then(() => run(witness, options));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** The prover of this build. */
export const createProver = (): ProverBridge => createProverBridge(() => new Worker(scriptUrl(workerUrl) as string, { type: 'module', name: 'prover' }));

const cancelled = () => new HealthpassError('cancelled', 'proving was cancelled');
const broken = () => new HealthpassError('artifact-mismatch', 'the prover broke', { field: 'prover' });
