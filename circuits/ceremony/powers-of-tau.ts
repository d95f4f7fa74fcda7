// Phase 1 of the set-up: powers of tau from a file whose hash is published, or made here for development.
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import * as snarkjs from 'snarkjs';
import { HealthpassError } from '#passport/errors.ts';
import { BUILD } from '../paths.ts';
import { timedStep, type Progress } from '../progress.ts';
import published from './published-powers-of-tau.json' with { type: 'json' };

/** Constraints and public signals together stay below 2^14. */
export const POWER = 14;
export const LOCAL_SOURCE = 'local';

export type PowersOfTau = {
  readonly file: string;
  /** Name in the published list, or `local`. */
  readonly source: string;
  readonly blake2b: string;
};

/**
 * A powers-of-tau file and what the published list says of it.
 * @throws HealthpassError `usage` when there is no such file
 */
export async function readPowersOfTau(file: string): Promise<PowersOfTau> {
  if (!existsSync(file)) throw new HealthpassError('usage', `no powers-of-tau file ${basename(file)}`, { field: '--ptau' });
  const blake2b = await hashFile(file);
  return { file, source: published.files.find((row) => row.blake2b === blake2b)?.name ?? LOCAL_SOURCE, blake2b };
}

/** @throws HealthpassError `artifact-mismatch` unless the file's hash is in the published list */
export function assertPublished(tau: PowersOfTau): void {
  if (tau.source !== LOCAL_SOURCE) return;
  throw new HealthpassError('artifact-mismatch', 'the powers-of-tau file is none of the published ones (--local makes one for development)', { field: '--ptau' });
}

/** Powers of tau made here, for development: whoever made them could know tau. About two minutes; kept in .build/. */
export async function ensureLocalPowersOfTau(progress: Progress): Promise<PowersOfTau> {
  const folder = join(BUILD, 'powers-of-tau');
  const file = join(folder, `local-${POWER}.ptau`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    await timedStep(`making powers of tau, 2^${POWER}, for development`, progress, () => makePowersOfTau(POWER, file));
  }
  return readPowersOfTau(file);
}

/** Makes and prepares powers of tau for circuits of up to 2^power constraints. */
export async function makePowersOfTau(power: number, file: string): Promise<void> {
  const drafts = ['begun', 'contributed', 'prepared'].map((stage) => `${file}.${stage}.${process.pid}`) as [string, string, string];
  const [begun, contributed, prepared] = drafts;
  try {
    await snarkjs.powersOfTau.newAccumulator(await snarkjs.curves.getCurveFromName('bn128'), power, begun);
    await snarkjs.powersOfTau.contribute(begun, contributed, 'development', randomBytes(64).toString('hex'));
    await snarkjs.powersOfTau.preparePhase2(contributed, prepared);
    renameSync(prepared, file);
  } finally {
    for (const draft of drafts) rmSync(draft, { force: true });
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('blake2b512');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
