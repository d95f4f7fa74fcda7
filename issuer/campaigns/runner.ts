// Does the work of campaigns, a page at a time, one after the other: any number of processes may, since rows are leased. Ends between two pages.
import { randomUUID } from 'node:crypto';
import { isHealthpassError, type ErrorCode } from '#passport';
import { recordAudit } from '#server';
import { actorOf, type Campaign } from './campaign.ts';
import { checkPage, finishCheck } from './check.ts';
import { issuePage, type IssuePageDeps } from './issue-page.ts';
import { createLeases } from './leases.ts';
import { changePage, checkIds, type StatusDeps } from './status.ts';
import { LeaseLost } from './store.ts';

export type RunnerDeps = IssuePageDeps & StatusDeps & {
  /** Whether no other process works on this database: then what was leased when this one starts belongs to nobody. */
  readonly alone: boolean;
  /** Milliseconds that a worker holds rows without a sign of life. */
  readonly leaseLength?: number | undefined;
  /** Told the code or the name of an error. */
  readonly report?: (name: string) => void;
};

export type Runner = {
  /** Says that there may be work. */
  readonly wake: () => void;
  /** Finishes the page under way and ends. */
  readonly stop: () => Promise<void>;
};

/** Milliseconds between looks for work that others left. */
const LOOK_EVERY = 2_000;
/** Seconds until what may mend itself is tried again. */
const RETRY_AFTER = 5;
/** Seconds after which an upload without a new page is given up. */
const UPLOAD_PATIENCE = 300;
/** What somebody has to mend first: the campaign pauses until it is resumed. */
const STOPS: readonly ErrorCode[] = ['issuer-not-accredited', 'list-full', 'key-unknown', 'sealed-invalid', 'campaign-conflict', 'status-conflict', 'credential-unknown'];

export function startRunner(deps: RunnerDeps): Runner {
  const { store, now } = deps;
  const leases = createLeases(store, randomUUID(), deps.leaseLength);
  const ending = new AbortController();
  /** Woken while at work: then there may be more, whatever was seen. */
  let woken = false;
  let rouse = () => {};
  const wake = () => {
    woken = true;
    rouse();
  };

  async function sweep(): Promise<void> {
    const before = deps.alone && !swept ? now() + 1 : now() - UPLOAD_PATIENCE;
    for (const id of await store.abandoned(before)) {
      await store.transaction(async (tx) => {
        await store.remove(tx, id);
        await deps.secrets.destroy(tx, id);
      });
    }
    if (deps.alone && !swept) await store.releaseAll();
    swept = true;
  }
  let swept = false;

  const loop = (async () => {
    while (!ending.signal.aborted) {
      woken = false;
      // PGlite answers within the turn of the event loop: without a pause nobody else would be heard until all is done, signals included.
      await new Promise((resolve) => { setImmediate(resolve); });
      const worked = await turn().catch((error: unknown) => (deps.report?.(nameOf(error)), false));
      if (!worked && !woken && !ending.signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOOK_EVERY);
          rouse = () => (clearTimeout(timer), resolve());
        });
        rouse = () => {};
      }
    }
  })();

  /** One page of one campaign. Answers whether there may be more. */
  async function turn(): Promise<boolean> {
    if (!swept) await sweep();
    const campaign = await store.next(['checking', 'running'], now());
    if (!campaign) return sweep().then(() => false);
    try {
      const did = campaign.state === 'checking' ? await check(campaign) : await run(campaign);
      // Others hold the last rows: the campaign is not ours to go on with for a moment.
      if (!did) await store.touch(campaign, now(), now() + 1);
      return true;
    } catch (error) {
      if (!(error instanceof LeaseLost)) await stumble(campaign, error);
      return true;
    }
  }

  const isIssue = ({ kind }: Campaign): boolean => kind === 'issue';
  const check = async (campaign: Campaign) => await (isIssue(campaign) ? checkPage : checkIds)(deps, campaign, leases) || finishCheck(deps, campaign);
  const run = async (campaign: Campaign) => await (isIssue(campaign) ? issuePage : changePage)(deps, campaign, leases) || finish(campaign);

  /** Ends a campaign whose rows are all done. */
  const finish = (campaign: Campaign): Promise<boolean> => store.transaction(async (tx) => {
    if (!(await store.finish(tx, campaign.id, now()))) return false;
    await recordAudit(tx, actorOf(campaign), { action: 'campaign.finish', target: campaign.id }, now());
    return true;
  });

  async function stumble(campaign: Campaign, error: unknown): Promise<void> {
    const code = isHealthpassError(error) ? error.code : 'internal';
    if (!isHealthpassError(error)) deps.report?.(nameOf(error));
    if (!STOPS.includes(code as ErrorCode)) return store.retryLater(campaign.id, code, now() + RETRY_AFTER);
    await store.transaction(async (tx) => {
      if (await store.pause(tx, campaign.id, code, now())) await recordAudit(tx, actorOf(campaign), { action: 'campaign.stop', target: campaign.id, detail: { reason: code } }, now());
    });
  }

  return {
    wake,
    async stop() {
      ending.abort();
      wake();
      await loop;
    },
  };
}

const nameOf = (error: unknown): string => (isHealthpassError(error) ? error.code : error instanceof Error ? error.name : typeof error);
