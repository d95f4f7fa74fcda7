import type { Translation } from '#faces/words/words.ts';
import type { patients as en } from '../en/patients.ts';

export const patients: Translation<typeof en> = {
  patients: {
    none: 'Noch teilt kein Patient etwas mit Ihnen.', noneSays: 'Fragen Sie einen Patienten: er scannt einen Code mit seiner Brieftasche und entscheidet.', ask: 'Patienten fragen', search: 'Nach Namen suchen', born: 'geboren am {date}', nameless: 'Name lässt sich nicht öffnen', until: 'bis {date}', pending: 'Wird ins Register geschrieben',
    notRequested: 'Kam, ohne dass Sie gefragt haben', notRequestedSays: 'Dies kam nicht über den Code einer Anfrage von Ihnen. Vergewissern Sie sich auf anderem Weg, wer der Patient ist.', count: { one: '{count} Patient teilt mit Ihnen', other: '{count} Patienten teilen mit Ihnen' }, open: 'Akte öffnen', nothing: 'Kein Patient passt dazu.', unanswered: 'Anfragen ohne Antwort', expires: 'Offen bis {time}', showAgain: 'Code noch einmal zeigen',
  },
  ask: {
    title: 'Patienten fragen', lead: 'Der Patient sieht genau dies und kann weniger oder nichts geben.', purpose: 'Wofür', actions: 'Was Sie tun möchten', read: 'Lesen', write: 'Schreiben', categories: 'Welche Einträge', all: 'Alle gewöhnlichen', some: 'Nur manche', sensitiveHint: 'Psychiatrie, sexuelle Gesundheit, Sucht, Genetik. Fragen Sie nur danach, wenn Sie es brauchen.',
    period: 'Für wie lange', periods: { day: 'Heute', week: 'Eine Woche', month: '30 Tage', year: 'Ein Jahr', chosen: 'Bis zu einem Tag meiner Wahl' }, until: 'Bis', forOrganisation: 'Für alle bei', forOrganisationHint: 'Sonst nur für Sie.', message: 'Ein Wort an den Patienten', messageHint: 'Nichts über die Gesundheit: wer den Code sieht, kann es lesen.', send: 'Code erstellen',
    missing: { actions: 'Wählen Sie mindestens eines', categories: 'Wählen Sie mindestens eine', until: 'Wählen Sie einen Tag in der Zukunft, höchstens zehn Jahre voraus' },
    show: 'Lassen Sie den Patienten dies scannen', showSays: 'Mit seiner Brieftasche oder mit der Kamera des Telefons. Der Code gilt einmal, bis {time}.', code: 'Code für die Brieftasche des Patienten', openWallet: 'Brieftasche auf diesem Gerät öffnen', waits: 'Warten auf den Patienten …', granted: 'Der Patient hat zugestimmt', grantedSays: 'Sehen Sie auf den Namen: ist es die Person vor Ihnen?', over: 'Der Code ist abgelaufen', another: 'Erneut fragen',
  },
  access: {
    title: 'Was Sie tun dürfen', says: 'Sie dürfen {actions}: {what}, Zweck {purposes}, bis {until}.', everything: 'alle gewöhnlichen Einträge', anyPurpose: 'beliebig', ended: 'Das ist zu Ende', endedSays: 'Der Patient hat es beendet, oder die Zeit ist um. Was Sie gelesen haben, bleibt bei Ihnen; nichts, was von jetzt an geschrieben wird, lässt sich öffnen.',
    readings: 'Ihre Zugriffe', readingsSays: 'Jeder steht mit seinem Zweck im Zugriffsprotokoll des Patienten. Der Aktendienst hat das unterschrieben.', noReadings: 'Sie haben noch nichts gelesen.', reading: { one: '{purpose}: {count} Eintrag', other: '{purpose}: {count} Einträge' }, receipt: 'Beleg',
  },
};
