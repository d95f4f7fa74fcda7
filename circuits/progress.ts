// Lines about long steps, on standard error so that standard output stays for results.
export type Progress = (line: string) => void;

const SILENCE_SECONDS = 10;

export const printProgress: Progress = (line) => { process.stderr.write(`${line}\n`); };

/** Runs a long step: says when it begins, that it is still going every ten seconds, and how long it took. */
export async function timedStep<T>(what: string, progress: Progress, step: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  progress(`${what} …`);
  const ticker = setInterval(() => progress(`${what} … ${seconds()} s`), SILENCE_SECONDS * 1000);
  try {
    return await step();
  } finally {
    clearInterval(ticker);
    progress(`${what}: ${seconds()} s`);
  }
}
