// The scanner in a real Chromium whose camera films codes: measured by a program of its own, which knows the browser and the tests' network.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median, type Row } from './measure.ts';

const PROGRAM = fileURLToPath(new URL('../test/verifier/scanner/latency.browser.ts', import.meta.url));
/** Milliseconds from a code's first picture to its verdict on the screen, for nineteen of twenty people. */
const MOST_MS = 300;
/** People in a queue who are told in a second. */
const LEAST_PASSES = 3;

const answer = z.object({ latencies: z.array(z.number()).min(20), queue: z.object({ shown: z.int(), judged: z.int(), seconds: z.number() }) });

export async function scannerRows(): Promise<Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM]);
  const { latencies, queue } = answer.parse(JSON.parse(stdout));
  const note = `${latencies.length} codes`;
  return [
    { group: 'scanner', name: 'code in view to verdict on the screen, median', value: median(latencies), unit: 'ms', target: { atMost: MOST_MS }, note },
    { group: 'scanner', name: 'code in view to verdict on the screen, 95 of 100', value: percentile(latencies, 0.95), unit: 'ms', target: { atMost: MOST_MS }, note },
    { group: 'scanner', name: 'a queue without gaps: people told in a second', value: queue.judged / queue.seconds, unit: 'passes/s', target: { atLeast: LEAST_PASSES }, note: `${queue.judged} of ${queue.shown}` },
  ];
}

const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1]!; // the schema demands some
