import type { Translation } from '#faces/words/words.ts';
import type { rules as en } from './en.ts';

export const rules: Translation<typeof en> = {
  menu: { rules: 'Regeln', events: 'Veranstaltungen' },
  signIn: { text: 'Dafür meldet sich das Personal an. Scannen geht ohne.', button: 'Anmelden', failed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.', offline: 'Der Dienst ist nicht erreichbar. Was auf diesem Gerät liegt, funktioniert weiter.' },
  list: {
    title: 'Regeln', text: 'Woran Pässe geprüft werden.', create: 'Neue Regel', take: 'Regel übernehmen', inUse: 'Hier in Gebrauch', shipped: 'Gehört zum Dienst', own: 'Hier gemacht', passedOn: 'Weitergegeben',
    version: 'Fassung {version}', ways: { one: '{count} Weg, sie zu erfüllen', other: '{count} Wege, sie zu erfüllen' },
  },
  view: {
    says: 'Was die Wallet ihrem Besitzer sagt', ways: 'Wege, sie zu erfüllen', use: 'Diese Regel hier verwenden', edit: 'Ändern', copy: 'Neue Regel daraus machen', retire: 'Außer Dienst stellen', retireSure: 'Diese Regel außer Dienst stellen?',
    retireText: 'Pässe dafür werden nicht mehr angenommen. Das lässt sich nicht zurücknehmen.', share: 'Weitergeben', print: 'Drucken', copyLink: 'Link kopieren', copied: 'Kopiert', code: 'Code der Regel {rule}', gone: 'Diese Regel ist hier nicht bekannt.',
    unsigned: 'Diese Regel ist nicht unterschrieben und lässt sich nicht weitergeben.', shareText: 'Ein anderer Scanner oder eine Wallet liest diesen Code. Er zeigt, wer unterschrieben hat.', remove: 'Von diesem Gerät entfernen',
  },
  signer: {
    by: 'Unterschrieben von {name}', self: 'Unterschrieben von diesem Dienst', unknown: 'Unterschrieben von jemandem, den dieses Gerät nicht kennt', unknownText: 'Jeder kann eine Regel unterschreiben. Verwenden Sie sie nur, wenn sie Ihnen angekündigt wurde, und von wem.',
    key: 'Kennzeichen der Unterschrift', know: 'Ich kenne diese Stelle', unsigned: 'Niemand hat diese Regel unterschrieben.',
  },
  incoming: { title: 'Ihnen wurde eine Regel gegeben', take: 'Übernehmen', taken: 'Die Regel liegt auf diesem Gerät.', text: 'Text oder Link der Regel', read: 'Lesen', same: 'Hier gibt es eine andere Regel mit diesem Namen. Sie bleibt, wie sie ist.' },
  edit: {
    newTitle: 'Neue Regel', changeTitle: 'Regel ändern', template: 'Beginnen mit', blank: 'Einer leeren Regel', name: 'Name', nameHint: 'Man liest ihn in der Wallet.', nameMissing: 'Geben Sie einen Namen ein.',
    lasts: 'Wie lange ein Pass gilt', hours2: '2 Stunden', hours4: '4 Stunden', day: 'Einen Tag', strictness: 'Wie neu die Daten sein müssen', strict: 'Streng: Zurückgezogenes fällt binnen einer Stunde auf', usual: 'Üblich: binnen eines Tages', relaxed: 'Locker: drei Tage, für Orte ohne Netz',
    way: 'Weg {count}', addWay: 'Weg hinzufügen', removeWay: 'Weg {count} entfernen', kind: 'Was verlangt wird', anyKind: 'Irgendein Gesundheitsnachweis', disease: 'Krankheit', anyDisease: 'Beliebig', vaccines: 'Impfstoffe', anyVaccine: 'Jeder Impfstoff dagegen', euVaccines: 'In der EU zugelassene',
    someVaccines: 'Nur bestimmte', addVaccine: 'Impfstoff hinzufügen', removeVaccine: '{name} entfernen', dose: 'Mindestens Dosis', complete: 'Alle Dosen der Impfserie', from: 'Vor mindestens', until: 'Vor höchstens', unit: 'Einheit', days: 'Tagen', hours: 'Stunden',
    tests: 'Arten von Test', result: 'Ergebnis', anyResult: 'Beliebig', age: 'Mindestalter', preview: 'Was die Person lesen wird', languages: 'In den anderen Sprachen', combine: 'Mit einer anderen Regel verbinden', otherRule: 'Andere Regel',
    either: 'Eine von beiden', both: 'Beide', twoRecords: 'Kein einzelner Nachweis kann beide Regeln erfüllen. Ein Pass beruht auf einem Nachweis: Verlangen Sie zwei Pässe.', tooMany: 'Das wären mehr als 32 Wege.',
    dropped: { one: '{count} Verbindung wurde weggelassen: Sie bräuchte zwei Nachweise.', other: '{count} Verbindungen wurden weggelassen: Sie bräuchten zwei Nachweise.' }, invalid: 'Weg {count} hat einen Wert, der nicht möglich ist.', save: 'Unterschreiben und speichern', noWay: 'Fügen Sie mindestens einen Weg hinzu.',
  },
  events: {
    title: 'Veranstaltungen', text: 'Ein Eintritt je Person, an beliebig vielen Einlässen. Über Personen wird nichts gespeichert.', create: 'Neue Veranstaltung', none: 'Es gibt noch keine Veranstaltung.', name: 'Name der Veranstaltung', nameHint: 'Ohne den Tag. Man liest ihn in der Wallet.',
    nameDay: 'Lassen Sie den Tag im Namen weg.', audience: 'Wer fragt', audienceHint: 'Man liest es in der Wallet.', rule: 'Regel', firstDay: 'Erster Tag', lastDay: 'Letzter Tag', dayWrong: 'Wählen Sie Tage ab heute, höchstens 31.', capacity: 'Wie viele Personen eintreten dürfen', missing: 'Bitte ausfüllen.',
    save: 'Veranstaltung anlegen', over: 'Vorbei', today: 'Heute', entered: { one: '{count} Person eingetreten', other: '{count} Personen eingetreten' }, of: 'von {capacity}', full: 'Die Veranstaltung ist voll.', doubles: { one: '{count} doppelter Eintritt', other: '{count} doppelte Eintritte' },
    doublesText: 'Jemand ist an zwei Einlässen eingetreten, während einer kein Netz hatte.', overTime: 'Eintritte im Verlauf', lanes: 'Einlässe', lane: 'Einlass', entries: 'Eintritte', heard: 'Zuletzt gehört', service: 'Über den Dienst', noLane: 'Noch hat sich kein Einlass gemeldet.', code: 'Code für Wallets: {event}',
    codeText: 'Am Eingang aufhängen. Man scannt ihn mit der Wallet und zeigt den Pass an einem Einlass.', start: 'Dieses Gerät zum Einlass machen', laneName: 'Name des Einlasses', laneHint: 'Zum Beispiel Eingang Nord', started: 'Dieses Gerät ist ein Einlass der Veranstaltung.',
    scan: 'Mit dem Scannen beginnen', stop: 'Kein Einlass mehr sein', stopSure: 'Was dieses Gerät von Eintritten weiß, wird gelöscht.', unsent: { one: '{count} Eintritt ist noch nicht gemeldet.', other: '{count} Eintritte sind noch nicht gemeldet.' },
    blind: 'Eintritte an anderen Einlässen seit {time} sind nicht bekannt.', blindAll: 'Eintritte an anderen Einlässen sind nicht bekannt.', inTouch: 'Die Einlässe sind in Verbindung.', letInTwice: 'Schon um {time} bei {lane} eingetreten', letInElsewhere: 'Schon anderswo eingetreten', fleeting: 'Dieser Browser speichert nichts: Nach einem Neuladen wäre vergessen, wer eingetreten ist.',
    remove: 'Veranstaltung löschen', removeSure: 'Diese Veranstaltung löschen?', removeText: 'Ihre Zahlen und alles, was Einlässe gemeldet haben, werden gelöscht.', sync: 'Jetzt melden',
  },
};
