// The service that this app came from, as JSON.

const PATIENCE = 8000;

/** @throws where it is out of reach, or answers with a problem */
export async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'healthpass-csrf': '1' }, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error('the service refused');
  return response.json();
}
