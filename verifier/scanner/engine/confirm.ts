// Tells the service that a request of its own was answered here, and hears whether it was before, on another lane.
import { REASONS, verdictFor, type Reason, type Verdict } from '#passport';

const PATIENCE = 4000;

export async function confirm(request: string, text: string): Promise<Verdict | undefined> {
  const response = await fetch('/verify', {
    method: 'POST', headers: { 'content-type': 'application/json' }, credentials: 'omit', body: JSON.stringify({ request, text }), signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => undefined);
  if (!response || response.status >= 500 || response.status === 429) return undefined;
  const answer = (await response.json().catch(() => ({}))) as { outcome?: unknown; reason?: unknown };
  if (answer.outcome === 'accepted') return answer as Verdict; // of which the caller reads the outcome alone
  if (typeof answer.reason === 'string' && Object.hasOwn(REASONS, answer.reason)) return verdictFor(answer.reason as Reason);
  return verdictFor('challenge-wrong'); // answered on another lane, or run out
}
