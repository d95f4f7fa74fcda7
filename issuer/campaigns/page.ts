// A page of rows, opened and read: sealed rows become events, with what their references lead to in other rows of the file.
import { encodeHealthEvent, HealthpassError, type HealthEvent, type UnixSeconds } from '#passport';
import type { Campaign } from './campaign.ts';
import type { RowRefusal } from './csv.ts';
import { parseFhirRow, readRow, referencesOf, rowRefusalOf, type ReadRow, type RowContent } from './row.ts';
import type { Secrets } from './secrets.ts';
import type { CampaignStore, LeasedRow } from './store.ts';

export type PageDeps = { readonly store: CampaignStore; readonly secrets: Secrets; readonly now: () => UnixSeconds };
export type OpenRow = { readonly row: number } & ({ readonly read: ReadRow; readonly mark: Uint8Array; readonly content: Uint8Array } | { readonly refusal: RowRefusal });

/** Visits lead to places and institutions: what references lead to is followed once more. */
const STEPS = 2;

export async function openPage({ store, secrets, now }: PageDeps, campaign: Campaign, leased: readonly LeasedRow[]): Promise<OpenRow[]> {
  const sealer = await secrets.sealerOf(campaign.id);
  const contents = await Promise.all(leased.map(async ({ row, sealed }) => await sealer.open(`campaign-row/${campaign.id}/${row}`, sealed) as RowContent)); // the upload sealed it
  const resources = new Map<string, unknown>();
  let wanted = contents.flatMap(referencesFrom);
  for (let step = 0; step < STEPS && wanted.length > 0; step++) {
    const names = new Map([...new Set(wanted)].map((name) => [name, secrets.digest(`resource of ${campaign.id}`, name)]));
    const found = await store.resources(campaign.id, [...names.values()]);
    wanted = [];
    for (const [name, digest] of names) {
      const sealed = found.get(Buffer.from(digest).toString('hex'));
      if (!sealed) continue;
      const resource = await sealer.open(`campaign-resource/${campaign.id}`, sealed) as Record<string, unknown>; // the upload sealed it
      resources.set(name, resource);
      wanted.push(...referencesOf(resource).filter((next) => !resources.has(next)));
    }
  }
  const context = { now: now(), dates: campaign.settings.dates, resources };
  return leased.map(({ row }, i) => {
    try {
      const read = readRow(contents[i]!, context);
      if (!isDirect(campaign, read)) assertPerson(read.events);
      return { row, read, ...digestsOf(secrets, campaign.organisation, read) };
    } catch (error) {
      return { row, refusal: rowRefusalOf(error) };
    }
  });
}

/** Whether a row becomes credentials at once; otherwise an offer. */
export const isDirect = ({ settings }: Pick<Campaign, 'settings'>, { bindings }: Pick<ReadRow, 'bindings'>): boolean => settings.make !== 'offers' && bindings.length > 0;

function referencesFrom(content: RowContent): string[] {
  if ('cells' in content) return [];
  const { resource } = parseFhirRow(content.text); // it was read before it was sealed
  return resource['resourceType'] === 'Bundle' ? [] : referencesOf(resource);
}

/** An offer that is made to nobody could be taken by anybody. */
function assertPerson(events: readonly HealthEvent[]): void {
  const nobody = events.some(({ person }) => !person || (person.family === '' && person.given.length === 0));
  if (nobody) throw new HealthpassError('fhir-patient-mismatch', 'the row does not say to whom it is offered', { field: 'family' });
}

/** By what the provider calls the row, and by what it says: the same row, or the same said twice. */
function digestsOf({ digest }: Secrets, organisation: string, { key, events }: ReadRow): { mark: Uint8Array; content: Uint8Array } {
  const content = digest(`events of ${organisation}`, JSON.stringify(events.map(encodeHealthEvent)));
  return { content, mark: key === undefined ? content : digest(`row of ${organisation}`, key) };
}
