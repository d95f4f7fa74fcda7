// Where the circuit's sources, build output and artifacts lie.
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = here('..');
export const SOURCES = here('./src');
export const MAIN_SOURCE = here('./src/pass.circom');
export const CONSTANTS_SOURCE = here('./src/generated/constants.circom');
export const BUILD = here('../.build/circuits');
export const ARTIFACTS = here('./artifacts');
export const SOLIDITY_VERIFIER = here('../contracts/src/generated/Groth16Verifier.sol');
