// What the patient gets: the code on the screen, the number for it, a link, and paper; and what has become of it.
import { useState } from 'preact/hooks';
import { Button } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Text } from '#faces/parts/text.tsx';
import type { MadeOffer, OfferState, Paper, Person } from '../../api.ts';
import { useConsole, useDoing, useWords } from '../../console.tsx';
import { nameOf } from '../../events.ts';
import { useKeys } from '../../keyboard.ts';
import { Wrong } from '../../parts/parts.tsx';
import { ENDED, useOffer } from './offer.ts';
import { Sheets, type Sheet } from './sheets.tsx';

export type Made = { readonly offer: MadeOffer; readonly person: Person | undefined; readonly titles: readonly string[] };

const STEPS: readonly (readonly OfferState[])[] = [['created'], ['fetched'], ['redeemed'], ['accepted']];
const reached = (state: OfferState): number => STEPS.findIndex((states) => states.includes(state));

export function Handout({ made, onReissued }: { readonly made: Made; readonly onReissued: (offer: MadeOffer) => void }) {
  const { w, say, dates } = useWords();
  const { api } = useConsole();
  const { offer, person, titles } = made;
  const state = useOffer(offer.id, 'created');
  const doing = useDoing();
  const [paper, setPaper] = useState<Paper>();
  const [sheet, setSheet] = useState<Sheet>();
  const print = (which: Sheet) => {
    setSheet(which);
    requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
  };
  const reissue = () => doing.run(async () => onReissued(await api.offers.reissue(offer.id)));
  const printPaper = () => doing.run(async () => {
    const [issuance] = offer.issuances ?? (await api.offers.one(offer.id)).issuances ?? [];
    if (issuance === undefined) return;
    setPaper(paper ?? await api.issuances.paper(issuance));
    print('paper');
  });
  useKeys({ p: () => print('offer'), i: () => print('pin') });
  const isOpen = !ENDED.includes(state) && state !== 'redeemed';
  return (
    <section class="handout" aria-labelledby="handout">
      <div class="handout-code">
        {isOpen ? <Code text={offer.link} name={w.handout.code} /> : <div class="handout-over" aria-hidden="true">{state === 'accepted' || state === 'redeemed' ? '✓' : '×'}</div>}
        {isOpen && offer.txCode !== undefined && <p class="handout-pin"><span>{w.handout.pin}</span> <strong class="mono">{offer.txCode}</strong></p>}
      </div>
      <div class="stack">
        <div>
          <h2 id="handout"><Text>{nameOf(person)}</Text></h2>
          <ul class="titles">{titles.map((title) => <li key={title}><Text>{title}</Text></li>)}</ul>
        </div>
        <ol class="steps" aria-label={w.handout.progress}>
          {STEPS.map(([step], i) => <li key={step} data-done={reached(state) > i || state === 'accepted' || undefined} aria-current={reached(state) === i && state !== 'accepted' ? 'step' : undefined}>{w.handout.steps[step as 'created']}</li>)}
        </ol>
        <p class="strong" role="status">{w.handout.states[state]}</p>
        {isOpen && <p class="soft small">{say(w.handout.until, { time: dates.time(offer.expiresAt) })}</p>}
        {(offer.refused ?? []).length > 0 && <Notice kind="warn"><p>{say(w.handout.refused, { count: offer.refused!.length })}</p></Notice>}
        <Wrong failure={doing.failure} />
        <div class="row">
          {isOpen && <Button kind="secondary" aria-keyshortcuts="p" onClick={() => print('offer')}>{w.handout.print}</Button>}
          {isOpen && offer.txCode !== undefined && <Button kind="secondary" aria-keyshortcuts="i" onClick={() => print('pin')}>{w.handout.printPin}</Button>}
          <Button kind="secondary" busy={doing.busy} onClick={() => void printPaper()}>{w.handout.paper}</Button>
          {isOpen && <Button kind="quiet" onClick={() => void navigator.clipboard.writeText(offer.link)}>{w.handout.copyLink}</Button>}
          {state !== 'accepted' && state !== 'redeemed' && <Button kind="quiet" busy={doing.busy} onClick={() => void reissue()}>{w.handout.reissue}</Button>}
        </div>
      </div>
      <Sheets {...{ made, paper, sheet }} />
    </section>
  );
}
