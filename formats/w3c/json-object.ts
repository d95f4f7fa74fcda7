// Objects that came from JSON, before a schema says more of them.
export type JsonObject = { [member: string]: unknown };

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects and lists in a document. JSON-LD works on each of them, several times: a document of many is work for its sender to cause, not ours to do. */
const MOST_PARTS = 1_000;

export function isModest(value: unknown): boolean {
  let parts = 0;
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (++parts > MOST_PARTS) return false;
    waiting.push(...(Object.values(next) as unknown[]));
  }
  return true;
}
