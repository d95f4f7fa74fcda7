// What stands around every page: the places one may go to, who is signed in, and the keys that work everywhere.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { go, to, usePlace } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useConsole, useWords } from './console.tsx';
import { useKeys } from './keyboard.ts';
import { pagesFor, type Page } from './pages.ts';
import { Palette } from './palette.tsx';
import { Shortcuts } from './shortcuts.tsx';

const GROUPS = ['work', 'look', 'run'] as const;
/** Milliseconds in which the second key has to follow. */
const CHORD = 1500;

export function Shell() {
  const { w, shared } = useWords();
  const { may } = useConsole();
  const { path: [path = '', id] } = usePlace();
  const pages = pagesFor(may);
  const page = pages.find((each) => each.path === path);
  const [over, setOver] = useState<'palette' | 'shortcuts'>();
  useEffect(() => { if (path === '' && pages[0]) go(to(pages[0].path), { replace: true }); }, [path]);
  useGlobalKeys(pages, setOver);
  return (
    <>
      <a class="skip unseen" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{shared.skip}</a>
      <div class="shell">
        <Rail pages={pages} at={path} onPalette={() => setOver('palette')} onShortcuts={() => setOver('shortcuts')} />
        <main id="content" class="main" tabIndex={-1}>
          {page ? <Shown key={`${path}/${id ?? ''}`} page={page} id={id} /> : path !== '' && <Screen title={w.problems.notHere}><p><a href={to(pages[0]!.path)}>{w.places[pages[0]!.path]}</a></p></Screen>}
        </main>
      </div>
      {over === 'palette' && <Palette onClose={() => setOver(undefined)} />}
      {over === 'shortcuts' && <Shortcuts onClose={() => setOver(undefined)} />}
    </>
  );
}

function Shown({ page: { component: All, one: One }, id }: { readonly page: Page; readonly id: string | undefined }): ComponentChildren {
  return id !== undefined && One ? <One id={id} /> : <All />;
}

function useGlobalKeys(pages: readonly Page[], show: (what: 'palette' | 'shortcuts') => void): void {
  const chord = useRef(0);
  const isChord = () => Date.now() - chord.current < CHORD;
  useKeys({ 'mod+k': () => show('palette'), '?': () => show('shortcuts'), g: () => { chord.current = Date.now(); } });
  // Before the keys of the page: the second one of a chord is nobody else's.
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (!isChord() || event.ctrlKey || event.metaKey || event.altKey || event.key === 'g') return;
      chord.current = 0;
      const page = pages.find(({ key }) => key === event.key.toLowerCase());
      if (!page) return;
      event.preventDefault();
      event.stopPropagation();
      go(to(page.path));
    };
    document.addEventListener('keydown', follow, { capture: true });
    return () => document.removeEventListener('keydown', follow, { capture: true });
  }, [pages]);
}

type RailProps = { readonly pages: readonly Page[]; readonly at: string; readonly onPalette: () => void; readonly onShortcuts: () => void };

function Rail({ pages, at, onPalette, onShortcuts }: RailProps) {
  const { w, shared } = useWords();
  const { me, staff } = useConsole();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [at]);
  return (
    <header class="rail" data-open={isOpen || undefined}>
      <div class="rail-top">
        <span class="brand">healthpass</span>
        <button type="button" class="button rail-menu" data-kind="quiet" aria-expanded={isOpen} aria-controls="places" onClick={() => setOpen(!isOpen)}>{w.menu}</button>
      </div>
      <div id="places" class="rail-places">
        <button type="button" class="rail-search" aria-keyshortcuts="Control+K" onClick={onPalette}><span>{w.palette.title}</span><kbd>Ctrl K</kbd></button>
        <nav aria-label={w.menu}>
          {GROUPS.map((group) => {
            const inGroup = pages.filter((page) => page.group === group && page.path !== 'account');
            return inGroup.length > 0 && <ul key={group} class="rail-group">{inGroup.map(({ path, key }) => <li key={path}><a href={to(path)} aria-current={path === at ? 'page' : undefined} aria-keyshortcuts={`g ${key}`}>{w.places[path]}</a></li>)}</ul>;
          })}
        </nav>
        <div class="rail-foot">
          {me.records !== undefined && <a href={me.records} target="_blank" rel="noreferrer">{w.records}</a>}
          <a href={to('account')} aria-current={at === 'account' ? 'page' : undefined}><Text>{me.displayName}</Text></a>
          <div class="row tight"><Button kind="quiet" onClick={() => void staff.signOut()}>{shared.staff.signOut}</Button><Button kind="quiet" aria-label={w.keysHelp.title} aria-keyshortcuts="?" onClick={onShortcuts}>?</Button></div>
        </div>
      </div>
    </header>
  );
}
