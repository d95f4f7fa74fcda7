// What may be told of an error: the code of one of ours, the name of any other, and where in our own files it happened. Its message may hold anything.
import { isHealthpassError } from '#passport';

export const nameOfError = (error: unknown): string => (isHealthpassError(error) ? error.code : error instanceof Error ? plain(error.name) : typeof error);

/** A name may be set by anybody too. */
const plain = (name: string): string => (/^[A-Za-z]\w{0,63}$/.test(name) ? name : 'Error');

const OURS = /^ {4}at .*?\/((?:passport|formats|circuits|contracts|server|issuer|verifier|records|network|cli)\/(?:[\w-]+\/)*[\w.-]+\.ts:\d+):\d+\)?$/;
const MOST_FRAMES = 5;

/** `server/http/route.ts:57`: frames in files of ours, innermost first. The message, which stands before them in the stack, is cut off. */
export function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const start = error.stack.indexOf(error.message);
  const frames = start < 0 ? error.stack : error.stack.slice(start + error.message.length);
  return frames.split('\n').filter((line) => !line.includes('node_modules')).flatMap((line) => OURS.exec(line)?.[1] ?? []).slice(0, MOST_FRAMES);
}
