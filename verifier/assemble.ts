// A verifier's service from its parts, wherever it runs. What a part of the service needs is wired here, once.
import type { Hono } from 'hono';
import type { UnixSeconds } from '#passport';
import { POLICIES } from '#passport/policies/index.ts';
import type { ChainIndex } from '#contracts';
import {
  chainChecks, chainGauges, createAccess, createDidResolution, databaseChecks, every, knownTrust, NO_ACCESS, openLimiter, openSealer, type Access, type Database, type DidResolutionDeps, type GuardOptions, type KeyProvider, type LimitKeeping, type Role, type RouterOptions, type ServiceMetrics,
} from '#server';
import { createAnchorBook, loadEngine } from '#verifier/checks/index.ts';
import { anchorsOfIssuers } from './anchors.ts';
import { createVerifier } from './app.ts';
import { openIdentity, type IdentityOptions } from './openid4vp/identity.ts';
import { createRequestBook } from './requests.ts';
import { openRuleBook } from './rules/rule-book.ts';
import { createNullifierBook, VERIFIER_MIGRATIONS } from './store.ts';

export type VerifierParts = {
  readonly database: Database;
  readonly index: ChainIndex;
  /** Reads DID documents for others; without it did:ethr is not resolved. */
  readonly dids?: DidResolutionDeps | undefined;
  /** Seconds after which the chain was read too long ago, or stands still. */
  readonly chainAges: { readonly maxReadAge: number; readonly maxBlockAge: number };
  /** As snarkjs writes it. */
  readonly verificationKey: unknown;
  /** URLs of issuers' services, for what keys signed that were retired since. */
  readonly issuers: readonly string[];
  /** Roots that certificates in SD-JWT VCs have to lead to, base64 of DER; without them any chain that holds together is taken. */
  readonly certificateRoots?: readonly string[] | undefined;
  /** What asking by OpenID4VP needs; without it the service does not. */
  readonly presentations?: PresentationParts | undefined;
  /** Who may ask and look after the service; without it, what needs a permission is for nobody. */
  readonly staff?: StaffParts | undefined;
  /** Where it is counted how often somebody asks; in memory where nothing is said. */
  readonly limits?: LimitKeeping;
  /** Whether VC-API is for anybody to call: the development profile. */
  readonly openVcApi?: boolean;
  /** Apps that it serves. */
  readonly sites?: RouterOptions['sites'];
  readonly around?: RouterOptions['around'];
  readonly metrics?: ServiceMetrics | undefined;
  /** Own names and proxies. */
  readonly guard?: GuardOptions;
  /** Aborted when the service is told to end: it is not ready any more. */
  readonly stopping?: AbortSignal | undefined;
  /** Told what goes wrong, in words without values. */
  readonly onTrouble: (says: string, at?: readonly string[]) => void;
};

export type StaffParts = {
  /** Keys that names of people stand under. */
  readonly keys: KeyProvider;
  /** Where the service is reached. */
  readonly url: string;
  /** Of the organisation that runs it. */
  readonly name: string;
  /** SHA-256 of the operator's token. */
  readonly operator: Buffer;
  /** Roles of the first admin. */
  readonly firstRoles?: readonly Role[] | undefined;
  /** Told the link by which the first admin comes in, while there is none. */
  readonly onFirstAdmin?: (link: string) => void;
};

async function assembleAccess(database: Database, now: () => UnixSeconds, staff: StaffParts | undefined, home: string | undefined): Promise<Access> {
  if (!staff) return NO_ACCESS;
  const { keys, url, name, operator, firstRoles, onFirstAdmin } = staff;
  const access = await createAccess({ database, sealer: await openSealer(database, keys), publicUrl: url, organisation: { id: 'main', name }, operator, firstRoles, home, now });
  const invitation = onFirstAdmin && (await access.inviteFirstAdmin());
  if (invitation) onFirstAdmin(invitation.link);
  return access;
}

export type PresentationParts = Pick<IdentityOptions, 'url' | 'name' | 'chainId' | 'certificate' | 'development'> & {
  /** Keys that the sealed columns stand under. */
  readonly keys: KeyProvider;
  /** Told the authority that was made for development, PEM. */
  readonly onAuthority?: ((pem: string) => Promise<void>) | undefined;
};

async function assemblePresentations(database: Database, now: UnixSeconds, { keys, onAuthority, ...parts }: PresentationParts) {
  const sealer = await openSealer(database, keys);
  const identity = await openIdentity({ database, sealer, now, ...parts });
  if (identity.root) await onAuthority?.(identity.root);
  return { database, sealer, identity, url: parts.url, name: parts.name, development: parts.development };
}

/** How soon another process of the service knows of a rule that one has changed, in milliseconds. */
const RULES_EVERY = 5000;

export async function assembleVerifier(parts: VerifierParts): Promise<Hono> {
  const { database, index, chainAges, verificationKey, issuers, certificateRoots, presentations } = parts;
  const { staff, limits = 'memory', openVcApi = false, sites, around, metrics, guard, stopping, onTrouble } = parts;
  const now = () => Math.floor(Date.now() / 1000) as UnixSeconds;
  const trust = () => knownTrust(index);
  const checks = { running: () => stopping?.aborted !== true, ...databaseChecks(database, VERIFIER_MIGRATIONS), ...chainChecks({ trust, now, ...chainAges }) };
  metrics?.checks(checks);
  chainGauges(metrics, trust, now);
  const rules = await openRuleBook({ database, shipped: POLICIES, now });
  if (stopping && limits === 'database') stopping.addEventListener('abort', every(RULES_EVERY, rules.refresh, () => onTrouble('the rules cannot be read')), { once: true });
  return createVerifier({
    ...(await loadEngine(verificationKey)), verifyingKey: verificationKey, policies: rules.policies, keeping: { database, rules }, trust, now,
    nullifiers: createNullifierBook(database), requests: createRequestBook(database), anchors: createAnchorBook(anchorsOfIssuers(issuers)), certificateRoots, onVerdict: metrics?.verdict,
    vcApi: { open: openVcApi, issuers }, dids: createDidResolution(parts.dids),
    presentations: presentations && { ...(await assemblePresentations(database, now(), presentations)), stopping },
  }, {
    publicUrl: staff?.url, limiter: openLimiter(limits, database), ...guard, access: await assembleAccess(database, now, staff, sites?.[0] && `${sites[0].base}/`), sites, around, checks, report: (name, at) => onTrouble(`the verifier failed at a request (${name})`, at),
  });
}
