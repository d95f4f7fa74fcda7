import type { en } from './en.ts';
import type { Translation } from './words.ts';

export const de: Translation<typeof en> = {
  language: 'Sprache',
  back: 'Zurück',
  close: 'Schließen',
  cancel: 'Abbrechen',
  continue: 'Weiter',
  save: 'Speichern',
  tryAgain: 'Noch einmal versuchen',
  loading: 'Wird geladen …',
  skip: 'Zum Inhalt',
  optional: 'freiwillig',
  errors: { title: 'Es gibt ein Problem', unexpected: 'Etwas ist schiefgegangen. Ihre Eingaben sind nicht verloren. Versuchen Sie es noch einmal.', offline: 'Keine Verbindung. Versuchen Sie es noch einmal, wenn Sie wieder verbunden sind.' },
  choices: { count: { one: '{count} Treffer', other: '{count} Treffer' }, none: 'Nichts gefunden' },
  update: { ready: 'Eine neue Version ist bereit.', now: 'Jetzt aktualisieren' },
  staff: {
    says: 'Melden Sie sich mit dem Passkey an, den Sie für Ihre Arbeit registriert haben.',
    signIn: 'Mit Passkey anmelden',
    signOut: 'Abmelden',
    help: 'Kein Passkey auf diesem Gerät? Sie können den Ihres Telefons benutzen. Ist er verloren, bitten Sie die Verwaltung um eine neue Einladung.',
    unreachable: 'Der Dienst antwortet nicht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
    noPasskeys: 'Dieser Browser kennt keine Passkeys. Benutzen Sie einen aktuellen Browser und die Adresse, die Sie bekommen haben.',
    refused: 'Das hat nicht geklappt: abgebrochen, zu lange gewartet, oder der Passkey ist nicht auf diesem Gerät. Versuchen Sie es noch einmal.',
    unknown: 'Dieser Passkey ist hier nicht bekannt, oder die Person ist gesperrt. Nehmen Sie einen anderen oder fragen Sie die Verwaltung.',
    tooOften: 'Das wurde zu oft versucht. Warten Sie eine Minute.',
    over: 'Sie wurden abgemeldet',
    overSays: 'Diese Seite wurde eine Weile nicht benutzt. Melden Sie sich als {name} an und machen Sie weiter, wo Sie waren. Nichts Eingegebenes ist verloren.',
    confirm: 'Bestätigen Sie, dass Sie es sind',
    confirmSays: 'Dieser Schritt braucht Ihren Passkey noch einmal.',
    confirmNow: 'Mit Passkey bestätigen',
  },
};
