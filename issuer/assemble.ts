// An issuer's service from its parts, wherever it runs: in a network on one machine, or by itself against any chain. What a part of the
// service needs is wired here, once.
import type { Hono } from 'hono';
import type { IssuerRecord, UnixSeconds } from '#passport';
import type { ChainIndex, Deployment } from '#contracts';
import { chainChecks, createDataKeys, databaseChecks, every, knownTrust, nameOfError, type Access, type Closers, type Database, type RouterOptions } from '#server';
import { createIssuer } from './app.ts';
import { createCertificates, type Authority } from './certificates/index.ts';
import type { ChainWriter } from './chain-writer.ts';
import { issuerChecks } from './checks.ts';
import type { IssuerIdentity } from './identity.ts';
import { openPatientBook } from './patients/index.ts';
import { createIssuerService, type IssuerService } from './service.ts';
import { createIssuerStore, ISSUER_MIGRATIONS } from './store.ts';

/** Milliseconds. Anchors go out at a fixed pace: one tells that something was issued within the hour, and no more. */
const ANCHOR_EVERY = 3600_000;

export type IssuerParts = {
  readonly identity: IssuerIdentity;
  /** What governance has accredited. */
  readonly record: IssuerRecord;
  readonly deployment: Deployment;
  readonly database: Database;
  readonly writer: ChainWriter;
  readonly index: ChainIndex;
  /** Seconds after which the chain was read too long ago, or stands still. */
  readonly chainAges: { readonly maxReadAge: number; readonly maxBlockAge: number };
  /** Where the service is reached, without a slash at its end. */
  readonly url: string;
  /** Certifies keys under the issuer's URL; without it the issuer goes by its DID alone. */
  readonly certify?: Authority['certify'];
  readonly access: Access;
  readonly around?: RouterOptions['around'];
  readonly onStep?: (says: string) => void;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string) => void;
};

export type AssembledIssuer = { readonly service: IssuerService; readonly app: Hono };

/** Ends a rotation that was left half done, starts the jobs of the service and gives its routes. What runs is added to `closers`. */
export async function assembleIssuer(parts: IssuerParts, closers: Closers): Promise<AssembledIssuer> {
  const { identity: { did, agent, claimsKeys, keyStore, sealingKeys }, certify, record, deployment, database, writer: { chain, outbox }, index, url, access, around, onStep, onTrouble, chainAges } = parts;
  const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;
  const known = () => knownTrust(index);
  const sync = async () => (await index.sync(), index.snapshot());
  await createDataKeys(sealingKeys).renew(database);
  const patients = await openPatientBook({ database, provider: sealingKeys, now });
  const service = createIssuerService({
    did, deployment, lists: record.lists, listUrl: (list) => `${url}/status-lists/${list}`, database, store: createIssuerStore(database), patients, chain, outbox,
    trust: async () => known() ?? sync(), agent, claimsKeys, now,
    ...(certify && { certificates: createCertificates({ store: keyStore, certify, url, did, name: record.name }) }), ...(onStep ? { onStep } : {}),
  });
  await service.finishRotation();
  closers.add(every(ANCHOR_EVERY, () => service.anchor(), (error) => onTrouble(`what was issued cannot be anchored (${nameOfError(error)})`)));
  const checks = { ...databaseChecks(database, ISSUER_MIGRATIONS), ...issuerChecks({ did, claimsKeys, trust: known }), ...chainChecks({ trust: known, now, ...chainAges }) };
  const app = createIssuer(service, { access, checks, around, report: (name) => onTrouble(`the issuer failed at a request (${name})`) });
  return { service, app };
}
