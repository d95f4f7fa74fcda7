// A system on a chain of its own with one accredited issuer, one revocation, and a real pass over both.
import { loadArtifacts, provePass, type ProvenPass } from '#circuits';
import { consumePass, deviceKeyOfAccount, type PassTerms } from '#contracts';
import { createRegistryTree, encodeClaims, registryLeaf, statusRoot, toUnixSeconds } from '#passport';
import { DAY, ISSUER, VACCINATION, WINDOW_START, witnessOf } from '../circuits/fixture.ts';
import { account, startSystem, type System } from './system.ts';

export const clinic = account(1);
export const traveller = account(2);

export type PassScene = { readonly system: System; readonly proven: ProvenPass; readonly terms: PassTerms };

const SCOPE = 5n;
const WORDS = new Map([[1234, 1n << 7n]]);

export async function startPassScene(): Promise<PassScene> {
  const system = await startSystem({ timestamp: toUnixSeconds(WINDOW_START) + DAY });
  await system.accredit(clinic, { key: ISSUER.publicKey });
  await system.change(clinic, 'revoke', 1, [1234 * 248 + 7]);
  const registry = createRegistryTree([[0, registryLeaf(ISSUER.publicKey, 1, statusRoot(WORDS))]]);
  const witness = {
    ...witnessOf({ vector: encodeClaims({ ...VACCINATION, list: 1 }), words: WORDS, scope: SCOPE, deviceKey: deviceKeyOfAccount(traveller.address) }),
    slot: 0, registrySiblings: registry.siblings(0), registryRoot: registry.root(),
  };
  const proven = await provePass(witness, await loadArtifacts());
  const terms = {
    account: traveller.address, policyRoot: witness.policyRoot, windowLength: 3 * DAY, windowGrid: DAY, maxRootAge: 3600, scope: SCOPE, identityTag: 0n,
  };
  return { system, proven, terms };
}

/** Gas of one entry. Proofs are random, so their bytes cost some hundred gas more or less. */
export async function consumeGas(): Promise<number> {
  const { system, proven, terms } = await startPassScene();
  try {
    return Number((await system.send(traveller, consumePass(system.deployment, proven, terms))).gasUsed);
  } finally {
    await system.stop();
  }
}
