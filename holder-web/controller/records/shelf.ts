// The records of a person, of whomever they are from: read, added to, taken in from a file, and given out as a summary.
import type { UnixSeconds } from '#passport';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import { assembleSummary, resourcesOf, titleOf, metaOf, type FhirResource } from '#records/model/fhir/index.ts';
import { isAddress } from '#records/model/members.ts';
import type { Category, FhirDay } from '#records/model/record.ts';
import type { Connection } from './connection.ts';
import { createLoading } from './loading.ts';
import type { Members } from './members.ts';
import { opened } from './opened.ts';
import type { RecordsApp } from './records-app.ts';
import type { Shelf } from './states.ts';

export type ImportPreview = {
  readonly records: readonly { readonly text: string; readonly title: string; readonly category: Category; readonly date: FhirDay }[];
  /** Entries that are not taken: of kinds that are no record, or wrong in themselves. */
  readonly left: number;
};

export type ShelfDeps = { readonly now: () => UnixSeconds; readonly open: () => { readonly connection: Connection; readonly members: Members } | undefined; /** Told once, when all of it is written. */ readonly onAdded: () => void };

export function createShelf({ now, open, onAdded: onAllAdded }: ShelfDeps): RecordsApp['shelf'] & { readonly clear: () => void } {
  const loading = createLoading<Shelf>(() => {
    const here = open();
    return here && readShelf(here);
  });
  const here = () => opened(open());
  let adding = 0;
  const today = (): FhirDay => new Date(now() * 1000).toISOString().slice(0, 10);
  return {
    ...loading,
    isAdding: () => adding > 0,
    async add(resources, onAdded) {
      const { patient } = here().connection;
      let added = 0;
      adding++;
      try {
        for (const resource of resources) {
          await patient.addRecord(resource);
          added++;
          onAdded?.(added);
        }
      } finally {
        adding--;
        if (added > 0) {
          onAllAdded();
          await loading.reload();
        }
      }
    },
    readFile(text) {
      const { records, left } = resourcesOf(text);
      return { left: left.length, records: records.map((content) => ({ text: content.text, title: titleOf(content.resource), ...metaOf(content.resource, today()) })) };
    },
    summary() {
      const { connection: { care: { card }, account, config } } = here();
      const records = (loading.get().value?.records ?? []).filter(isRead);
      const bundle = assembleSummary({ patient: patientOf(card), records, author: { did: `did:ethr:0x${config.chainId.toString(16)}:${account}`, name: card.name, kind: 'patient' }, now: now() });
      return JSON.stringify(bundle, null, 2);
    },
  };
}

async function readShelf({ connection, members }: { readonly connection: Connection; readonly members: Members }): Promise<Shelf> {
  const records = await connection.patient.records();
  return { records: newestFirst(records), authors: await members.named(records.map(({ meta }) => meta.author).filter(isAddress)) };
}

const newestFirst = (records: readonly OpenedRecord[]): OpenedRecord[] => records.toSorted((a, b) => b.meta.date.localeCompare(a.meta.date) || b.time - a.time);

const patientOf = ({ name, birthDate }: Connection['care']['card']): FhirResource => ({ resourceType: 'Patient', name: [{ text: name }], ...(birthDate !== undefined && { birthDate }) });
