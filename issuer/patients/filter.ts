// Searching what was issued. What stands in columns is asked of the database; what is sealed is opened, a bounded number of rows at a time.
import type { HealthEvent, Kind } from '#passport';
import { productByIndex, snomedOf } from '#passport/codes/index.ts';
import { plain } from './person.ts';
import type { Standing } from './standing.ts';

export type IssuanceFilter = {
  readonly cursor?: number | undefined;
  readonly limit?: number | undefined;
  readonly patient?: string | undefined;
  /** Unix seconds of recording, `from` and later, before `to`. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly lot?: string | undefined;
  readonly status?: Standing | undefined;
  readonly kind?: Kind | undefined;
  readonly disease?: bigint | undefined;
  readonly product?: number | undefined;
  /** Part of a name or of a lot, or the beginning of an id. */
  readonly text?: string | undefined;
};

/** Whether rows have to be opened to know which are wanted: then nobody knows how many there are. */
export const needsOpening = ({ kind, disease, product, text, status }: IssuanceFilter): boolean =>
  [kind, disease, product, text].some((value) => value !== undefined) || status === 'valid' || status === 'expired' || status === 'unknown';

export type Opened = { readonly id: string; readonly event: HealthEvent | undefined; readonly status: Standing; readonly credentials: readonly { readonly id: string }[] };

export function isWanted({ kind, disease, product, text, status }: IssuanceFilter, row: Opened): boolean {
  const { event } = row;
  return (kind === undefined || event?.kind === kind) && (disease === undefined || (event !== undefined && diseasesOf(event).includes(disease))) && (product === undefined || event?.product === product)
    && (status === undefined || row.status === status) && (text === undefined || contains(row, text));
}

function contains({ id, event, credentials }: Opened, text: string): boolean {
  const wanted = plain(text);
  const { family = '', given = [] } = event?.person ?? {};
  return [family, given.join(' '), `${given.join(' ')} ${family}`, `${family} ${given.join(' ')}`, event?.lot ?? ''].some((value) => plain(value).includes(wanted))
    || [id, ...credentials.map((copy) => copy.id.replace('urn:uuid:', ''))].some((value) => value.startsWith(text.trim().replace('urn:uuid:', '')));
}

/** SNOMED CT; of a product where the record names none. */
export function diseasesOf({ disease, product }: HealthEvent): readonly bigint[] {
  return disease !== 0n ? [disease] : (productByIndex(product)?.against ?? []).map(snomedOf);
}
