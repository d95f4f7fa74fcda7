import type { Translation } from '#faces/words/words.ts';
import type { opening as en } from '../en/opening.ts';

export const opening: Translation<typeof en> = {
  welcome: {
    title: 'Patientenakten, wenn der Patient zustimmt', lead: 'Für Ärzte, Pflegende, Apotheken, Krankenhäuser, Labore und die Stellen, die sie zulassen.',
    points: { asked: 'Patienten bestimmen, was Sie sehen, wofür und bis wann.', signed: 'Was Sie schreiben, trägt Ihre Unterschrift.', kept: 'Ihre Schlüssel bleiben verschlüsselt auf diesem Gerät.' },
    start: 'Schlüssel erstellen', restore: 'Ich habe eine Schlüsseldatei', protect: 'Ihre Schlüssel schützen', protectLead: 'Ihre Schlüssel unterschreiben, was Sie schreiben, und öffnen, was Patienten mit Ihnen teilen. Ohne dies kann sie niemand öffnen, und niemand kann es für Sie zurücksetzen.',
    passkey: 'Fingerabdruck, Gesicht oder Geräte-PIN verwenden', passphraseInstead: 'Stattdessen eine Passphrase verwenden', passkeyInstead: 'Stattdessen Fingerabdruck, Gesicht oder Geräte-PIN verwenden', create: 'Schlüssel erstellen', creating: 'Schlüssel werden erstellt …',
  },
  passphrase: {
    label: 'Passphrase', new: 'Neue Passphrase', hint: 'Mindestens 10 Zeichen. Vier Wörter hintereinander sind leicht zu merken und schwer zu erraten.',
    short: 'Mindestens 10 Zeichen verwenden', easy: 'Das ist leicht zu erraten. Nehmen Sie ein paar Wörter, die nicht zusammengehören', empty: 'Geben Sie die Passphrase ein', wrong: 'Diese Passphrase öffnet es nicht', show: 'Passphrase zeigen', hide: 'Passphrase verbergen',
  },
  unlock: {
    title: 'Schlüssel entsperren', open: 'Entsperren', passkey: 'Mit Fingerabdruck, Gesicht oder Geräte-PIN entsperren', opening: 'Wird entsperrt …',
    idle: 'Sie wurden gesperrt, weil die Seite eine Weile nicht benutzt wurde. Es geht dort weiter, wo Sie waren.', elsewhere: 'Sie wurden in einem anderen Tab gesperrt.',
    forgotten: 'Ich kann sie nicht mehr öffnen', forgottenText: 'Niemand kann zurücksetzen, was Ihre Schlüssel öffnet, auch wir nicht. Sie können sie hier löschen und dann aus Ihrer Schlüsseldatei zurückholen oder neu anfangen.', wipe: 'Schlüssel auf diesem Gerät löschen',
  },
  unusable: { title: 'Ihre Schlüssel können hier nicht aufbewahrt werden', unreadable: 'Ihre Schlüssel lassen sich nicht öffnen' },
  wipe: {
    title: 'Schlüssel auf diesem Gerät löschen', text: 'Ohne Ihre Schlüsseldatei sind sie verloren: Sie verlieren, was Patienten mit Ihnen teilen, und müssen sich neu anmelden.', word: 'löschen', confirm: 'Zur Bestätigung „{word}“ eingeben', wrong: 'Geben Sie das Wort so ein, wie es dort steht', button: 'Schlüssel löschen',
  },
  restore: { title: 'Schlüssel zurückholen', file: 'Schlüsseldatei', noFile: 'Wählen Sie die Datei', open: 'Schlüssel zurückholen', opening: 'Wird geöffnet …', opensWith: 'Danach öffnet die Passphrase der Datei Ihre Schlüssel auch hier.' },
};
