// Compiled contracts as they are committed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getBytes, hexlify, type InterfaceAbi } from 'ethers';
import type { CareContract } from '#records/model/typed-data.ts';
import type { ContractName } from './deployment.ts';

export type Artifact = {
  readonly contract: string;
  readonly source: string;
  readonly compiler: string;
  /** Where in the bytecode the addresses of libraries go, by library. */
  readonly links: Readonly<Record<string, readonly number[]>>;
  readonly bytecode: string;
  readonly abi: InterfaceAbi;
};

export const readArtifact = (name: ContractName | CareContract): Artifact =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'artifacts', `${name}.json`), 'utf8')) as Artifact; // our own file, checked by check.ts

/** Creation code with the addresses of its libraries put in. */
export function linkBytecode({ bytecode, links }: Artifact, libraries: Readonly<Record<string, string>>): string {
  const code = getBytes(bytecode);
  for (const [library, places] of Object.entries(links)) {
    const address = libraries[library];
    if (!address) throw new TypeError(`the address of ${library} is missing`);
    for (const place of places) code.set(getBytes(address), place);
  }
  return hexlify(code);
}
