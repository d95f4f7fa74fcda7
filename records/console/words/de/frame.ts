import type { Translation } from '#faces/words/words.ts';
import type { frame as en } from '../en/frame.ts';

export const frame: Translation<typeof en> = {
  name: 'healthpass Akten',
  menu: 'Bereiche',
  offline: 'Sie sind offline. Lesen und Schreiben geht erst wieder mit Netz.',
  lockNow: 'Jetzt sperren',
  starting: 'Wird geöffnet …',
  notHere: 'Hier ist nichts.',
  places: { patients: 'Patienten', counter: 'Abgabe', prescriptions: 'Rezepte', emergency: 'Notfall', reviews: 'Prüfungen', applications: 'Anträge', members: 'Mitglieder', staff: 'Unsere Leute', membership: 'Meine Rolle', account: 'Schlüssel und Sperre' },
  errors: {
    'wallet-locked': 'Die Schlüssel sind gesperrt, oder damit lassen sie sich nicht öffnen.', 'wallet-corrupt': 'Die Schlüssel auf diesem Gerät sind beschädigt. Holen Sie sie aus Ihrer Schlüsseldatei zurück.', 'wallet-newer': 'Diese Schlüssel stammen von einer neueren Version. Laden Sie die Seite neu.',
    'wallet-missing': 'Auf diesem Gerät gibt es keine Schlüssel.', 'wallet-exists': 'Auf diesem Gerät gibt es schon Schlüssel.', 'backup-invalid': 'Das ist keine Schlüsseldatei, die hier gelesen werden kann.',
    'passkey-refused': 'Das hat nicht geklappt: abgebrochen, zu lange gewartet, oder der Passkey wurde gelöscht.', 'passkey-unsupported': 'In diesem Browser können Passkeys Ihre Schlüssel nicht schützen. Nehmen Sie eine Passphrase.',
    'storage-full': 'Auf diesem Gerät ist kein Platz mehr. Löschen Sie etwas anderes und versuchen Sie es erneut.', 'service-unavailable': 'Der Dienst ist nicht erreichbar. Prüfen Sie die Verbindung und versuchen Sie es erneut.',
  },
};
