// An issuer's service from its parts, wherever it runs: in a network on one machine, or by itself against any chain. What a part of the
// service needs is wired here, once.
import type { Provider } from 'ethers';
import type { Hono } from 'hono';
import type { IssuerRecord, UnixSeconds } from '#passport';
import type { ChainIndex, Deployment } from '#contracts';
import {
  chainChecks,
  chainGauges,
  createAccess,
  createDataKeys,
  createDidResolution,
  databaseChecks,
  didRoutes,
  every,
  knownTrust,
  nameOfError,
  openLimiter,
  openSealer,
  traced,
  type Closers,
  type Database,
  type GuardOptions,
  type LimitKeeping,
  type Role,
  type Route,
  type RouterOptions,
  type ServiceMetrics,
  type StaffAccess,
} from '#server';
import { createIssuer } from './app.ts';
import { createGasGauge } from './figures/now.ts';
import { figureRoutes } from './figures/routes.ts';
import { createCertificates, type Authority } from './certificates/index.ts';
import { campaignRoutes, forgetCampaignRows, openCampaigns } from './campaigns/index.ts';
import type { ChainWriter } from './chain-writer.ts';
import { issuerChecks } from './checks.ts';
import type { IssuerIdentity } from './identity.ts';
import { createOpenid4vci, eventsOfPatients, type Openid4vciOptions } from './openid4vci/index.ts';
import { openPatientBook } from './patients/index.ts';
import { createIssuerService, type IssuerService } from './service.ts';
import { createIssuerStore, ISSUER_MIGRATIONS, type IssuerStore } from './store.ts';
import { rotationRoutes } from './rotation/routes.ts';
import { statusListRoutes } from './status-lists/routes.ts';
import { createVcApi, openVcApiKeys, vcApiRoutes } from './vc-api/index.ts';

/** Milliseconds. Anchors go out at a fixed pace: one tells that something was issued within the hour, and no more. */
const ANCHOR_EVERY = 3600_000;
const SWEEP_EVERY = 60_000;

export type IssuerParts = {
  readonly identity: IssuerIdentity;
  /** What governance has accredited. */
  readonly record: IssuerRecord;
  readonly deployment: Deployment;
  /** Reads DID documents for others; without it did:ethr is not resolved. */
  readonly provider?: Provider | undefined;
  readonly database: Database;
  readonly writer: ChainWriter;
  readonly index: ChainIndex;
  /** Seconds after which the chain was read too long ago, or stands still. */
  readonly chainAges: { readonly maxReadAge: number; readonly maxBlockAge: number };
  /** Where the service is reached, without a slash at its end. */
  readonly url: string;
  /** Certifies keys under the issuer's URL; without it the issuer goes by its DID alone. */
  readonly authority?: Authority | undefined;
  /** Whose attestations of wallets are believed, and whether wallets have to use DPoP. */
  readonly wallets?: Pick<Openid4vciOptions, 'attesters' | 'requireDpop'>;
  /** SHA-256 of the operator's token. */
  readonly operator: Buffer;
  /** Where it is counted how often somebody asks; in memory where nothing is said. */
  readonly limits?: LimitKeeping;
  /** Whether VC-API is for anybody to call: the development profile. */
  readonly openVcApi?: boolean;
  /** Apps that it serves. */
  readonly sites?: RouterOptions['sites'];
  /** URL of the console of records that staff are shown the way to. */
  readonly records?: (() => string | undefined) | undefined;
  /** Roles of the first admin. */
  readonly firstRoles?: readonly Role[] | undefined;
  /** Routes of others, served beside the issuer's own. */
  readonly beside?: readonly Route[];
  readonly around?: RouterOptions['around'];
  readonly metrics?: ServiceMetrics | undefined;
  /** Own names and proxies. */
  readonly guard?: GuardOptions;
  /** Aborted when the service is told to end: it is not ready any more. */
  readonly stopping?: AbortSignal | undefined;
  readonly onStep?: (says: string) => void;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string, at?: readonly string[]) => void;
};

export type AssembledIssuer = { readonly service: IssuerService; readonly app: Hono; readonly access: StaffAccess };

