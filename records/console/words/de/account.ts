import type { Translation } from '#faces/words/words.ts';
import type { account as en } from '../en/account.ts';

export const account: Translation<typeof en> = {
  keys: {
    lockAfter: 'Sperren, wenn die Seite nicht benutzt wird, nach', minutes: { one: '{count} Minute', other: '{count} Minuten' }, opens: 'Was Ihre Schlüssel öffnet', passphrase: 'Passphrase', passkey: 'Fingerabdruck, Gesicht oder Geräte-PIN (Passkey)',
    change: 'Passphrase ändern', addPassphrase: 'Passphrase hinzufügen', addPasskey: 'Fingerabdruck, Gesicht oder Geräte-PIN hinzufügen', remove: 'Entfernen', changed: 'Die Passphrase wurde geändert.', added: 'Hinzugefügt.', removed: 'Entfernt.', removeTitle: 'Diesen Zugang entfernen?', removeText: 'Damit lassen sich Ihre Schlüssel dann nicht mehr öffnen.',
    advice: 'Ihre Schlüssel öffnet nur eines. Fügen Sie ein Zweites hinzu, damit ein Verlust Sie nicht aussperrt.',
  },
  keyFile: {
    title: 'Schlüsseldatei', lead: 'Geht dieses Gerät verloren, bringt die Schlüsseldatei Ihre Schlüssel auf ein anderes. Wer sie und ihre Passphrase hat, kann in Ihrem Namen unterschreiben.', make: 'Schlüsseldatei speichern', passphrase: 'Passphrase der Datei', making: 'Datei wird erstellt …', made: 'Die Datei wurde gespeichert. Bewahren Sie sie sicher auf.',
    never: 'Sie haben noch keine Schlüsseldatei gespeichert.', last: 'Zuletzt gespeichert am {date}.',
  },
};
