// Listening for what is new: goes on after a break where it was, waits longer each time nobody answers, and ends when the listener or the session does.
import { isHealthpassError, parseJson } from '#passport';
import type { GatewayClient } from './http.ts';

/** Milliseconds. */
const [FIRST, LONGEST] = [500, 30_000];

export type Notice = { readonly kind: string; readonly relationship?: string; readonly subject?: string };

/** @param pause tests wait in another way. @throws HealthpassError `not-authorised`, `forbidden`, `record-unknown`: what asking again does not help against */
export async function listen(
  gateway: GatewayClient, path: string, onNotice: (notice: Notice) => void, signal: AbortSignal, pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
): Promise<void> {
  let wait = FIRST;
  let last: string | undefined;
  while (!signal.aborted) {
    try {
      for await (const { data, id } of gateway.stream(path, { signal, ...(last !== undefined && { lastEventId: last }) })) {
        if (id !== undefined) last = id;
        wait = FIRST;
        onNotice(parseJson(data) as Notice); // as the gateway writes it; what it says is only a reason to look
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isHealthpassError(error) || FINAL.has(error.code)) throw error;
    }
    if (signal.aborted) return;
    await pause(wait);
    wait = Math.min(LONGEST, wait * 2);
  }
}

const FINAL: ReadonlySet<string> = new Set(['not-authorised', 'forbidden', 'record-unknown', 'member-suspended']);
