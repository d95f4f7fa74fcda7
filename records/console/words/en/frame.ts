// What stands around every page; and names that many pages use.
import type { Catalog } from '#faces/words/words.ts';

export const frame = {
  name: 'healthpass records',
  menu: 'Places',
  offline: 'You are offline. Nothing can be read or written until there is a network again.',
  lockNow: 'Lock now',
  starting: 'Opening…',
  notHere: 'There is nothing here.',
  places: { patients: 'Patients', counter: 'Counter', prescriptions: 'Prescriptions', emergency: 'Emergency', reviews: 'Reviews', applications: 'Applications', members: 'Members', staff: 'Our people', membership: 'My role', account: 'Keys and lock' },
  errors: {
    'wallet-locked': 'The keys are locked, or that does not open them.', 'wallet-corrupt': 'The keys on this device are damaged. Bring them back from your key file.', 'wallet-newer': 'The keys here were made by a newer version. Load the page again to get it.',
    'wallet-missing': 'There are no keys on this device.', 'wallet-exists': 'There are keys on this device already.', 'backup-invalid': 'This is not a key file that can be read here.',
    'passkey-refused': 'That did not work: it was cancelled, took too long, or the passkey was deleted.', 'passkey-unsupported': 'Passkeys cannot protect your keys in this browser. Use a passphrase.',
    'storage-full': 'There is no room left on this device. Delete something else, then try again.', 'service-unavailable': 'The service cannot be reached. Check your connection, then try again.',
  },
} as const satisfies Catalog;
