// The verifier as a service of its own, against any chain. Configuration: HEALTHPASS_RPC, HEALTHPASS_ISSUERS, HEALTHPASS_DEPLOYMENT, HEALTHPASS_VERIFIER_PORT,
// HEALTHPASS_VERIFIER_DATA, HEALTHPASS_MODE, HEALTHPASS_ALLOW_DEVELOPMENT_KEYS.
import { isHealthpassError, type UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import { loadArtifacts } from '#circuits';
import { createChainIndex } from '#contracts';
import {
  assertArtifactsFor,
  chainChecks,
  databaseChecks,
  databaseFrom,
  deploymentFrom,
  endpointsFrom,
  listen,
  NO_ACCESS,
  openDatabase,
  urlsFrom,
  wholeNumber,
  type Environment,
} from '#server';
import { anchorsOfIssuers, createAnchorBook, createNullifierBook, createRequestBook, createVerifier, knownTrust, loadEngine, VERIFIER_MIGRATIONS } from './index.ts';

const SYNC_EVERY = 4000;

async function main(environment: Environment): Promise<void> {
  const artifacts = await loadArtifacts();
  assertArtifactsFor(environment, artifacts.manifest);
  const index = createChainIndex({ endpoints: endpointsFrom(environment), deployment: await deploymentFrom(environment) });
  const database = await openDatabase(databaseFrom(environment, 'verifier', environment['HEALTHPASS_VERIFIER_DATA'] ?? '.data/verifier-service'), VERIFIER_MIGRATIONS);
  const app = createVerifier({
    ...(await loadEngine(artifacts.verificationKey)), verifyingKey: artifacts.verificationKey, policies: POLICIES,
    trust: () => knownTrust(index), nullifiers: createNullifierBook(database), requests: createRequestBook(database), now: () => Math.floor(Date.now() / 1000) as UnixSeconds,
    anchors: createAnchorBook(anchorsOfIssuers(urlsFrom(environment, 'HEALTHPASS_ISSUERS'))),
  }, {
    access: NO_ACCESS,
    checks: { ...databaseChecks(database, VERIFIER_MIGRATIONS), ...chainChecks({ trust: () => knownTrust(index), now: () => Date.now() / 1000, maxReadAge: 60, maxBlockAge: 900 }) },
    report: (name) => console.error(`a request failed: ${name}`),
  });
  const service = await listen(app, wholeNumber(environment, 'HEALTHPASS_VERIFIER_PORT', 4200));
  console.log(`The verifier listens on ${service.url}.`);
  const stopping = new AbortController();
  const end = () => stopping.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  await index.follow({ interval: SYNC_EVERY, signal: stopping.signal, onError: (error) => console.error(`the chain cannot be read: ${isHealthpassError(error) ? error.code : 'error'}`) });
  await service.stop();
  await database.close();
}

try {
  await main(process.env);
} catch (error) {
  console.error(isHealthpassError(error) ? `The verifier cannot start: ${error.message} (${error.code})` : error);
  process.exitCode = 1;
}
