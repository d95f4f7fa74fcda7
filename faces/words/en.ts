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
  staff: {
    says: 'Sign in with the passkey that you registered for your workplace.',
    signIn: 'Sign in with a passkey',
    signOut: 'Sign out',
    help: 'No passkey on this device? Your device can use one from your phone. If you lost it, ask an administrator for a new invitation.',
    unreachable: 'The service does not answer. Check your connection, then try again.',
    noPasskeys: 'This browser does not know passkeys. Use a current browser, and the address you were given.',
    refused: 'That did not work. It was cancelled, took too long, or the passkey is not on this device. Try again.',
    unknown: 'This passkey is not known here, or its owner was suspended. Try another, or ask an administrator.',
    tooOften: 'That was tried too often. Wait a minute, then try again.',
    over: 'You were signed out',
    overSays: 'Nobody used this page for a while. Sign in as {name} to go on where you were. Nothing you typed is lost.',
    confirm: 'Confirm that it is you',
    confirmSays: 'This step needs your passkey once more.',
    confirmNow: 'Confirm with a passkey',
  },
} as const satisfies Catalog;
