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
};
