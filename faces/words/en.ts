// Words that all faces share.
import type { Catalog } from './words.ts';

export const en = {
  language: 'Language',
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  continue: 'Continue',
  save: 'Save',
  tryAgain: 'Try again',
  loading: 'Loading…',
  skip: 'Skip to the content',
  optional: 'optional',
  errors: { title: 'There is a problem', unexpected: 'Something went wrong. Nothing you entered is lost. Try again.', offline: 'There is no connection. Try again when you are back online.' },
  choices: { count: { one: '{count} result', other: '{count} results' }, none: 'Nothing found' },
  update: { ready: 'A new version is ready.', now: 'Update now' },
} as const satisfies Catalog;
