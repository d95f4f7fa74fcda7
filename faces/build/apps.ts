// The apps: where their sources are, and what a phone shows of them on its home screen.
import { join } from 'node:path';

export const PROJECT = join(import.meta.dirname, '../..');

export type App = {
  readonly name: 'wallet' | 'console' | 'scanner' | 'records';
  /** Folder of its `index.html`, below the project. */
  readonly source: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly description: string;
  /** Folders of which a change makes the build stale. */
  readonly dependsOn: readonly string[];
};

const SHARED = ['faces', 'passport', 'formats'];

export const APPS = {
  wallet: {
    name: 'wallet', source: 'holder-web/app', title: 'healthpass', shortTitle: 'healthpass', description: 'Your health certificates, and passes that show only what is asked',
    dependsOn: [...SHARED, 'circuits', 'contracts', 'vault', 'records/model', 'records/client', 'holder-web'],
  },
  console: { name: 'console', source: 'issuer/console', title: 'healthpass console', shortTitle: 'Console', description: 'Issue and look after health certificates', dependsOn: [...SHARED, 'issuer/console'] },
  scanner: {
    name: 'scanner', source: 'verifier/scanner', title: 'healthpass scanner', shortTitle: 'Scanner', description: 'Check health passes, also without a network',
    dependsOn: [...SHARED, 'circuits', 'verifier'],
  },
  records: {
    name: 'records', source: 'records/console', title: 'healthpass records', shortTitle: 'Records', description: 'Read and write what patients share',
    dependsOn: [...SHARED, 'contracts', 'vault', 'records/model', 'records/client', 'records/console'],
  },
} as const satisfies Record<string, App>;
export type AppName = keyof typeof APPS;
export const APP_NAMES = Object.keys(APPS) as AppName[]; // its keys are the names

/** Where builds stand; not in the repository. */
export const buildFolder = (name: AppName): string => join(PROJECT, '.build', 'faces', name);
