// Which page is shown where, and what the menu lists.
import type { ComponentType } from 'preact';
import { AskPage } from './pages/ask.tsx';
import { ScanPage } from './pages/scan.tsx';
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
  { path: 'settings', component: SettingsPage, name: (w) => w.menu.settings },
];
