// What relationships, requests, records and notifications share: opened once for the gateway.
import type { CareDeployment } from '#contracts/care/deployment.ts';
import { createAuditLog } from './audit/log.ts';
import type { GatewayDeps } from './deps.ts';
import { createNotices, type Notices } from './notifications/notices.ts';
import { createEntryBook, type EntryBook } from './records/entries.ts';
import { createConsentChain, type ConsentChain } from './relationships/consent-chain.ts';
import { createConsentBook, type ConsentBook } from './relationships/consents.ts';
import { createStandings, type Standings } from './relationships/standing.ts';
import { createRequestBook, type RequestBook } from './requests/requests.ts';

export type Exchange = GatewayDeps & {
  readonly care: CareDeployment;
  readonly chain: ConsentChain;
  readonly consents: ConsentBook;
  readonly entries: EntryBook;
  readonly notices: Notices;
  readonly standings: Standings;
  readonly requests: RequestBook;
  readonly audit: ReturnType<typeof createAuditLog>;
};

const opened = new WeakMap<GatewayDeps, Exchange>();

/** The same for every part of one gateway. */
export function openExchange(deps: GatewayDeps): Exchange {
  const known = opened.get(deps);
  if (known) return known;
  const care: CareDeployment = deps.config;
  const [chain, consents, notices] = [createConsentChain(deps.careIndex), createConsentBook(deps), createNotices(deps)];
  const exchange: Exchange = {
    ...deps, care, chain, consents, notices, entries: createEntryBook(deps), requests: createRequestBook({ ...deps, notices }), standings: createStandings({ ...deps, care, chain, consents, notices }), audit: createAuditLog(deps),
  };
  opened.set(deps, exchange);
  return exchange;
}
