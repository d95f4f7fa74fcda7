// Words for what a credential states and why one does not fit, in plain English.
import { diseaseBySnomed, productByIndex, testByIndex } from '#passport/codes/index.ts';
import { toUnixSeconds, type Claims } from '#passport';
import type { FitReport, Obstacle } from '#wallet';
import { at } from './terminal.ts';

const day = (unix: number): string => at(unix).slice(0, 10);
const diseaseName = (snomed: bigint): string | undefined => (snomed === 0n ? undefined : (diseaseBySnomed(snomed)?.display ?? `SNOMED CT ${snomed}`));

/** One line: what, against or of what, when. */
export function describeClaims(claims: Claims): string {
  const disease = diseaseName(claims.disease);
  const when = day(toUnixSeconds(claims.eventTime));
  if (claims.kind === 'vaccination') {
    const dose = claims.dose === 0 ? '' : claims.series === 0 ? `, dose ${claims.dose}` : `, dose ${claims.dose} of ${claims.series}`;
    return `Vaccination: ${productByIndex(claims.product)?.display ?? disease ?? 'unknown vaccine'}${dose}, ${when}`;
  }
  if (claims.kind === 'recovery') return `Recovery: ${disease ?? 'unknown disease'}, ${when}`;
  const result = { none: 'no result', notDetected: 'not detected', detected: 'detected' }[claims.result];
  return `Test: ${disease ?? 'unknown agent'} ${result}, ${testByIndex(claims.test)?.display ?? 'unknown test'}, ${when}`;
}

const WHY: Readonly<Record<NonNullable<FitReport['why']>, string>> = {
  revoked: 'The credential that would fit was revoked by its issuer.',
  suspended: 'The credential that would fit is suspended by its issuer.',
  'issuer-removed': 'The issuer of the credential that would fit is no longer accredited.',
  'issuer-suspended': 'The accreditation of the issuer of the credential that would fit is suspended.',
  'status-unknown': 'Whether the credential that would fit was revoked is not known; connect to bring the wallet up to date.',
  'signature-superseded': 'The issuer has a new key; bring the wallet up to date with: healthpass wallet refresh',
  'name-missing': 'The credential that would fit names nobody, so it cannot be compared with a document.',
  'no-credential': 'The wallet is empty.',
  'not-yet': 'A credential will fit later.',
  unmet: 'None of the credentials meets the rule.',
};

const OBSTACLES: { readonly [C in Obstacle['condition']]: (obstacle: Extract<Obstacle, { condition: C }>) => string } = {
  kind: ({ needs }) => `a ${needs} is asked`,
  disease: ({ needs }) => `it has to be about ${diseaseName(needs) ?? 'another disease'}`,
  product: () => 'the product is not among those that count',
  dose: ({ has, needs }) => `dose ${needs} is asked, this is dose ${has === 0 ? 'unknown' : has}`,
  series: ({ has, needs }) => (needs === 0 ? 'the credential does not say how many doses make the series' : `the series has ${needs} doses, this is number ${has}`),
  'too-early': ({ from }) => `it counts from ${at(from)}`,
  'too-old': ({ until }) => `it counted until ${at(until)}`,
  test: () => 'the kind of test does not count',
  result: ({ needs }) => `the result has to be ${needs.map((result) => ({ none: 'none', notDetected: 'not detected', detected: 'detected' })[result]).join(' or ')}`,
  age: ({ from }) => `the person is old enough from ${String(from).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3')}`,
  expires: ({ until }) => `the credential expires ${at(until)}`,
};

const describeObstacle = (obstacle: Obstacle): string => (OBSTACLES[obstacle.condition] as (o: Obstacle) => string)(obstacle); // the row of its own condition

/** Why nothing fits, and what the nearest credential lacks. */
export function describeMiss(report: FitReport): string {
  const lines = [WHY[report.why ?? 'unmet']];
  const nearest = report.misses[0];
  const clause = nearest?.clauses[0];
  if (nearest && clause) lines.push(`Nearest: ${describeClaims(nearest.credential.issued.claims)}: ${clause.obstacles.map(describeObstacle).join('; ')}.`);
  if (report.fitsFrom !== undefined) lines.push(`From ${at(report.fitsFrom)} one will fit.`);
  return lines.join('\n');
}
