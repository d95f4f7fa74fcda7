// Fetching trust data: whole, from every source that is configured, recomputed, and held against each other and against what was known. A
// source can withhold, which the age shows; it cannot forge, take back what was final, or tell one thing here and another there.
import { differencesOf, HealthpassError, isHealthpassError, parseJson, parseTrustBundle, type TrustBundle } from '#passport';
import type { WalletPlatform } from './platform.ts';

const BUNDLE_MAX_BYTES = 50_000_000;
/** Seconds that a source may be ahead of this device. */
const CLOCK_SLACK = 300;
/** Names of issuers may change, and old anchors may be left out. */
const TELLING = ['chainId', 'contracts', 'roots', 'issuers', 'finalized'];

/**
 * The newest of all sources.
 * @throws HealthpassError `service-unavailable` (none answers), `bundle-invalid`, `chain-inconsistent` (they contradict each other or what was known),
 * `no-trust-data` with field `clock` when this device's clock is behind
 */
export async function fetchTrust(platform: Pick<WalletPlatform, 'fetch' | 'config' | 'now' | 'verifyingKey'>, known: TrustBundle | undefined): Promise<TrustBundle> {
  const { mirrors: sources } = await platform.config();
  const answers = await Promise.allSettled(sources.map((source) => fetchOne(platform, source)));
  const bundles = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const newest = bundles.toSorted(byAge)[0];
  if (!newest) throw (answers.find(isRefusal) ?? answers[0] as PromiseRejectedResult).reason; // all were rejected, and there is one source at least
  for (const other of known ? [...bundles, known] : bundles) if (contradicts(other, newest)) throw new HealthpassError('chain-inconsistent', 'the sources of trust data contradict each other', { field: 'trust' });
  if (newest.trust.finalized.time > platform.now() + CLOCK_SLACK) throw new HealthpassError('no-trust-data', 'the clock of this device is behind the trust data', { field: 'clock' });
  return known && byAge(known, newest) < 0 ? known : newest;
}

async function fetchOne({ fetch, verifyingKey }: Pick<WalletPlatform, 'fetch' | 'verifyingKey'>, source: string): Promise<TrustBundle> {
  const answer = await fetch(`${source.replace(/\/$/, '')}/trust-bundle`, { method: 'GET', headers: { accept: 'application/json' }, redirect: 'error' });
  if (answer.status !== 200) throw new HealthpassError('service-unavailable', 'a source of trust data does not answer as it should', { field: 'trust' });
  const bundle = parseTrustBundle(parseJson(await answer.text(), { maxBytes: BUNDLE_MAX_BYTES }));
  if (JSON.stringify(bundle.verifyingKey) !== JSON.stringify(await verifyingKey())) throw new HealthpassError('bundle-invalid', 'the trust data are for another verifying key than this wallet proves with', { field: 'verifyingKey' });
  return bundle;
}

/** What lies says more than what is silent. */
const isRefusal = (answer: PromiseSettledResult<unknown>): answer is PromiseRejectedResult =>
  answer.status === 'rejected' && isHealthpassError(answer.reason) && answer.reason.code !== 'service-unavailable';

/** Newest first. */
const byAge = (a: TrustBundle, b: TrustBundle): number => b.trust.finalized.number - a.trust.finalized.number || b.trust.syncedAt - a.trust.syncedAt;

function contradicts(one: TrustBundle, other: TrustBundle): boolean {
  const [newer, older] = [one, other].toSorted(byAge) as [TrustBundle, TrustBundle]; // there are two
  return differencesOf(older.trust, newer.trust).some((name) => TELLING.includes(name));
}
