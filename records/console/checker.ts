// The page's end of the worker that checks FHIR; it is started when it is first needed.
import { scriptUrl } from '#faces/trusted.ts';
import { HealthpassError } from '#passport/errors.ts';
import type { Checked } from './desk/check.ts';
// oxlint-disable-next-line import/default -- Vite gives the address of the built worker
import workerUrl from './check.worker.ts?worker&url';

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, { readonly resolve: (checked: Checked) => void; readonly reject: (error: unknown) => void }>();

function start(): Worker {
  const started = new Worker(scriptUrl(workerUrl), { type: 'module' });
  started.addEventListener('message', ({ data: { id, checked } }: MessageEvent<{ id: number; checked: Checked }>) => {
    waiting.get(id)?.resolve(checked);
    waiting.delete(id);
  });
  started.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new HealthpassError('service-unavailable', 'the part that checks FHIR could not be loaded', { field: 'worker' }));
    waiting.clear();
    worker = undefined;
  });
  return started;
}

/** @throws HealthpassError `service-unavailable` where the worker cannot be loaded */
export function checkBeside(text: string): Promise<Checked> {
  worker ??= start();
  const id = ++last;
  const answer = new Promise<Checked>((resolve, reject) => waiting.set(id, { resolve, reject }));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage({ id, text });
  return answer;
}
