// The trust bundle from the service that this app came from.
import type { FetchedBundle } from './keeper.ts';

const PATIENCE = 20_000;

/** Rejects when the service is out of reach, or has nothing to give yet. */
export async function fetchBundle(): Promise<FetchedBundle> {
  const response = await fetch('/trust-bundle', { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error('the service has no trust data');
  const date = Date.parse(response.headers.get('date') ?? '');
  return { text: await response.text(), serviceTime: Number.isNaN(date) ? undefined : date / 1000 };
}
