// Puts an entry of the account of accesses into words. Names come from others: hidden characters are shown, and none turns the line around.
import type { Language } from '#passport';
import type { Access, AccessRead, AuditActor, AuditPerson, LogVerdict, Touched } from '#records/model/audit/index.ts';
import { CATEGORIES, type Category } from '#records/model/record.ts';
import { createDates } from '../dates.ts';
import { plain } from '../plain.ts';
import { fill, type Text, type Values } from '../words.ts';
import type { AccessWords } from './load.ts';

export type AccessInWords = {
  readonly sentence: string;
  /** What belongs to it: why it was refused, how much was not shown. */
  readonly more: readonly string[];
  readonly tone: 'own' | 'ordinary' | 'refused' | 'emergency';
};
type Of<Kind extends Access['kind']> = Extract<Access, { kind: Kind }>;
type Teller = {
  readonly words: AccessWords;
  readonly say: (text: Text, values?: Values) => string;
  readonly what: (categories?: readonly Category[]) => string;
  readonly who: (actor: AuditActor) => string;
  readonly when: string;
};

/** @param language of `words`; dates are written as in it */
export function accessInWords({ access, place }: AccessRead, words: AccessWords, language: Language): AccessInWords {
  const dates = createDates(language);
  const say = (text: Text, values: Values = {}) => fill(text, values, language);
  const named = ({ name, address }: AuditPerson) => (name === undefined ? say(words.who.unnamed, { address: `${address.slice(0, 6)}…${address.slice(-4)}` }) : plain(name));
  const teller: Teller = {
    words, say, when: dates.dateTime(place.time),
    what: (categories) => (categories === undefined || categories.length === 0 ? words.what.all : dates.list(CATEGORIES.filter((category) => categories.includes(category)).map((category) => words.what[category]))),
    who: (actor) => {
      if (actor.kind === 'patient') return ''; // sentences of one's own name nobody
      if (actor.kind === 'delegate') return say(words.who.onBehalf, { name: named(actor.person) });
      return actor.organisation ? say(words.who.of, { name: named(actor.person), organisation: named(actor.organisation) }) : named(actor.person);
    },
  };
  switch (access.kind) {
    case 'read': return readInWords(access, teller);
    case 'denied': return deniedInWords(access, teller);
    case 'written': return writtenInWords(access, teller);
    case 'consent': return consentInWords(access, teller, named(access.recipient));
    case 'emergency': return { sentence: say(words.emergency[access.step], { who: teller.who(access.actor), when: teller.when }), more: [], tone: 'emergency' };
    case 'disclosed': return { sentence: say(words.disclosed[access.to], { recipient: named(access.recipient), what: teller.what(access.categories), when: teller.when }), more: [], tone: 'own' };
  }
}

const categoriesOf = (records: readonly Touched[]) => records.map(({ category }) => category);

function readInWords({ actor, purpose, asked, released, withheld = [], emergency }: Of<'read'>, { words, say, what, who, when }: Teller): AccessInWords {
  const values = { who: who(actor), when, why: words.why[purpose], count: released.length };
  const more = withheld.length > 0 ? [say(words.withheld, { count: withheld.length })] : [];
  const tone = emergency || purpose === 'ETREAT' ? 'emergency' : 'ordinary';
  if (released.length === 0) return { sentence: say(words.readNothing, { ...values, what: what(asked.categories) }), more, tone };
  return { sentence: say(emergency ? words.readInEmergency : words.read, { ...values, what: what(categoriesOf(released)) }), more, tone };
}

const deniedInWords = ({ actor, purpose, action, asked, reason }: Of<'denied'>, { words, say, what, who, when }: Teller): AccessInWords =>
  ({ sentence: say(words.denied[action], { who: who(actor), when, why: words.why[purpose], what: what(asked.categories) }), more: [words.reasons[reason]], tone: 'refused' });

function writtenInWords({ actor, record }: Of<'written'>, { words, say, what, who, when }: Teller): AccessInWords {
  const isOwn = actor.kind === 'patient';
  return { sentence: say(isOwn ? words.own : words.written, { who: who(actor), when, what: what([record.category]) }), more: [], tone: isOwn ? 'own' : 'ordinary' };
}

function consentInWords({ actor, change, categories }: Of<'consent'>, { words, say, what, who, when }: Teller, recipient: string): AccessInWords {
  const text = words.consent[actor.kind === 'patient' ? change : (`${change}By` as const)];
  return { sentence: say(text, { who: who(actor), recipient, when, what: what(categories) }), more: [], tone: 'own' };
}

export type VerdictInWords = { readonly headline: string; readonly more: readonly string[] };

export function verdictInWords(verdict: LogVerdict, words: AccessWords, language: Language): VerdictInWords {
  const say = (text: Text, values: Values = {}) => fill(text, values, language);
  if (verdict.outcome === 'broken') return { headline: words.verdict.broken, more: verdict.findings.map(({ code, entry = 0, anchor = 0 }) => say(words.findings[code], { entry, anchor })) };
  const { upTo, unanchored } = verdict;
  const waiting = unanchored > 0 ? [say(words.verdict.waiting, { count: unanchored })] : [];
  if (upTo === 0 && unanchored === 0) return { headline: words.verdict.empty, more: [] };
  return upTo === 0 ? { headline: waiting[0]!, more: [] } : { headline: say(words.verdict.complete, { count: upTo }), more: waiting };
}
