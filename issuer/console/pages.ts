// The places of the console: where each is, who may see it, and its key.
import type { ComponentType } from 'preact';
import { DashboardPage } from './pages/dashboard/dashboard-page.tsx';
import { CampaignPage } from './pages/import/campaign-page.tsx';
import { ImportPage } from './pages/import/import-page.tsx';
import { KeysPage } from './pages/keys/keys-page.tsx';
import { NetworkPage } from './pages/keys/network-page.tsx';
import { IssuancePage } from './pages/register/issuance-page.tsx';
import { OffersPage } from './pages/register/offers-page.tsx';
import { PatientPage, PatientsPage } from './pages/register/patients-page.tsx';
import { RegisterPage } from './pages/register/register-page.tsx';
import { AccountPage } from './pages/staff/account-page.tsx';
import { AuditPage } from './pages/staff/audit-page.tsx';
import { StaffPage } from './pages/staff/members-page.tsx';
import { VisitPage } from './pages/visit/visit-page.tsx';
import type { Words } from './words/index.ts';

export type PlaceName = keyof Words['places'];
export type Page = {
  readonly path: PlaceName;
  /** One of them is enough; nobody needs any for one without. */
  readonly needs?: readonly string[];
  readonly component: ComponentType;
  /** Below it, by id. */
  readonly one?: ComponentType<{ readonly id?: string | undefined }>;
  /** Pressed after `g`. */
  readonly key: string;
  readonly group: 'work' | 'look' | 'run';
};

export const PAGES: readonly Page[] = [
  { path: 'visit', needs: ['offers:write'], component: VisitPage, key: 'v', group: 'work' },
  { path: 'import', needs: ['offers:write', 'campaigns:write'], component: ImportPage, one: CampaignPage, key: 'i', group: 'work' },
  { path: 'offers', needs: ['offers:write'], component: OffersPage, key: 'o', group: 'work' },
  { path: 'register', needs: ['credentials:read'], component: RegisterPage, one: IssuancePage, key: 'r', group: 'look' },
  { path: 'patients', needs: ['patients:read'], component: PatientsPage, one: PatientPage, key: 'p', group: 'look' },
  { path: 'dashboard', needs: ['credentials:read'], component: DashboardPage, key: 'd', group: 'look' },
  { path: 'staff', needs: ['staff:manage', 'clients:manage'], component: StaffPage, key: 's', group: 'run' },
  { path: 'audit', needs: ['audit:read'], component: AuditPage, key: 'a', group: 'run' },
  { path: 'keys', needs: ['audit:read'], component: KeysPage, key: 'k', group: 'run' },
  { path: 'network', needs: ['issuers:read'], component: NetworkPage, key: 'n', group: 'run' },
  { path: 'account', component: AccountPage, key: 'm', group: 'run' },
];

export const pagesFor = (may: (permission: string) => boolean): readonly Page[] => PAGES.filter(({ needs }) => needs === undefined || needs.some(may));
