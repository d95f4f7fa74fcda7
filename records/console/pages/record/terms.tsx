// What every tab of a record is given; and what one may, in words.
import { ORDINARY_CATEGORIES } from '#records/model/record.ts';
import type { Patient } from '../../desk/patients.ts';
import type { ReadingState } from '../../desk/reading.ts';
import { useWords } from '../../speech.tsx';

export type TabProps = { readonly patient: Patient; readonly reading: ReadingState; readonly path: readonly string[] };

/** "You may read and write all ordinary records for treatment, until 24 Dec 2026." */
export function TermsInWords({ patient: { terms } }: { readonly patient: Patient }) {
  const { w, say, dates } = useWords();
  const isAll = terms.categories.length === ORDINARY_CATEGORIES.length && ORDINARY_CATEGORIES.every((category) => terms.categories.includes(category));
  const what = isAll ? w.access.everything : dates.list(terms.categories.map((category) => w.inside.categories[category]));
  return <>{say(w.access.says, {
    actions: dates.list(terms.actions.map((action) => w.actions[action])), what, purposes: terms.purposes ? dates.list(terms.purposes.map((purpose) => w.inside.purposes[purpose])) : w.access.anyPurpose, until: dates.date(terms.until),
  })}</>;
}
