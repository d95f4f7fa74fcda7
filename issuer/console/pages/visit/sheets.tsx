// What comes out of the printer: the sheet with the code, the number on a slip of its own, and the certificate for people without a phone. On the
// screen they are not seen.
import { Code } from '#faces/parts/code.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { Paper } from '../../api.ts';
import { useConsole, useLoad, useWords } from '../../console.tsx';
import { nameOf } from '../../events.ts';
import type { Made } from './handout.tsx';

export type Sheet = 'offer' | 'pin' | 'paper';

/** The number is never on the sheet of the code: whoever finds that one has nothing. */
export function Sheets({ made: { offer, person, titles }, paper, sheet = 'offer' }: { readonly made: Made; readonly paper: Paper | undefined; readonly sheet: Sheet | undefined }) {
  const { w, say, dates } = useWords();
  const { api } = useConsole();
  const provider = useLoad((signal) => api.provider(signal), []).value ?? '';
  const who = <p class="sheet-who"><strong><Text>{nameOf(person)}</Text></strong>{person?.birthDate && <> · {say(w.visit.born, { date: dates.day(person.birthDate) })}</>}</p>;
  const what = <ul class="titles">{titles.map((title) => <li key={title}><Text>{title}</Text></li>)}</ul>;
  if (sheet === 'pin') {
    return (
      <div class="sheet sheet-slip" aria-hidden="true">
        <p class="sheet-from"><Text>{provider}</Text></p>
        {who}
        <p>{w.sheet.pinSays}</p>
        <p class="sheet-pin mono">{offer.txCode}</p>
        <p>{w.sheet.pinApart}</p>
      </div>
    );
  }
  if (sheet === 'paper' && paper) {
    return (
      <div class="sheet" aria-hidden="true">
        <p class="sheet-from"><Text>{provider}</Text></p>
        <p class="sheet-title">{w.sheet.paper}</p>
        {who}{what}
        <div class="sheet-code"><Code text={paper.text} name={w.sheet.paper} /></div>
        <p>{w.sheet.paperSays}</p>
        <p>{say(w.sheet.validUntil, { date: dates.date(paper.validUntil) })}</p>
      </div>
    );
  }
  return (
    <div class="sheet" aria-hidden="true">
      <p class="sheet-from"><Text>{provider}</Text></p>
      <p class="sheet-title">{w.sheet.title}</p>
      {who}{what}
      <div class="sheet-code"><Code text={offer.link} name={w.handout.code} /></div>
      <ol class="sheet-steps">{Object.values(w.sheet.steps).map((step) => <li key={step}>{step}</li>)}</ol>
      <p>{say(w.sheet.until, { date: dates.dateTime(offer.expiresAt) })}</p>
      <p class="small sheet-link">{offer.link}</p>
    </div>
  );
}