/** Ends a rotation that was left half done, starts the jobs of the service and gives its routes. What runs is added to `closers`. */
export async function assembleIssuer(parts: IssuerParts, closers: Closers): Promise<AssembledIssuer> {
  const { identity, authority, wallets, record, deployment, database, writer: { chain, outbox }, index, url } = parts;
  const { did, agent, claimsKeys, keyStore, sealingKeys } = identity;
  const { operator, limits = 'memory', openVcApi = false, sites, around, metrics, guard, stopping, onStep, onTrouble, chainAges } = parts;
  const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;
  const known = () => knownTrust(index);
  const chainKnown = { did, trust: known };
  const sync = async () => (await index.sync(), index.snapshot());
  const trust = async () => known() ?? sync();
  const store = counted(createIssuerStore(database), metrics);
  const listUrl = (list: number) => `${url}/status-lists/${list}`;
  await createDataKeys(sealingKeys).renew(database);
  const patients = await openPatientBook({ database, provider: sealingKeys, now, onErase: [forgetCampaignRows, (tx, issuances) => openid4vci.offers.forget(tx, issuances)], chain: chainKnown });
  const serving = createIssuerService({
    did, deployment, lists: record.lists, listUrl, database, store, patients, chain, outbox, trust, agent, claimsKeys, now,
    ...(authority && { certificates: createCertificates({ store: keyStore, authority, url, did, name: record.name, now }) }), ...(onStep ? { onStep } : {}),
  });
  const service: IssuerService = { ...serving, issue: (...request) => traced('issue', () => serving.issue(...request)) };
  closers.add(service.guide.stop);
  await service.finishRotation();
  closers.add(every(ANCHOR_EVERY, () => service.anchor(), (error) => onTrouble(`what was issued cannot be anchored (${nameOfError(error)})`)));
  const checks = { running: () => stopping?.aborted !== true, ...databaseChecks(database, ISSUER_MIGRATIONS), ...issuerChecks({ did, claimsKeys, trust: known, store }), ...chainChecks({ trust: known, now, ...chainAges }) };
  metrics?.checks(checks);
  chainGauges(metrics, known, now);
  metrics?.gauge('healthpass_chain_writes_waiting', 'Writes to the chain that are not mined', async () => (await outbox.lag()).pending);
  metrics?.gauge('healthpass_chain_writes_oldest_seconds', 'Since when the oldest of them waits', async () => (await outbox.lag()).oldestSeconds);
  metrics?.gauge('healthpass_chain_balance_ether', 'What the account can pay with', async () => inEther((await outbox.lag()).gasBalance));
  const openid4vci = createOpenid4vci({ ...wallets, url, name: record.name, service, database, sealer: await openSealer(database, sealingKeys), events: eventsOfPatients(patients), people: patients.people, now });
  closers.add(every(SWEEP_EVERY, openid4vci.sweep, (error) => onTrouble(`what has run out cannot be forgotten (${nameOfError(error)})`)));
  const keys = await openVcApiKeys(keyStore);
  const vcApi = createVcApi({ did, database, store, trust, listUrl, blinding: keys.blinding, now, keys, signingKeys: agent.signingKeys, changeStatus: service.changeStatus });
  const campaigns = await openCampaigns({ database, provider: sealingKeys, issuer: service, patients, offers: openid4vci.offers, now, report: (name) => onTrouble(`a campaign failed at a page (${name})`) });
  closers.add(campaigns.stop);
  const figures = {
    on: database, chain: chainKnown, account: identity.account.address, claimsKeys, outbox, provider: parts.provider, gas: createGasGauge(outbox, parts.provider), now,
    signing: async () => Object.values(await service.signingKeys()).map(({ kid }) => kid),
  };
  const protocols = [
    ...figureRoutes(figures),
    ...rotationRoutes({ guide: service.guide, gas: figures.gas, countMessages: store.countMessages, lists: record.lists.length }),
    ...didRoutes(createDidResolution(parts.provider && { deployment, provider: parts.provider })),
    ...statusListRoutes({ keys, trust, did, url }),
    ...vcApiRoutes(vcApi, { open: openVcApi }),
    ...campaignRoutes(campaigns, now),
    ...openid4vci.routes,
    ...(parts.beside ?? []),
  ];
  const access = await createAccess({ database, sealer: await openSealer(database, sealingKeys), publicUrl: url, organisation: { id: 'main', name: record.name }, operator, firstRoles: parts.firstRoles, records: parts.records, home: sites?.[0] && `${sites[0].base}/`, now });
  const app = createIssuer(service, { publicUrl: url, limiter: openLimiter(limits, database), ...guard, access, checks, sites, around, protocols, report: (name, at) => onTrouble(`the issuer failed at a request (${name})`, at) });
  return { service, app, access };
}

/** Counts entries when they are written down, whoever asked for them. */
const counted = (store: IssuerStore, metrics: ServiceMetrics | undefined): IssuerStore => (metrics === undefined ? store : {
  ...store,
  async remember(records, within) {
    const isWritten = await store.remember(records, within);
    if (isWritten) metrics.issued(records.length);
    return isWritten;
  },
});

const inEther = (wei: bigint | undefined): number | undefined => (wei === undefined ? undefined : Number(wei / 10n ** 9n) / 1e9);
