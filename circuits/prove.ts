// Makes a pass's proof: the witness by circom's module, the proof by snarkjs. Runs in Node and in a browser's worker.
import * as snarkjs from 'snarkjs';
import { HealthpassError } from '#passport/errors.ts';
import { parseFieldElement } from '#passport/field.ts';
import { SIGNAL_NAMES, type PassSignals } from '#passport/signals.ts';
import { createCalculator, toWtns } from './calculator.ts';
import { closeCurve } from './curve-threads.ts';
import { parseSnarkjsProof, type Proof } from './proof.ts';
import { toCircuitInput, type PassWitness } from './witness.ts';

/** What proving takes: the bytes of pass.wasm and pass.zkey. Check them against the manifest first (`assertArtifact`). */
export type ProvingArtifacts = { readonly wasm: Uint8Array; readonly zkey: Uint8Array };

export const PROVING_STEPS = ['witness', 'proof'] as const;
export type ProvingStep = (typeof PROVING_STEPS)[number];

export type ProvingOptions = {
  /** Aborting rejects at once with `cancelled`. A proof that is under way is computed to its end and thrown away: to free the CPU, end the worker. */
  readonly signal?: AbortSignal;
  /** Called when a step begins. */
  readonly onStep?: (step: ProvingStep) => void;
};

export type ProvenPass = {
  readonly proof: Proof;
  readonly signals: PassSignals;
  /** Milliseconds. */
  readonly times: { readonly witness: number; readonly proof: number };
};

/** Proves one pass after another; the module is compiled once. */
export type Prover = {
  /**
   * @throws HealthpassError `nothing-fits` (the credential does not satisfy the statement; `field` says which part),
   * `request-invalid` and `field-not-canonical` (inputs out of form), `cancelled`
   */
  readonly prove: (witness: PassWitness, options?: ProvingOptions) => Promise<ProvenPass>;
  /** Ends the threads, without which a Node process does not end. */
  readonly close: () => Promise<void>;
};

/**
 * @param options.threads use worker threads for the proof (the realm's shared ones of ffjavascript, which `close` ends).
 * Without them one thread does all: where a worker may not start workers, or several provers run side by side.
 */
export function createProver({ wasm, zkey }: ProvingArtifacts, { threads = true }: { readonly threads?: boolean } = {}): Prover {
  const calculator = createCalculator(wasm);
  let last: Promise<unknown> = Promise.resolve();

  async function run(witness: PassWitness, { signal, onStep }: ProvingOptions): Promise<ProvenPass> {
    assertNotCancelled(signal);
    onStep?.('witness');
    const begun = performance.now();
    const input = toCircuitInput(witness);
    const wtns = toWtns(await calculator.calculate(input));
    assertNotCancelled(signal);
    onStep?.('proof');
    const calculated = performance.now();
    const { proof, publicSignals } = await snarkjs.groth16.prove({ type: 'mem', data: zkey }, { type: 'mem', data: wtns }, undefined, { singleThread: !threads });
    assertNotCancelled(signal);
    return {
      proof: parseSnarkjsProof(proof),
      signals: namedSignals(publicSignals),
      times: { witness: calculated - begun, proof: performance.now() - calculated },
    };
  }

  return {
    prove(witness, options = {}) {
      // One at a time: two proofs at once only take each other's memory and threads.
      const job = last.then(() => run(witness, options));
      last = job.catch(() => undefined);
      return orCancelled(job, options.signal);
    },
    async close() {
      await last;
      if (threads) await closeCurve();
    },
  };
}

/** Proves one pass and ends the threads. For several, use {@link createProver}. */
export async function provePass(
  witness: PassWitness, artifacts: ProvingArtifacts, options: ProvingOptions & { readonly threads?: boolean } = {},
): Promise<ProvenPass> {
  const prover = createProver(artifacts, options);
  try {
    return await prover.prove(witness, options);
  } finally {
    await prover.close();
  }
}

function namedSignals(values: readonly string[]): PassSignals {
  const entries = SIGNAL_NAMES.map((name, i) => [name, parseFieldElement(values[i], name)]);
  return Object.fromEntries(entries) as PassSignals; // every name of the list is there
}

function assertNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

/** The job's outcome, or a rejection as soon as the signal aborts. */
function orCancelled<T>(job: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return job;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    job.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const cancelled = () => new HealthpassError('cancelled', 'proving was cancelled');
