// What surrounds the pages of an open wallet: whose it is, whether there is a network, and the places at the thumb's reach.
import type { ComponentChildren } from 'preact';
import { to } from '#faces/navigation.ts';
import type { Holdings } from '#wallet-app/states.ts';
import { nameOf } from './parts/names.ts';
import { useWords } from './speech.tsx';
import { useOnline, usePart, useWallet } from './wallet-context.tsx';

const PLACES = [
  { place: 'cards', path: [], mark: 'M3 6.5h18v11H3zM3 10h18' },
  { place: 'records', path: ['records'], mark: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7' },
  { place: 'show', path: ['show'], mark: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2' },
  { place: 'add', path: ['add'], mark: 'M12 5v14M5 12h14' },
  { place: 'more', path: ['more'], mark: 'M4 7h16M4 12h16M4 17h16' },
] as const;

/** Beginnings of addresses of the part about records. */
export const RECORDS_PLACES: readonly string[] = ['records', 'share', 'access', 'looked', 'card', 'emergency', 'prescriptions', 'prescription', 'trusted', 'guard', 'recover'];

const placeOf = (first: string | undefined): (typeof PLACES)[number]['place'] =>
  (first === undefined || first === 'record' ? 'cards' : RECORDS_PLACES.includes(first) ? 'records' : first === 'rule' ? 'show' : first === 'show' || first === 'add' ? first : 'more');

export function Shell({ held, first, children }: { readonly held: Holdings; readonly first: string | undefined; readonly children: ComponentChildren }) {
  const { w, shared } = useWords();
  const { showing: part, records } = useWallet();
  const showing = usePart(part);
  const unseen = usePart(records.unseen);
  // While a code is on the screen there is nothing else on it.
  if (showing.name === 'shown') return <main>{children}</main>;
  const here = placeOf(first);
  return (
    <>
      <a class="skip unseen" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>{shared.skip}</a>
      <Top held={held} />
      <nav class="places" aria-label={w.places.name}>
        <ul class="places-list">
          {PLACES.map(({ place, path, mark }) => (
            <li key={place}>
              <a href={to(...path)} aria-current={place === here ? 'page' : undefined}>
                <span class="place-mark" data-news={(place === 'records' && unseen > 0) || undefined}><svg viewBox="0 0 24 24" aria-hidden="true"><path d={mark} /></svg></span><span>{w.places[place]}{place === 'records' && unseen > 0 && <span class="unseen"> ({unseen})</span>}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

function Top({ held }: { readonly held: Holdings }) {
  const { w } = useWords();
  const isOnline = useOnline();
  const name = nameOf(held.person, held, w.home.me, w.people.unnamed);
  return (
    <header class="top">
      <div class="column row-between">
        <a class="who" href={to('people')}><span class="initial" aria-hidden="true">{[...name][0]}</span><bdi>{name}</bdi> <span class="unseen">{w.home.changePerson}</span></a>
        <p class="offline" role="status">{isOnline ? '' : w.offline}</p>
      </div>
    </header>
  );
}
