// What a consent says, in sentences: made from the policy that counts and from nothing that anybody wrote about it.
import { ORDINARY_CATEGORIES, CATEGORIES, type Category } from '#records/model/record.ts';
import type { PolicyDescription, PolicyPart } from '#records/model/consent/index.ts';
import type { Member } from '#records/client/members.ts';
import { useRecordsWords, type RecordsSpeech } from './context.tsx';

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((each) => b.includes(each));

/** As it stands inside a sentence. */
export function whatInWords(categories: readonly Category[], { r, a, listOf }: RecordsSpeech): string {
  if (same(categories, ORDINARY_CATEGORIES)) return r.says.everything;
  if (same(categories, CATEGORIES)) return r.says.all;
  return listOf(categories.map((category) => a.what[category]));
}

type Known = ReadonlyMap<string, Member>;
type Of<K extends PolicyPart['kind']> = Extract<PolicyPart, { kind: K }>;
const partOf = <K extends PolicyPart['kind']>(parts: readonly PolicyPart[], kind: K): Of<K> | undefined => parts.find((part): part is Of<K> => part.kind === kind);

/** The first sentence says who, what, why and until when; each that follows narrows it. */
export function policyInWords({ effect, actions, from, until, limits, exceptions }: PolicyDescription, who: string, speech: RecordsSpeech, { known = new Map(), now }: { readonly known?: Known; readonly now: number }): readonly string[] {
  const { r, a, say, dates, listOf, authorOf } = speech;
  const end = dates.moment(until);
  if (effect === 'deny') return [say(r.says.deny, { who, until: end })];
  const [what, why] = [partOf(limits, 'categories')?.categories ?? [], partOf(limits, 'purposes')?.purposes];
  const both = actions.includes('read') && actions.includes('write');
  const first = say(r.says[both ? 'both' : actions.includes('read') ? 'read' : 'write'], { who, what: whatInWords(what, speech), why: why ? listOf(why.map((purpose) => a.why[purpose])) : r.says.anyWhy, until: end });
  const names = (authors: Of<'authors'>['authors']) => listOf(authors.map((author) => authorOf(author, known)));
  const narrowing = limits.flatMap((part) => {
    if (part.kind === 'dates') return [datesInWords(part, speech)];
    if (part.kind === 'authors') return [say(r.says.authors, { who: names(part.authors) })];
    return part.kind === 'records' ? [say(r.says.records, { count: part.records.length })] : [];
  });
  const excepting = exceptions.map((parts) => {
    const rest = parts.filter(({ kind }) => kind !== 'categories');
    const [only] = rest;
    if (rest.length === 1 && only?.kind === 'records') return say(r.says.exceptRecords, { count: only.records.length });
    if (rest.length === 1 && only?.kind === 'authors') return say(r.says.exceptAuthors, { who: names(only.authors) });
    return say(r.says.except, { what: parts.map((part) => partInWords(part, speech, names)).filter((text) => text !== '').join('; ') });
  });
  return [first, ...(from > now ? [say(r.says.starts, { from: dates.moment(from) })] : []), ...narrowing, ...excepting];
}

function partInWords(part: PolicyPart, speech: RecordsSpeech, names: (authors: Of<'authors'>['authors']) => string): string {
  const { r, a, say, dates, listOf } = speech;
  switch (part.kind) {
    case 'categories': return part.named ? whatInWords(part.categories, speech) : '';
    case 'dates': return datesInWords(part, speech);
    case 'records': return say(r.says.records, { count: part.records.length });
    case 'authors': return say(r.says.authors, { who: names(part.authors) });
    case 'purposes': return listOf(part.purposes.map((purpose) => a.why[purpose]));
    case 'actors': return listOf(part.actors.map((address) => `${address.slice(0, 6)}…${address.slice(-4)}`));
    case 'times': return listOf([part.from, part.until].flatMap((time) => (time === undefined ? [] : [dates.moment(time)])));
  }
}

function datesInWords({ from, until }: Of<'dates'>, { r, say, dates }: RecordsSpeech): string {
  const kind = from === undefined ? 'until' : until === undefined ? 'from' : 'both';
  return say(r.says.dates[kind], { from: dates.day(from ?? ''), until: dates.day(until ?? '') });
}

export function PolicyText({ says, who, known, now, isPast = false }: { readonly says: PolicyDescription; readonly who: string; readonly known?: Known; readonly now: number; /** It does not count any more. */ readonly isPast?: boolean }) {
  const speech = useRecordsWords();
  const [first, ...rest] = policyInWords(says, who, speech, { ...(known && { known }), now });
  return (
    <>
      <p class={isPast ? 'soft' : 'strong'}>{first}</p>
      {rest.length > 0 && <ul class="plain-list">{rest.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
    </>
  );
}
