// The places of the console: where each is, who sees it, and the page that is fetched when it is first opened. A subject has a folder below pages/.
import type { FunctionComponent } from 'preact';
import { createLazy } from '#faces/parts/lazy.tsx';
import { mayRole, ORGANISATIONS, type Ability, type Role } from '#records/model/members.ts';
import type { Signed } from './desk/gateway.ts';
import type { Words } from './words/index.ts';

export type PlaceName = keyof Words['places'];
export type Page = {
  readonly path: PlaceName;
  readonly group: 'work' | 'run';
  /** Who sees it; everybody where nothing is said. */
  readonly needs?: (signed: Signed) => boolean;
  /** `path`: what stands behind the place in the address. */
  readonly component: FunctionComponent<{ readonly path: readonly string[] }>;
};

const may = (roles: readonly Role[], ability: Ability): boolean => roles.some((role) => mayRole(role, ability));

export const PAGES: readonly Page[] = [
  { path: 'patients', group: 'work', needs: ({ roles }) => roles.some((role) => mayRole(role, 'records-read') || mayRole(role, 'records-write')), component: createLazy(async () => (await import('./pages/patients/patients-page.tsx')).PatientsPage) },
  { path: 'counter', group: 'work', needs: ({ roles }) => may(roles, 'dispense'), component: createLazy(async () => (await import('./pages/prescriptions/counter-page.tsx')).CounterPage) },
  { path: 'prescriptions', group: 'work', needs: ({ roles }) => may(roles, 'prescribe'), component: createLazy(async () => (await import('./pages/prescriptions/issued-page.tsx')).IssuedPage) },
  { path: 'emergency', group: 'work', needs: ({ roles }) => may(roles, 'emergency-ask'), component: createLazy(async () => (await import('./pages/emergency/emergency-page.tsx')).EmergencyPage) },
  { path: 'reviews', group: 'work', needs: ({ decides }) => decides.includes('hospital'), component: createLazy(async () => (await import('./pages/emergency/reviews-page.tsx')).ReviewsPage) },
  { path: 'applications', group: 'work', needs: ({ decides }) => decides.length > 0, component: createLazy(async () => (await import('./pages/body/applications-page.tsx')).ApplicationsPage) },
  { path: 'members', group: 'work', needs: ({ decides }) => decides.length > 0, component: createLazy(async () => (await import('./pages/body/members-page.tsx')).MembersPage) },
  { path: 'staff', group: 'run', needs: ({ roles }) => roles.some((role) => ORGANISATIONS.includes(role)), component: createLazy(async () => (await import('./pages/membership/staff-page.tsx')).StaffPage) },
  { path: 'membership', group: 'run', needs: () => true, component: createLazy(async () => (await import('./pages/membership/membership-page.tsx')).MembershipPage) },
  { path: 'account', group: 'run', component: createLazy(async () => (await import('./pages/account/account-page.tsx')).AccountPage) },
];

/** Whoever is not signed in sees what needs nobody. */
export const pagesFor = (signed: Signed | undefined): readonly Page[] => PAGES.filter(({ needs }) => needs === undefined || (signed !== undefined && needs(signed)));
