// What a wallet fetches once, and the size of the circuit.
import { gzipSync } from 'node:zlib';
import { loadArtifacts } from '#circuits';
import type { Row } from './measure.ts';

const MEGABYTE = 1_000_000;
const MOST_CONSTRAINTS = 13_000;

export async function sizesRows(): Promise<Row[]> {
  const { wasm, zkey, manifest } = await loadArtifacts();
  const file = (name: string, bytes: Uint8Array): Row => ({
    group: 'sizes', name, value: bytes.length / MEGABYTE, unit: 'MB', note: `${(gzipSync(bytes).length / MEGABYTE).toFixed(1)} MB gzipped`,
  });
  return [
    { group: 'sizes', name: 'constraints of the circuit', value: manifest.constraints, unit: '', target: { atMost: MOST_CONSTRAINTS } },
    { group: 'sizes', name: 'public signals', value: manifest.publicSignals.length, unit: '' },
    file('proving key (pass.zkey)', zkey),
    file('witness module (pass.wasm)', wasm),
  ];
}
