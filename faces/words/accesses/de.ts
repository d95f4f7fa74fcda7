import type { Translation } from '../words.ts';
import type { accesses as en } from './en.ts';

export const accesses: Translation<typeof en> = {
  who: { of: '{name} ({organisation})', onBehalf: '{name} in Ihrem Namen', unnamed: 'ein Mitglied ohne Namen ({address})' },
  what: {
    all: 'Daten', allergies: 'Allergien', conditions: 'Erkrankungen', medications: 'Medikamente', immunizations: 'Impfungen', results: 'Befunde', imaging: 'Bildaufnahmen', procedures: 'Eingriffe', vitals: 'Vitalwerte',
    encounters: 'Besuche', documents: 'Dokumente', devices: 'Geräte', social: 'Lebensumstände', plans: 'Pläne und Aufträge', sensitive: 'Daten mit besonderem Schutz',
  },
  why: {
    TREAT: 'zur Behandlung', ETREAT: 'zur Behandlung in einem Notfall', HPAYMT: 'zur Abrechnung', HOPERAT: 'für den Betrieb der Einrichtung', HRESCH: 'für die Forschung', PUBHLTH: 'für die öffentliche Gesundheit', PATRQT: 'auf Ihren Wunsch', CAREMGT: 'zur Koordination Ihrer Versorgung',
  },
  read: { one: '{who} hat am {when} Ihre {what} gelesen ({count} Eintrag), {why}.', other: '{who} hat am {when} Ihre {what} gelesen ({count} Einträge), {why}.' },
  readInEmergency: { one: 'In einem Notfall hat {who} am {when} ohne Ihre Einwilligung Ihre {what} gelesen ({count} Eintrag).', other: 'In einem Notfall hat {who} am {when} ohne Ihre Einwilligung Ihre {what} gelesen ({count} Einträge).' },
  readNothing: '{who} hat am {when} nach Ihren Angaben gefragt ({what}), {why}, und nichts zu sehen bekommen.',
  withheld: { one: '{count} Eintrag, nach dem gefragt wurde, wurde nicht gezeigt.', other: '{count} Einträge, nach denen gefragt wurde, wurden nicht gezeigt.' },
  denied: { read: '{who} wollte am {when} Ihre {what} lesen, {why}, und wurde abgewiesen.', write: '{who} wollte am {when} Ihre {what} ergänzen, {why}, und wurde abgewiesen.' },
  reasons: {
    'no-consent': 'Sie haben nichts dergleichen erlaubt.', revoked: 'Sie hatten Ihre Einwilligung zurückgezogen.', changed: 'Ihre Einwilligung hatte sich geändert und war hier noch nicht bekannt.', 'not-yet': 'Ihre Einwilligung galt noch nicht.', expired: 'Ihre Einwilligung war abgelaufen.',
    action: 'Ihre Einwilligung erlaubt das nicht.', purpose: 'Ihre Einwilligung gilt nicht für diesen Zweck.', category: 'Ihre Einwilligung umfasst diese Daten nicht.', sensitive: 'Besonders sensible Daten werden nur gezeigt, wo Sie es ausdrücklich erlauben.',
    date: 'Ihre Einwilligung umfasst diese Zeit nicht.', record: 'Ihre Einwilligung umfasst diesen Eintrag nicht.', author: 'Ihre Einwilligung umfasst keine Einträge von dieser Stelle.', exception: 'Sie hatten eine Ausnahme gemacht.', denied: 'Sie hatten es verboten.',
  },
  written: '{who} hat am {when} einen Eintrag hinzugefügt ({what}).',
  own: 'Sie haben am {when} einen eigenen Eintrag hinzugefügt ({what}).',
  consent: {
    granted: 'Am {when} haben Sie {recipient} erlaubt, Ihre {what} zu sehen.', changed: 'Am {when} haben Sie geändert, was {recipient} sehen darf: Ihre {what}.', withdrawn: 'Am {when} haben Sie zurückgezogen, was {recipient} erlaubt war.',
    grantedBy: 'Am {when} hat {who} {recipient} erlaubt, Ihre {what} zu sehen.', changedBy: 'Am {when} hat {who} geändert, was {recipient} sehen darf: Ihre {what}.', withdrawnBy: 'Am {when} hat {who} zurückgezogen, was {recipient} erlaubt war.',
  },
  emergency: {
    asked: '{who} hat am {when} darum gebeten, in einem Notfall Ihre Daten zu sehen.', approved: '{who} hat am {when} zugestimmt, dass Ihre Daten in einem Notfall gesehen werden dürfen.', opened: 'Am {when} wurden Ihre Daten für einen Notfall geöffnet, für {who}.',
    ended: 'Am {when} endete der Notfallzugriff von {who}.', reviewed: 'Am {when} hat {who} einen Notfallzugriff auf Ihre Daten geprüft.',
  },
  disclosed: { delegate: 'Am {when} haben Sie {recipient} erlaubt, für Sie zu handeln; es geht um Ihre {what}.', guardian: 'Am {when} haben Sie {recipient} einen Teil Ihres Schlüssels zum Aufbewahren gegeben.' },
  unreadable: 'Hier wurde etwas eingetragen, das dieses Programm nicht in Worte fassen kann.',
  verdict: {
    complete: { one: 'Dieses Protokoll ist vollständig: Sein {count} Eintrag steht unverändert im öffentlichen Register.', other: 'Dieses Protokoll ist vollständig: Seine {count} Einträge stehen unverändert und lückenlos im öffentlichen Register.' },
    waiting: { one: '{count} Eintrag ist so neu, dass er noch nicht im öffentlichen Register steht.', other: '{count} Einträge sind so neu, dass sie noch nicht im öffentlichen Register stehen.' },
    empty: 'Bisher hatte niemand Zugriff, und das öffentliche Register bestätigt das.',
    broken: 'Dieses Protokoll hält nicht stand. Wer es führt, muss dies erklären:',
  },
  findings: {
    gap: 'Eintrag {entry} fehlt.', reordered: 'Eintrag {entry} steht nicht an seinem Platz.', 'event-changed': 'Eintrag {entry} wurde nach dem Unterschreiben verändert.', 'signature-wrong': 'Eintrag {entry} ist nicht vom Gateway unterschrieben.',
    fork: 'Es gibt zwei Fassungen: Eintrag {entry} weicht von dem ab, was unterschrieben oder verankert wurde.', 'missing-from-anchor': 'Zum Anker {anchor} der Chain wurde nichts gezeigt.', 'rolled-back': 'Anker {anchor} hat weniger Einträge als ein früherer.',
    'anchor-not-on-chain': 'Was zum Anker {anchor} gezeigt wurde, steht so nicht auf der Chain.', 'anchor-overdue': 'Eintrag {entry} wurde nicht rechtzeitig verankert; er kann später aufgeschrieben worden sein.',
    'receipt-unknown': 'Jemand hat eine Quittung für einen Zugriff, der hier nicht eingetragen ist.', 'gateway-without-role': 'Eintrag {entry} wurde unterschrieben, als das Gateway das nicht durfte.', 'time-wrong': 'Eintrag {entry} hat eine unmögliche Zeit.',
  },
};
