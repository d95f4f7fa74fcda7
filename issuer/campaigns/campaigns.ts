// Campaigns as their routes and the command line use them: taken in, looked at, started, paused, resumed, cancelled, reported, erased.
import { HealthpassError } from '#passport';
import { createDataKeys, openBlindIndex, recordAudit, type Database, type KeyProvider, type Principal, type Queryable } from '#server';
import type { Campaign, Settings, State } from './campaign.ts';
import { csv, issuedRows, ndjson, reportRows, takePins } from './report.ts';
import { startRunner, type Runner, type RunnerDeps } from './runner.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { createStatusCampaign, type StatusKind } from './status.ts';
import { createCampaignStore } from './store.ts';
import { receiveUpload, type UploadRequest } from './upload.ts';

export type CampaignsDeps = Omit<RunnerDeps, 'store' | 'secrets' | 'alone'> & { readonly database: Database; readonly provider: KeyProvider };

export const ACTIONS = ['start', 'pause', 'resume', 'cancel', 'erase'] as const;
export type CampaignAction = (typeof ACTIONS)[number];

const MOVES: Readonly<Record<Exclude<CampaignAction, 'erase'>, { readonly from: readonly State[]; readonly to: State }>> = {
  start: { from: ['draft'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['checking', 'draft', 'running', 'paused'], to: 'cancelled' },
};
export const REPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export type StatusRequest = { readonly principal: Principal; readonly action: StatusKind; readonly settings: Settings; readonly of: { readonly campaign: string } | { readonly lot: string } };

export type Campaigns = {
  readonly receive: (request: UploadRequest) => Promise<{ readonly campaign: Campaign; readonly created: boolean }>;
  /** A change of status for everything that a campaign issued, or of a lot. @throws HealthpassError `campaign-unknown`, `credential-unknown` */
  readonly changeStatus: (request: StatusRequest) => Promise<Campaign>;
  /** @throws HealthpassError `campaign-unknown` */
  readonly find: (id: string, reader: Principal) => Promise<Campaign>;
  readonly list: (reader: Principal) => Promise<Campaign[]>;
  /** @throws HealthpassError `campaign-unknown`, `campaign-conflict` */
  readonly act: (action: CampaignAction, id: string, principal: Principal) => Promise<Campaign>;
  readonly report: (id: string, principal: Principal, format: ReportFormat) => Promise<AsyncGenerator<string>>;
  readonly issued: (id: string, principal: Principal) => Promise<AsyncGenerator<string>>;
  readonly pins: (id: string, principal: Principal, format: ReportFormat) => Promise<AsyncGenerator<string>>;
  readonly stop: () => Promise<void>;
};

/** Opens what campaigns need and goes on with those that a stop or a crash interrupted. @throws HealthpassError `sealed-invalid`, `service-unavailable` */
export async function openCampaigns(deps: CampaignsDeps): Promise<Campaigns> {
  const { database, provider, now } = deps;
  const store = createCampaignStore(database);
  const secrets: Secrets = createSecrets({ database, keys: createDataKeys(provider), index: await openBlindIndex(database, provider, 'campaign') });
  const runner: Runner = startRunner({ ...deps, store, secrets, alone: database.kind === 'pglite' });

  const find = async (id: string, reader: Principal, on: Queryable = database): Promise<Campaign> => {
    const campaign = await store.find(id, reader, on);
    if (!campaign || campaign.state === 'uploading') throw new HealthpassError('campaign-unknown', 'there is no such campaign', { field: 'id' });
    return campaign;
  };
  const audited = (action: string, id: string, principal: Principal) => database.transaction((tx) => recordAudit(tx, principal, { action: `campaign.${action}`, target: id }, now()));

  async function erase(tx: Queryable, id: string): Promise<void> {
    await store.eraseRows(tx, id, now());
    await secrets.destroy(tx, id);
  }

  return {
    async receive(request) {
      const received = await receiveUpload({ store, secrets, now }, request);
      runner.wake();
      return received;
    },
    async changeStatus({ principal, action, settings, of }) {
      const filter = 'lot' in of ? { ids: await deps.patients.ofLot(principal, of.lot) } : { campaign: (await find(of.campaign, principal)).id };
      const campaign = await createStatusCampaign({ store, now }, { principal, kind: action, settings, format: 'lot' in of ? 'lot' : 'campaign', filter });
      runner.wake();
      return campaign;
    },
    find,
    list: (reader) => store.list(reader, 200),
    async act(action, id, principal) {
      const moved = await store.transaction(async (tx) => {
        const campaign = await find(id, principal, tx);
        if (campaign.kind !== 'issue' && !principal.permissions.has('credentials:status')) throw new HealthpassError('forbidden', 'who acts here may not change the status of credentials', { field: 'authorization' });
        const next = action === 'erase' ? campaign : await store.move(tx, id, MOVES[action].from, MOVES[action].to, now());
        if (!next || (action === 'erase' && !['done', 'cancelled'].includes(campaign.state))) throw new HealthpassError('campaign-conflict', `a campaign in this state cannot be told to ${action}`, { field: 'state' });
        if (action === 'cancel') await store.dropOpenRows(tx, id);
        if (action === 'erase') await erase(tx, id);
        await recordAudit(tx, principal, { action: `campaign.${action}`, target: id }, now());
        return find(id, principal, tx);
      });
      runner.wake();
      return moved;
    },
    async report(id, principal, format) {
      const campaign = await find(id, principal);
      await audited('report', id, principal);
      const rows = reportRows(database, id, campaign.erasedAt === null ? await secrets.sealerOf(id) : undefined);
      return format === 'csv' ? csv(rows, ['row', 'id', 'outcome', 'code', 'field', 'credentials', 'offer', 'link']) : ndjson(rows);
    },
    async issued(id, principal) {
      await find(id, principal);
      const sealer = await secrets.sealerOf(id);
      await audited('credentials', id, principal);
      return ndjson(issuedRows(database, id, sealer));
    },
    async pins(id, principal, format) {
      await find(id, principal);
      const sealer = await secrets.sealerOf(id);
      await audited('pins', id, principal);
      const rows = takePins(database, id, sealer);
      return format === 'csv' ? csv(rows, ['row', 'id', 'offer', 'pin']) : ndjson(rows);
    },
    stop: runner.stop,
  };
}
