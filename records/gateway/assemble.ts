// A gateway from its parts, wherever it runs. What a part of the service needs is wired here, once.
import type { Provider } from 'ethers';
import type { Sender } from '#contracts';
import type { CareReader } from '#contracts/care/index.ts';
import type { UnixSeconds } from '#passport';
import { databaseChecks, openBlindIndex, openLimiter, openSealer, type Database, type KeyProvider, type LimitKeeping } from '#server';
import { createHistory } from './audit/history.ts';
import { createRecords, type Records, type RecordsAppOptions } from './app.ts';
import type { PublicConfig } from '#records/client/config.ts';
import type { CoreDeps, GatewaySigner } from './deps.ts';
import { RECORDS_MIGRATIONS } from './parts.ts';
import { createPatientKeys } from './patient-keys.ts';
import { createBudget, RELAY_LIMITS, type RelayLimits } from './relay/budget.ts';
import { createRelay } from './relay/relay.ts';
import { createRoleBook, type RoleBook } from './roles.ts';

export type RecordsParts = {
  readonly database: Database;
  /** Keys that the sealed columns stand under. */
  readonly keys: KeyProvider;
  readonly signer: GatewaySigner;
  readonly provider: Provider;
  /** Of the account of the same key. */
  readonly sender: Sender;
  /** Follows the contracts of care. */
  readonly careIndex: CareReader;
  /** Seconds after which what was read of the chain is too old to decide by. */
  readonly maxReadAge: number;
  /** Without what the signer says itself. */
  readonly config: Omit<PublicConfig, 'gateway' | 'did' | 'quorum' | 'bodies'>;
  /** Where it is counted how often somebody asks; in memory where nothing is said. */
  readonly limits?: LimitKeeping;
  readonly relayLimits?: RelayLimits | undefined;
  readonly now?: (() => UnixSeconds) | undefined;
  readonly onTrouble: CoreDeps['onTrouble'];
} & Pick<CoreDeps, 'metrics' | 'stopping'> & Pick<RecordsAppOptions, 'sites' | 'around' | 'publicUrl' | 'hosts' | 'trustedProxies'>;

const systemTime = () => Math.floor(Date.now() / 1000) as UnixSeconds;

export async function assembleRecords(parts: RecordsParts): Promise<Records> {
  const { database, keys, signer, provider, sender, careIndex, maxReadAge, limits = 'memory', relayLimits = RELAY_LIMITS, now = systemTime, metrics, stopping, onTrouble, config, ...options } = parts;
  const [sealer, blind] = [await openSealer(database, keys), await openBlindIndex(database, keys, 'account')];
  const budget = createBudget({ blind, now, limits: relayLimits });
  const roles = createRoleBook({ chain: careIndex, maxReadAge });
  const history = createHistory({ careIndex, signer });
  const checks = { running: () => stopping?.aborted !== true, ...databaseChecks(database, RECORDS_MIGRATIONS), chain: () => isFresh(roles, now()), role: () => roles.standing(signer.address, now()).roles.includes('gateway'), history: () => history.isWhole(database) };
  metrics?.checks(checks);
  metrics?.gauge('healthpass_chain_read_age_seconds', 'Seconds since the chain was read', () => age(roles.readAt(), now()));
  return createRecords({
    database, sealer, blind, patientKeys: createPatientKeys(keys), roles, careIndex, signer, provider, now, metrics, stopping, onTrouble,
    budget, relay: createRelay({ database, budget, provider, sender }), config: { ...config, gateway: signer.address, did: signer.did },
  }, { ...options, limiter: openLimiter(limits, database), checks, report: (name, at) => onTrouble(`the records gateway failed at a request (${name})`, at) });
}

const age = (time: number | undefined, now: number) => (time === undefined ? undefined : now - time);

function isFresh(roles: RoleBook, now: UnixSeconds): boolean {
  try {
    roles.assertFresh(now);
    return true;
  } catch {
    return false; // service-unavailable is all that it throws
  }
}
