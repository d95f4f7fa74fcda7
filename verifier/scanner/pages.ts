// Which page is shown where, and what the menu lists.
import type { ComponentType } from 'preact';
import { AskPage } from './pages/ask.tsx';
import { ScanPage } from './pages/scan.tsx';
import { later } from './parts/later.tsx';
import { SettingsPage } from './pages/settings.tsx';
import type { Words } from './words/index.ts';

export type Page = {
  /** The first part of the address: `#/settings/…`; '' is where the app starts. */
  readonly path: string;
  readonly component: ComponentType;
  /** What the menu calls it; without, it is not listed. */
  readonly name?: (w: Words) => string;
};

export const PAGES: readonly Page[] = [
  { path: '', component: ScanPage, name: (w) => w.menu.scan },
  { path: 'ask', component: AskPage, name: (w) => w.menu.ask },
  { path: 'rules', component: later(async () => (await import('./rules/rules-page.tsx')).RulesPage), name: (w) => w.rules.menu.rules },
  { path: 'rule', component: later(async () => (await import('./rules/incoming-page.tsx')).IncomingPage) },
  { path: 'events', component: later(async () => (await import('./events/events-page.tsx')).EventsPage), name: (w) => w.rules.menu.events },
  { path: 'session', component: later(async () => (await import('./pages/session.tsx')).SessionPage), name: (w) => w.menu.session },
  { path: 'settings', component: SettingsPage, name: (w) => w.menu.settings },
];
