// Who wrote a record: by the signature, never by what the record says of itself.
import { Mark } from '#faces/parts/mark.tsx';
import { isRead, type OpenedRecord } from '#records/client/open-record.ts';
import type { Shelf } from '#wallet-app/records/states.ts';
import { useRecordsWords, type RecordsSpeech } from './context.tsx';

export function authorInWords({ meta: { author } }: OpenedRecord, { authors }: Pick<Shelf, 'authors'>, { r, say, memberOf }: RecordsSpeech): string {
  if (author === 'patient') return r.list.mine;
  const member = authors.get(author);
  return say(r.list.by, { who: member ? memberOf(member) : r.list.unknown });
}

const PROBLEMS: Readonly<Record<string, 'key-missing' | 'signature-invalid' | 'changed' | 'missing' | 'misfiled'>> = {
  'key-missing': 'key-missing', 'signature-invalid': 'signature-invalid', 'entry-unsigned': 'signature-invalid', 'author-differs': 'signature-invalid', 'provenance-malformed': 'signature-invalid',
  'content-differs': 'changed', 'record-differs': 'changed', 'mark-differs': 'changed', 'chunk-invalid': 'changed', 'sealed-invalid': 'changed', 'chunk-unknown': 'missing', 'service-unavailable': 'missing', 'filing-differs': 'misfiled',
};
export const problemInWords = (problem: string, { r }: Pick<RecordsSpeech, 'r'>): string => r.entry.problems[PROBLEMS[problem] ?? 'unopened'];

export function AuthorLine({ record, shelf }: { readonly record: OpenedRecord; readonly shelf: Pick<Shelf, 'authors'> }) {
  const speech = useRecordsWords();
  return <span class="by" data-own={record.meta.author === 'patient' || undefined}>{isRead(record) ? <Mark kind="good" /> : <Mark kind="bad" />}<span>{authorInWords(record, shelf, speech)}</span></span>;
}
