// What stands around every page of open keys: the places one may go to, as whom, whether there is a network, and the lock.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { go, to, usePlace } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { LanguageMenu } from '#faces/parts/language-menu.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { Text } from '#faces/parts/text.tsx';
import { useValue } from '#faces/value.ts';
import type { Signed, SignInState } from './desk/gateway.ts';
import { useDesk, useOnline } from './desk-context.tsx';
import { useMemberName } from './parts/member-name.ts';
import { Wrong } from './parts/parts.tsx';
import { PAGES, pagesFor, type Page } from './pages.ts';
import { SuspendedPage } from './pages/membership/suspended.tsx';
import { useWords } from './speech.tsx';

const GROUPS = ['work', 'run'] as const;

export function Shell() {
  const { w, shared } = useWords();
  const { gateway } = useDesk();
  const state = useValue(gateway.state);
  const place = usePlace();
  const [path = '', ...rest] = place.path;
  const pages = pagesFor(state.name === 'in' ? state.signed : undefined);
  const isOnline = useOnline();
  const first = pages[0]?.path;
  useEffect(() => { if (path === '' && state.name === 'in' && first) go(to(first), { replace: true }); }, [path, state.name, first]);
  return (
    <>
      <a class="skip unseen" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus(); }}>{shared.skip}</a>
      <div class="shell">
        <Rail pages={pages} at={path} state={state} />
        <main id="content" class="main" tabIndex={-1}>
          <p class="offline-line" role="status">{isOnline ? '' : w.offline}</p>
          <Place state={state} page={PAGES.find((each) => each.path === path)} pages={pages}>{(page) => <page.component key={[path, ...rest].join('/')} path={rest} />}</Place>
        </main>
      </div>
    </>
  );
}

/** A page that needs a session waits for it; a place outlives both the lock and the session. */
function Place({ state, page, pages, children }: { readonly state: SignInState; readonly page: Page | undefined; readonly pages: readonly Page[]; readonly children: (page: Page) => ComponentChildren }) {
  const { w } = useWords();
  const { gateway } = useDesk();
  if (page && pages.includes(page)) return <>{children(page)}</>;
  if (state.name === 'suspended') return <SuspendedPage />;
  if (state.name === 'failed') return <Screen title={w.signIn.failed}><Wrong failure={state.failure} again={() => void gateway.enter()} /></Screen>;
  if (state.name !== 'in') return <p class="waiting" role="status">{w.signIn.signing}</p>;
  return <Screen title={w.notHere}>{pages[0] && <p><a href={to(pages[0].path)}>{w.places[pages[0].path]}</a></p>}</Screen>;
}

function Rail({ pages, at, state }: { readonly pages: readonly Page[]; readonly at: string; readonly state: SignInState }) {
  const { w } = useWords();
  const { door } = useDesk();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [at]);
  return (
    <header class="rail" data-open={isOpen || undefined}>
      <div class="rail-top">
        <span class="brand">{w.name}</span>
        <button type="button" class="button rail-menu" data-kind="quiet" aria-expanded={isOpen} aria-controls="places" onClick={() => setOpen(!isOpen)}>{w.menu}</button>
      </div>
      <div id="places" class="rail-places">
        <nav aria-label={w.menu}>
          {GROUPS.map((group) => {
            const inGroup = pages.filter((page) => page.group === group);
            return inGroup.length > 0 && <ul key={group} class="rail-group">{inGroup.map(({ path }) => <li key={path}><a href={to(path)} aria-current={path === at ? 'page' : undefined}>{w.places[path]}</a></li>)}</ul>;
          })}
        </nav>
        <div class="rail-foot">
          {state.name === 'in' && <Whose signed={state.signed} />}
          <Button kind="secondary" onClick={() => void door.lock()}>{w.lockNow}</Button>
          <LanguageMenu />
        </div>
      </div>
    </header>
  );
}

/** Who is at work here, by name and role; a number tells nobody anything. */
function Whose({ signed: { account, roles, decides } }: { readonly signed: Signed }) {
  const { w } = useWords();
  const name = useMemberName(roles.length > 0 ? account : undefined);
  const what = [...(decides.length > 0 ? [w.standing.body] : []), ...roles.map((role) => w.roles[role])].join(', ');
  return <p class="rail-name small">{name !== undefined && <><span class="strong"><Text>{name}</Text></span><br /></>}<span class="soft">{what || w.signIn.anonymous}</span></p>;
}
