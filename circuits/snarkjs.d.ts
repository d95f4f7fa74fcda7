// The part of snarkjs that is used here; the package carries no types.
declare module 'snarkjs' {
  type Source = string | Uint8Array | { type: 'mem'; data?: Uint8Array };
  type Logger = Record<'debug' | 'info' | 'warn' | 'error', (message: string) => void>;
  type Proof = { pi_a: string[]; pi_b: string[][]; pi_c: string[]; protocol: string; curve: string };

  const groth16: {
    prove(zkey: Source, witness: Source, logger?: Logger, options?: { singleThread?: boolean }): Promise<{ proof: Proof; publicSignals: string[] }>;
    verify(key: unknown, signals: readonly string[], proof: Proof, logger?: Logger): Promise<boolean>;
  };
  const powersOfTau: {
    newAccumulator(curve: unknown, power: number, file: Source, logger?: Logger): Promise<Uint8Array>;
    contribute(from: Source, to: Source, name: string, entropy: string, logger?: Logger): Promise<Uint8Array>;
    preparePhase2(from: Source, to: Source, logger?: Logger): Promise<void>;
    verify(file: Source, logger?: Logger): Promise<boolean>;
  };
  const zKey: {
    /** Resolves to -1 when the circuit does not fit the powers of tau. */
    newZKey(r1cs: Source, ptau: Source, zkey: Source, logger?: Logger): Promise<Uint8Array | -1>;
    contribute(from: Source, to: Source, name: string, entropy: string, logger?: Logger): Promise<Uint8Array>;
    /** Resolves to false when the beacon's form is wrong. */
    beacon(from: Source, to: Source, name: string, beaconHex: string, iterationsExponent: number, logger?: Logger): Promise<Uint8Array | false>;
    verifyFromR1cs(r1cs: Source, ptau: Source, zkey: Source, logger?: Logger): Promise<boolean>;
    exportVerificationKey(zkey: Source, logger?: Logger): Promise<Record<string, unknown>>;
    exportSolidityVerifier(zkey: Source, templates: { groth16: string }, logger?: Logger): Promise<string>;
  };
  const curves: {
    getCurveFromName(name: 'bn128', options?: { singleThread?: boolean }): Promise<unknown>;
  };
}
