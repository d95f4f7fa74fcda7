// What people wait for in the three apps: measured in a real Chromium, by a process of its own (`test/browser/measure.ts`).
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './measure.ts';

const SCRIPT = fileURLToPath(new URL('../test/browser/measure.ts', import.meta.url));

export async function facesRows(): Promise<Row[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT]);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Row[]; // the script's own rows
}
