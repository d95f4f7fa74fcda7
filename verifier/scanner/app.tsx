// The frame around the pages: how fresh the data are, where one can go, and whatever was judged, above everything else.
import { usePlace, to } from '#faces/navigation.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { PAGES } from './pages.ts';
import { FreshnessLine } from './parts/freshness-line.tsx';
import { DocumentView } from './pages/document.tsx';
import { VerdictView } from './pages/verdict.tsx';
import { ScannerContext } from './scanner-context.tsx';
import type { Scanner } from './state/scanner.ts';
import { useValue } from '#faces/value.ts';
import type { Words } from './words/index.ts';

export function App({ scanner }: { readonly scanner: Scanner }) {
  const { w, shared } = useSpeech<Words>();
  const { path: [first = ''] } = usePlace();
  const screen = useValue(scanner.screen);
  const { lane } = useValue(scanner.settings);
  const { component: Shown, path } = PAGES.find((page) => page.path === first) ?? PAGES[0]!; // the table is not empty
  return (
    <ScannerContext.Provider value={scanner}>
      <div class="frame" inert={screen.name !== 'scanning'}>
        <a class="skip unseen" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{shared.skip}</a>
        <header class="top">
          <FreshnessLine />
          {lane !== '' && <span class="lane">{lane}</span>}
        </header>
        <nav class="menu" aria-label={w.menu.label}>
          {PAGES.flatMap((page) => (page.name ? [<a key={page.path} href={to(...(page.path === '' ? [] : [page.path]))} aria-current={page.path === path ? 'page' : undefined}>{page.name(w)}</a>] : []))}
        </nav>
        <main id="content" tabIndex={-1}><Shown key={path} /></main>
      </div>
      {screen.name === 'judged' && <VerdictView key={screen.judgement.id} judgement={screen.judgement} />}
      {screen.name === 'document' && <DocumentView key={screen.judgement.id} judgement={screen.judgement} />}
    </ScannerContext.Provider>
  );
}
