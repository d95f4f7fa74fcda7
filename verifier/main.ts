// The verifier as a service of its own, against any chain. Configuration: HEALTHPASS_RPC, HEALTHPASS_ISSUERS, HEALTHPASS_DEPLOYMENT, HEALTHPASS_VERIFIER_PORT,
// HEALTHPASS_VERIFIER_DATA, HEALTHPASS_MODE, HEALTHPASS_ALLOW_DEVELOPMENT_KEYS.
import { isHealthpassError } from '#passport';
import { loadArtifacts } from '#circuits';
import { createChainIndex } from '#contracts';
import {
  assertArtifactsFor, createClosers, databaseFrom, deploymentFrom, endOnSignals, endpointsFrom, every, listen, nameOfError, NO_ACCESS, openDatabase, urlsFrom, wholeNumber, type Environment,
} from '#server';
import { assembleVerifier, VERIFIER_MIGRATIONS } from './index.ts';

const SYNC_EVERY = 4000;
/** Seconds after which the chain was read too long ago, or stands still. */
const CHAIN_AGES = { maxReadAge: 60, maxBlockAge: 900 };

async function main(environment: Environment): Promise<void> {
  const artifacts = await loadArtifacts();
  assertArtifactsFor(environment, artifacts.manifest);
  const port = wholeNumber(environment, 'HEALTHPASS_VERIFIER_PORT', 4200);
  const issuers = urlsFrom(environment, 'HEALTHPASS_ISSUERS');
  const index = createChainIndex({ endpoints: endpointsFrom(environment), deployment: await deploymentFrom(environment) });
  const onTrouble = (says: string) => console.error(says);
  const closers = createClosers();
  endOnSignals(process, { stop: closers.stop, onTrouble });
  const database = await openDatabase(databaseFrom(environment, 'verifier', environment['HEALTHPASS_VERIFIER_DATA'] ?? '.data/verifier-service'), VERIFIER_MIGRATIONS);
  closers.add(() => database.close());
  closers.add(every(SYNC_EVERY, () => index.sync(), (error) => onTrouble(`the chain cannot be read (${nameOfError(error)})`)));
  const app = await assembleVerifier({ database, index, chainAges: CHAIN_AGES, verificationKey: artifacts.verificationKey, issuers, access: NO_ACCESS, onTrouble });
  await index.sync().catch(() => {}); // told by the next reading
  const service = await listen(app, port);
  closers.add(service.stop);
  console.log(`The verifier listens on ${service.url}.`);
}

try {
  await main(process.env);
} catch (error) {
  console.error(isHealthpassError(error) ? `The verifier cannot start: ${error.message} (${error.code})` : error);
  process.exit(1);
}
