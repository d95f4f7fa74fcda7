// Whether what a credential says openly and its claims vector state one and the same health event: the holder shows the one or
// proves by the other, and nobody else can compare the two.
import { eventOf, type OpenClaims } from '#formats/credential/index.ts';
import { isHealthpassError, toUnixSeconds, type Claims, type HealthEvent, type UnixSeconds } from '#passport';
import { parseBirthDate, UNKNOWN_BIRTH_DATE } from '#passport/birth-date.ts';
import { nameDigest } from '#passport/name.ts';
import { canTransliterate } from '#passport/transliteration/transliterate.ts';

type Comparison = { readonly claim: keyof Claims; readonly same: (event: Partial<HealthEvent>, claims: Claims, now: UnixSeconds) => boolean };

/** What a whole text leaves out, the claims have as unknown. */
const COMPARISONS: readonly Comparison[] = [
  { claim: 'kind', same: (event, { kind }) => event.kind === kind },
  { claim: 'disease', same: (event, { disease }) => (event.disease ?? 0n) === disease },
  { claim: 'product', same: (event, { product }) => (event.product ?? 0) === product },
  { claim: 'dose', same: (event, { dose }) => (event.dose ?? 0) === dose },
  { claim: 'series', same: (event, { series }) => (event.series ?? 0) === series },
  { claim: 'eventTime', same: (event, { eventTime }) => event.time === toUnixSeconds(eventTime) },
  { claim: 'test', same: (event, { test }) => (event.test ?? 0) === test },
  { claim: 'result', same: (event, { result }) => (event.result ?? 'none') === result },
  { claim: 'country', same: (event, { country }) => (event.country ?? '') === country },
  { claim: 'birthDate', same: ({ person }, { birthDate }, now) => (person?.birthDate === undefined ? UNKNOWN_BIRTH_DATE : parseBirthDate(person.birthDate, { now })) === birthDate },
  // A name that no table brings into A-Z is in the text alone.
  { claim: 'nameDigest', same: ({ person }, claims) => (person && canTransliterate([person.family, ...person.given].join(' ')) ? nameDigest(person) : 0n) === claims.nameDigest },
];

/** The first claim that says something else, if any. */
export function differingClaim(open: OpenClaims, claims: Claims, now: UnixSeconds): keyof Claims | undefined {
  const event = eventOf(open);
  return COMPARISONS.find(({ same }) => !holds(() => same(event, claims, now)))?.claim;
}

/** Whether two texts state the same event, also in what the claims do not hold (lot, performer, the name as it is written). */
export const saySame = (a: OpenClaims, b: OpenClaims): boolean => written(a) === written(b);

/** `eventOf` gives its members in one order. */
const written = (open: OpenClaims): string =>
  JSON.stringify(eventOf(open), (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/** A name or birth date that cannot be encoded at all is not the one in the claims. */
function holds(same: () => boolean): boolean {
  try {
    return same();
  } catch (error) {
    if (isHealthpassError(error)) return false;
    throw error;
  }
}
