// What happened when, in buckets of an hour or a day (UTC), for plots: counts of an organisation, and nothing of anybody in particular.
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';

export const STEPS = { hour: 3600, day: 86_400 } as const;
export type Step = keyof typeof STEPS;
/** Buckets of one answer. */
export const MOST_BUCKETS = 800;

export type Bucket = {
  /** When it begins, Unix seconds. */
  readonly at: number;
  readonly issued: number;
  readonly revoked: number;
  readonly suspended: number;
  readonly reinstated: number;
  readonly offered: number;
  readonly accepted: number;
  /** Offers that are open at its end. */
  readonly outstanding: number;
};
/** `organisation` null: all. */
export type Span = { readonly organisation: string | null; readonly from: number; readonly to: number; readonly step: Step };

type Count = { readonly bucket: number; readonly count: number };
const ENDS = 'least(expires_at, coalesce(ended_at, expires_at))';

/** The buckets that overlap a span, also those in which nothing happened. @throws HealthpassError `request-invalid` */
export async function seriesOf(on: Queryable, { organisation, from, to, step }: Span): Promise<Bucket[]> {
  const width = STEPS[step];
  const [first, end] = [Math.floor(from / width), Math.ceil(to / width)];
  if (end <= first || end - first > MOST_BUCKETS) throw new HealthpassError('request-invalid', `a series has 1 to ${MOST_BUCKETS} steps`, { field: 'from' });
  const values = [organisation, first * width, end * width, width];
  const own = '($1::text IS NULL OR organisation = $1)';
  const counts = async (sql: string) => new Map((await on.query<Count>(sql, values)).map(({ bucket, count }) => [bucket, count]));
  const offers = (time: string) => counts(`SELECT ${time} / $4::bigint AS bucket, count(*)::int AS count FROM offer WHERE ${own} AND ${time} >= $2 AND ${time} < $3 GROUP BY 1`);
  const issued = await counts(
    `SELECT c.issued_at / $4::bigint AS bucket, count(*)::int AS count FROM credential c JOIN issuance i ON i.id = c.issuance WHERE c.copy = 0 AND c.issued_at >= $2 AND c.issued_at < $3 AND ${own} GROUP BY 1`);
  const changes = await on.query<Count & { action: string }>(
    `SELECT w.done_at / $4::bigint AS bucket, w.action, count(DISTINCT c.issuance)::int AS count FROM chain_write w JOIN status_change s ON s.write = w.id JOIN credential c ON c.id = s.credential JOIN issuance i ON i.id = c.issuance
      WHERE w.kind = 'status' AND w.state = 'done' AND s.moves AND w.done_at >= $2 AND w.done_at < $3 AND ${own} GROUP BY 1, 2`, values);
  const changed = (action: string) => new Map(changes.filter((row) => row.action === action).map(({ bucket, count }) => [bucket, count]));
  const [revoked, suspended, reinstated] = [changed('revoke'), changed('suspend'), changed('reinstate')];
  const [offered, accepted, ended] = [await offers('created_at'), await offers('accepted_at'), await offers(ENDS)];
  const [{ count: before }] = await on.query<{ count: number }>(`SELECT count(*)::int AS count FROM offer WHERE ${own} AND created_at < $2 AND ${ENDS} >= $2`, values.slice(0, 2)) as [{ count: number }]; // an aggregate
  let outstanding = before;
  return Array.from({ length: end - first }, (_, i) => {
    const bucket = first + i;
    const of = (map: ReadonlyMap<number, number>) => map.get(bucket) ?? 0;
    outstanding += of(offered) - of(ended);
    return { at: bucket * width, issued: of(issued), revoked: of(revoked), suspended: of(suspended), reinstated: of(reinstated), offered: of(offered), accepted: of(accepted), outstanding };
  });
}
