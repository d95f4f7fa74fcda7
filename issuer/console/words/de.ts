import type { Words } from './index.ts';

export const de: Words = {
  name: 'healthpass Konsole',
  menu: 'Bereiche', all: 'Alle', more: 'Mehr zeigen', copy: 'Kopieren', actions: 'Aktionen', family: 'Nachname', given: 'Vornamen', birthDate: 'Geburtsdatum',
  records: 'Patientenakten',
  places: {
    visit: 'Nach dem Besuch', import: 'Importieren', offers: 'Angebote', register: 'Zertifikate', patients: 'Patienten', dashboard: 'Überblick', staff: 'Personal und Programme', audit: 'Protokoll',
    keys: 'Schlüssel und Zulassung', network: 'Anbieter im Netz', account: 'Mein Konto',
  },
  problems: { notHere: 'Hier ist nichts.', invalid: 'Etwas daran ist nicht möglich. Prüfen Sie Ihre Eingaben.' },
  visit: {
    title: 'Nach dem Besuch', kind: 'Art', patient: 'Patient', patientHint: 'Name oder Geburtsdatum. Wer neu ist, kommt durch Eintippen des Namens hinzu.', born: 'geboren {date}', nameless: 'Ohne Namen', known: { one: '{count} Zertifikat', other: '{count} Zertifikate' },
    addPatient: '{name} neu aufnehmen', newPatient: 'Neuer Patient', vaccine: 'Impfstoff', lot: 'Charge', expires: 'Haltbar bis {date}', dose: 'Dosis', series: 'Dosen insgesamt', date: 'Datum', test: 'Test', result: 'Ergebnis',
    sampled: 'Probe entnommen am', time: 'Uhrzeit', disease: 'Krankheit', firstPositive: 'Erster positiver Test am', more: 'Ort und Land', performer: 'Durchgeführt von', country: 'Land', issue: 'Ausstellen', clear: 'Neu beginnen',
    preview: 'Im Zertifikat wird stehen', doseOf: 'Dosis {dose} von {series}', doseAlone: 'Dosis {dose}', scan: 'Packung scannen', scanning: 'Halten Sie den Code der Packung vor die Kamera.', scanNothing: 'Das ist nicht der Code einer Packung.', noCamera: 'Die Kamera geht nicht. Erlauben Sie sie im Browser, oder tippen Sie die Charge ein.',
    missing: { patient: 'Wählen Sie den Patienten', family: 'Geben Sie den Nachnamen ein', given: 'Geben Sie die Vornamen ein', birthDate: 'Geben Sie das Geburtsdatum ein', product: 'Wählen Sie den Impfstoff', test: 'Wählen Sie den Test', disease: 'Wählen Sie die Krankheit', result: 'Wählen Sie das Ergebnis', date: 'Geben Sie das Datum ein' },
    faults: { missing: 'Füllen Sie dies aus', future: 'Das Datum liegt in der Zukunft', beforeBirth: 'Das Datum liegt vor der Geburt', dose: 'Geben Sie eine Zahl von 1 bis 255 ein', expired: 'Diese Charge war an dem Tag abgelaufen' },
  },
  handout: {
    title: 'Bereit für den Patienten', code: 'Code für das Telefon des Patienten', pin: 'PIN', progress: 'Was der Patient getan hat', until: 'Der Code gilt bis {time}.', print: 'Code drucken', printPin: 'PIN drucken', paper: 'Zertifikat auf Papier drucken', copyLink: 'Link kopieren',
    reissue: 'Neuer Code, neue PIN', next: 'Nächster Patient', refused: { one: '{count} Eintrag ließ sich nicht bescheinigen.', other: '{count} Einträge ließen sich nicht bescheinigen.' },
    steps: { created: 'Gezeigt', fetched: 'Gescannt', redeemed: 'PIN eingegeben', accepted: 'In der Brieftasche' },
    states: { created: 'Wartet darauf, gescannt zu werden', fetched: 'Gescannt, wartet auf die PIN', redeemed: 'Wird hinzugefügt', accepted: 'In der Brieftasche', failed: 'Die Brieftasche konnte es nicht hinzufügen', deleted: 'Der Patient hat es gelöscht', cancelled: 'Zurückgezogen', locked: 'Gesperrt: zu oft die falsche PIN', expired: 'Abgelaufen' },
  },
  sheet: {
    title: 'Ihr Gesundheitszertifikat', paper: 'Gesundheitszertifikat auf Papier', paperSays: 'Zeigen Sie es zusammen mit Pass oder Ausweis. Bewahren Sie es wie ein Dokument auf: Wer den Code liest, sieht, was darin steht.', validUntil: 'Gültig bis {date}', until: 'Benutzen Sie diesen Code bis {date}. Er geht einmal.',
    pinSays: 'Ihre PIN', pinApart: 'Bewahren Sie diesen Zettel getrennt vom Blatt mit dem Code auf.', steps: { one: 'Öffnen Sie Ihre Brieftaschen-App.', two: 'Wählen Sie „Zertifikat hinzufügen“ und scannen Sie diesen Code.', three: 'Geben Sie die PIN ein, die Sie getrennt von diesem Blatt bekommen haben.' },
  },
  statuses: { valid: 'Gültig', suspended: 'Ausgesetzt', revoked: 'Widerrufen', expired: 'Abgelaufen', waiting: 'Noch nicht abgeholt', unknown: 'Unbekannt' },
  pending: { revoke: 'wird widerrufen', suspend: 'wird ausgesetzt', reinstate: 'wird wieder gültig' },
  changeStates: { pending: 'Unterwegs', done: 'Erledigt', refused: 'Abgelehnt' },
  status: {
    reason: 'Grund', note: 'Notiz', noteHint: 'Für Kollegen. Sie wird versiegelt aufbewahrt und mit dem Patienten gelöscht.', writing: 'Wird ins Register geschrieben. Das kann eine Minute dauern; Sie dürfen dies schließen, es geht weiter.',
    revoke: { verb: 'Widerrufen', done: 'Widerrufen', act: { one: '{count} Zertifikat widerrufen', other: '{count} Zertifikate widerrufen' }, says: 'Das lässt sich nicht rückgängig machen. Das Zertifikat muss neu ausgestellt werden.' },
    suspend: { verb: 'Aussetzen', done: 'Ausgesetzt', act: { one: '{count} Zertifikat aussetzen', other: '{count} Zertifikate aussetzen' }, says: 'Prüfungen lehnen es ab, bis es wieder gültig wird.' },
    reinstate: { verb: 'Wieder gültig machen', done: 'Wieder gültig', act: { one: '{count} Zertifikat wieder gültig machen', other: '{count} Zertifikate wieder gültig machen' }, says: 'Prüfungen nehmen es wieder an.' },
  },
  reasons: {
    'issued-in-error': 'Irrtümlich ausgestellt', 'data-wrong': 'Etwas darin ist falsch', superseded: 'Durch ein anderes ersetzt', 'holder-request': 'Der Patient bat darum', fraud: 'Betrug', 'key-compromise': 'Ein Schlüssel kam in falsche Hände', 'under-review': 'Es wird geprüft', 'review-closed': 'Es wurde geprüft', unspecified: 'Kein Grund genannt',
  },
  register: {
    search: 'Nach Name, Charge oder Nummer suchen', status: 'Status', person: 'Patient', what: 'Was', recorded: 'Erfasst', choose: 'Auswählen', chooseOne: '{name} auswählen', erased: 'Gelöscht', erasedSays: 'Die Person wurde gelöscht, oder Sie dürfen den Inhalt nicht sehen. Widerrufen lässt es sich weiter über die Nummer.',
    export: 'Als CSV speichern', recall: 'Charge zurückrufen', recallSays: 'Alle Zertifikate dieser Charge werden zuerst gesucht und geprüft. Nichts ändert sich, bevor Sie es starten.', recallAct: 'Zertifikate suchen', recallHow: 'Was soll mit ihnen geschehen?', searching: 'Suche läuft …', total: { one: '{count} Zertifikat', other: '{count} Zertifikate' },
    shown: { one: '{count} gezeigt', other: '{count} gezeigt' }, nothing: 'Kein Zertifikat passt dazu.', empty: 'Es wurde noch nichts ausgestellt.', emptySays: 'Das erste Zertifikat ausstellen', chosenRegion: 'Ausgewählte Zertifikate', chosen: { one: '{count} ausgewählt', other: '{count} ausgewählt' }, clear: 'Auswahl aufheben', one: 'Zertifikat', when: 'Wann',
    validUntil: 'Gültig bis', copies: 'Kopien', number: 'Nummer', history: 'Verlauf', toPatient: 'Alle Zertifikate dieses Patienten', toOffers: 'Es wurde noch nicht abgeholt. Unter den Angeboten lässt es sich zurückziehen oder neu ausgeben.',
  },
  offers: { all: 'Auch beendete', open: { one: '{count} Angebot wartet auf seinen Patienten', other: '{count} Angebote warten auf ihre Patienten' }, empty: 'Kein Angebot wartet.', cancel: 'Angebot zurückziehen' },
  patients: {
    search: 'Patienten suchen', searchHint: 'Mindestens drei Buchstaben des Namens', nothing: 'Kein Patient passt dazu.', empty: 'Es gibt noch keine Patienten.', shown: { one: '{count} Patient', other: '{count} Patienten' }, since: 'Seit', one: 'Patient', erase: 'Diese Person löschen', eraseTitle: '{name} endgültig löschen?',
    eraseSays: 'Name, Geburtsdatum und alles Erfasste verschwinden endgültig, hier und in jeder Sicherung. Zertifikate, die die Person hat, bleiben gültig; widerrufen Sie sie vorher, wenn sie es nicht sollen.', eraseCount: { one: 'Ein Zertifikat ist betroffen.', other: '{count} Zertifikate sind betroffen.' }, eraseSure: 'Ich weiß, dass sich das nicht rückgängig machen lässt',
  },
  import: {
    what: 'Was haben Sie?', record: 'Einen Datensatz', recordHint: 'FHIR R4, von einem Patienten', file: 'Eine Datei mit vielen Personen', fileHint: 'CSV, oder FHIR als NDJSON oder Bundle', fhirFile: 'FHIR-Datei', paste: 'Oder hier einfügen', several: 'Geht es um mehrere Personen? Importieren Sie es als Datei mit vielen Personen.',
    rowsFile: 'Datei', rowsHint: 'UTF-8, höchstens 500 MB. Sie lässt sich auch hierher ziehen.', noHeader: 'Die Datei hat keine Zeile mit den Namen der Spalten.', mapping: 'Was die Spalten bedeuten', means: 'Spalte {name} bedeutet', ignored: 'Nicht benutzt', dates: 'Daten sehen aus wie', pin: 'Jeder bekommt eine PIN, getrennt vom Code', again: 'Auch ausstellen, was eine frühere Datei ausgestellt hat',
    needs: { date: 'Sagen Sie, welche Spalte das Datum ist.', what: 'Sagen Sie, welche Spalte Impfstoff, Test oder Krankheit ist.' }, dryRun: 'Jede Zeile wird zuerst geprüft. Nichts wird ausgestellt, bevor Sie starten.', check: 'Datei prüfen', sending: 'Die Datei wird gesendet …',
  },
  columns: {
    id: 'Ihre eigene Nummer', kind: 'Art', family: 'Nachname', given: 'Vornamen', birthDate: 'Geburtsdatum', product: 'Impfstoff', dose: 'Dosis', doses: 'Dosen insgesamt', date: 'Datum des Ereignisses', lot: 'Charge', performer: 'Durchgeführt von', country: 'Land', disease: 'Krankheit', test: 'Test', result: 'Ergebnis', commitment: 'Bindung an den Inhaber', keyX: 'Schlüssel des Inhabers, x', keyY: 'Schlüssel des Inhabers, y',
  },
  campaign: {
    list: 'Bisherige Dateien', none: 'Es wurde noch keine Datei importiert.', title: 'Import einer Datei', kinds: { issue: 'Zertifikate ausstellen', revoke: 'Zertifikate widerrufen', suspend: 'Zertifikate aussetzen', reinstate: 'Zertifikate wieder gültig machen' },
    states: { uploading: 'Wird gesendet', checking: 'Wird geprüft', draft: 'Geprüft: kann starten', running: 'Läuft', paused: 'Angehalten', done: 'Fertig', cancelled: 'Abgebrochen' }, total: 'Zeilen', ready: 'Bereit', done: 'Erledigt', refused: 'Abgelehnt', checking: '{done} von {total} Zeilen geprüft', progress: '{done} von {total} Zeilen erledigt', eta: 'fertig um {time}',
    sameAs: 'Dieselbe Datei wurde schon einmal importiert.', earlier: 'Diesen Import zeigen', report: 'Bericht (CSV)', pins: 'PINs (CSV, einmal)', row: 'Zeile', field: 'Feld', why: 'Warum', moreRows: { one: '{count} weitere Zeile steht im Bericht.', other: '{count} weitere Zeilen stehen im Bericht.' },
    actions: { start: 'Starten', pause: 'Anhalten', resume: 'Weitermachen', cancel: 'Rest abbrechen', erase: 'Inhalt der Zeilen vergessen' },
    asks: {
      start: { title: { one: 'Mit {count} Zeile starten?', other: 'Mit {count} Zeilen starten?' }, says: 'Es lässt sich anhalten. Was erledigt ist, bleibt.' },
      cancel: { title: 'Abbrechen, was nicht erledigt ist?', says: 'Das beendet den Import endgültig. Was erledigt ist, bleibt.' },
      erase: { title: 'Inhalt der Zeilen vergessen?', says: 'Ihre eigenen Nummern, Links und PINs werden gelöscht. Die Zertifikate bleiben im Register.' },
    },
  },
  dashboard: {
    span: 'Zeitraum', spans: { day: '24 Stunden', month: '30 Tage', year: 'Ein Jahr' }, issued: 'Ausgestellt', revoked: 'Widerrufen', suspended: 'Ausgesetzt', outstanding: 'Wartende Angebote', patients: 'Patienten', changes: 'Widerrufen und ausgesetzt', chain: 'Register auf der Kette', lag: 'Neuester Block', stands: 'sie steht still', block: 'Block', final: 'endgültig: {block}', waiting: 'Noch zu schreiben', writer: 'Schreiber',
    trouble: 'Ins Register lässt sich zurzeit nichts schreiben', slow: { one: '{count} Änderung wartet länger als üblich auf das Register.', other: '{count} Änderungen warten länger als üblich auf das Register.' }, empty: 'Es wurde noch nichts ausgestellt. Was Sie ausstellen, erscheint hier.', noData: 'Keine Zahlen', asTable: '{name} als Tabelle',
  },
  writers: { writing: 'schreibt', 'standing by': 'ein anderer Prozess schreibt', stopped: 'angehalten' },
  standings: { accredited: 'Zugelassen', active: 'Zugelassen', suspended: 'Ausgesetzt', removed: 'Entfernt', unknown: 'Unbekannt' },
  keys: {
    accreditation: 'Zulassung', name: 'Name', accreditedBy: 'Zugelassen von', notAccredited: 'Dieser Anbieter ist nicht zugelassen. Es kann nichts ausgestellt werden.', account: 'Konto', balance: 'Guthaben', writes: { one: 'genug für {count} Eintrag', other: 'genug für {count} Einträge' }, lowGas: { one: 'Das Konto reicht nur noch für {count} Eintrag. Überweisen Sie Ether.', other: 'Das Konto reicht nur noch für {count} Einträge. Überweisen Sie Ether.' },
    notOnChain: 'Das Register kennt den benutzten Schlüssel nicht. Damit gemachte Pässe werden abgelehnt.', lists: 'Statuslisten', list: 'Liste {id}', blocked: { one: '{count} gesperrt', other: '{count} gesperrt' }, keys: 'Schlüssel', key: 'Schlüssel', type: 'Wofür', passes: 'Pässe', current: 'In Gebrauch', former: 'Früherer', missing: 'Nicht im Register',
    anchors: { one: '{count} Anker', other: '{count} Anker' }, unanchored: { one: '{count} Unterschrift ist noch nicht verankert', other: '{count} Unterschriften sind noch nicht verankert' }, anchor: 'Jetzt verankern',
  },
  rotation: {
    title: 'Neue Schlüssel', says: 'Geben Sie sich von Zeit zu Zeit neue Schlüssel, und sofort, wenn ein alter in falschen Händen sein könnte. Zertifikate der Patienten bleiben gültig.', which: 'Welche Schlüssel?',
    keys: { did: { label: 'Schlüssel der Zertifikate', hint: 'Sieben Tage lang können Sie zu den alten zurück.' }, claims: { label: 'Schlüssel der Pässe', hint: 'Alles Gültige wird neu unterschrieben. Nach dem Umschalten kommt der alte nicht zurück.' }, all: { label: 'Beide', hint: 'Der Schlüssel der Pässe kommt nicht zurück.' } },
    work: { one: '{count} Zertifikat wird neu unterschrieben.', other: '{count} Zertifikate werden neu unterschrieben.' }, prepare: 'Vorbereiten', prepareSays: 'Noch ändert sich nichts, und es lässt sich verwerfen.', stages: { prepared: 'Vorbereitet', switched: 'Umgeschaltet', confirmed: 'Bestätigt' },
    now: {
      preparing: 'Die neuen Schlüssel werden vorbereitet.', prepared: 'Die neuen Schlüssel sind bereit, und niemand sieht sie bisher.', switching: 'Wird umgeschaltet. Das dauert einige Blöcke der Kette.', switched: 'Die neuen Schlüssel sind in Gebrauch. Die alten stehen noch in der Liste.', confirming: 'Die alten Schlüssel werden entfernt.', 'going-back': 'Es geht zurück.',
    },
    backUntil: 'Zurück können Sie bis {date}.',
    steps: { switch: { act: 'Auf die neuen Schlüssel umschalten', says: 'Von jetzt an wird alles mit den neuen Schlüsseln unterschrieben.' }, confirm: { act: 'Neue Schlüssel bestätigen', says: 'Die alten Schlüssel werden entfernt. Danach gibt es kein Zurück.' }, back: { act: 'Zurück' } },
    claimsForGood: 'Das Register nimmt einen Schlüssel der Pässe nur einmal: Nach dem Umschalten kommt der alte nicht zurück.', backNothing: 'Die vorbereiteten Schlüssel werden verworfen, und nichts ist geschehen.', backKeys: 'Die alten Schlüssel der Zertifikate sind wieder in Gebrauch.', backDocument: 'Die alten Schlüssel der Zertifikate sind wieder in Gebrauch. Der Schlüssel der Pässe bleibt der neue.',
  },
  network: {
    accredit: 'Anbieter zulassen', accreditSays: 'Der Anbieter schickt Ihnen eine Datei, die sein Dienst beim ersten Start geschrieben hat ({file}). Vergleichen Sie sein Konto vorher auf anderem Weg mit ihm.', requestFile: 'Datei des Anbieters', notJson: 'Das ist keine solche Datei', lists: 'Statuslisten', listsTitle: 'Statuslisten für {name}', listsAct: 'Listen hinzufügen', listsHint: 'Von 1 bis 16; jede hat Platz für eine Million Zertifikate', own: 'dieser Dienst', ownSays: 'Das ist der Dienst, mit dem Sie arbeiten: Danach kann er nichts ausstellen.', pays: 'Konto des Netzes', done: 'Was getan wurde', none: 'Noch nichts.',
    acts: {
      suspend: { act: 'Aussetzen', title: '{name} aussetzen?', says: 'Alles von diesem Anbieter wird abgelehnt, bis er wieder eingesetzt ist.' }, reinstate: { act: 'Wieder einsetzen', title: '{name} wieder einsetzen?', says: 'Was dieser Anbieter ausgestellt hat, wird wieder angenommen.' }, remove: { act: 'Entfernen', title: '{name} endgültig entfernen?', says: 'Alles von diesem Anbieter wird endgültig abgelehnt. Das lässt sich nicht rückgängig machen.' },
    },
    actions: { accredit: 'Zugelassen', suspend: 'Ausgesetzt', reinstate: 'Wieder eingesetzt', remove: 'Entfernt', 'assign-lists': 'Listen hinzugefügt' },
    reasons: { 'accreditation-lapsed': 'Die Zulassung ist abgelaufen', misconduct: 'Fehlverhalten', 'key-compromise': 'Ein Schlüssel kam in falsche Hände', 'issuer-request': 'Der Anbieter bat darum', 'under-review': 'Es wird geprüft', 'review-closed': 'Es wurde geprüft', ceased: 'Den Anbieter gibt es nicht mehr', unspecified: 'Kein Grund genannt' },
  },
  roles: { clinician: { name: 'Behandelnde', may: 'Stellt Zertifikate aus und ändert ihren Status' }, admin: { name: 'Verwaltung', may: 'Kümmert sich um Personal, Schlüssel und Protokoll; löscht Personen' }, verifier: { name: 'Prüfer', may: 'Fragt am Schalter nach Pässen' }, operator: { name: 'Betreiber des Netzes', may: 'Lässt Anbieter zu, setzt sie aus, entfernt sie' } },
  staffing: {
    invite: 'Jemanden einladen', invited: 'Einladung', invitedSays: 'Geben Sie der Person diesen Link auf einem Weg, dem Sie trauen. Er geht einmal, drei Tage lang, und wird nicht wieder gezeigt.', name: 'Name', nameHint: 'Wie Kollegen die Person kennen', roles: 'Rollen', rolesOf: 'Rollen von {name}', setRoles: 'Rollen ändern', rolesSays: 'Die Sitzungen der Person enden, und sie meldet sich neu an.', you: 'Sie', again: 'Neue Einladung',
    states: { invited: 'Eingeladen', active: 'Aktiv', suspended: 'Gesperrt' },
    acts: { suspend: { title: '{name} sperren?', says: 'Die Person wird sofort abgemeldet und kann sich nicht anmelden.', act: 'Sperren' }, reinstate: { title: '{name} wieder zulassen?', says: 'Die Person kann sich wieder anmelden.', act: 'Wieder zulassen' }, again: { title: '{name} neu einladen?', says: 'Für alle, die Passkey oder Einladung verloren haben.', act: 'Neue Einladung' } },
  },
  clients: {
    title: 'Programme', says: 'Andere Software, die für Ihre Organisation handelt, etwa ein Laborsystem.', add: 'Programm hinzufügen', secret: 'Geheimnis', id: 'Kennung', once: 'Beides ist für das Programm. Das Geheimnis wird nicht wieder gezeigt.', none: 'Es gibt keine Programme.', may: 'Darf', ended: 'Beendet', newSecret: 'Neues Geheimnis', remove: 'Beenden',
    asks: { secret: { title: '{name} ein neues Geheimnis geben?', says: 'Das bisherige gilt noch eine Stunde.' }, remove: { title: '{name} beenden?', says: 'Es kann von jetzt an nichts mehr tun.' } },
  },
  permissions: {
    'credentials:issue': 'Zertifikate ausstellen', 'credentials:read': 'Register sehen', 'credentials:status': 'Widerrufen und aussetzen', 'offers:write': 'Angebote machen', 'campaigns:write': 'Dateien importieren', 'patients:read': 'Patienten sehen', 'patients:write': 'Patienten aufnehmen', 'presentations:request': 'Nach Pässen fragen', 'anchors:write': 'Verankern', 'audit:read': 'Protokoll sehen',
  },
  account: { passkeys: 'Meine Passkeys', oneOnly: 'Sie haben nur einen Passkey. Fügen Sie auf einem zweiten Gerät einen hinzu, damit ein Verlust Sie nicht aussperrt.', passkey: 'Passkey {number}', used: 'benutzt', add: 'Passkey hinzufügen', remove: 'Entfernen', sessions: 'Wo ich angemeldet bin', thisOne: 'hier', end: 'Beenden', page: 'Diese Seite', singleKeys: 'Einzelne Tasten als Kürzel', singleKeysHint: 'Schalten Sie sie aus, wenn Sie Spracheingabe benutzen.' },
  audit: { action: 'Was', actionHint: 'Zum Beispiel {example}', target: 'Woran', time: 'Wann', actor: 'Wer', detail: 'Einzelheiten', none: 'Kein Eintrag passt dazu.', check: 'Protokoll prüfen', checkSays: 'Ob jemand Einträge geändert oder entfernt hat.', intact: { one: 'Das Protokoll ist unversehrt: {count} Eintrag.', other: 'Das Protokoll ist unversehrt: {count} Einträge.' }, head: 'Bewahren Sie diese Zeile anderswo auf: Später verglichen, zeigt sie, ob das ganze Protokoll neu geschrieben wurde.', broken: 'Das Protokoll wurde bei Eintrag {entry} verändert. Sagen Sie es dem Betreiber des Dienstes.', kinds: { staff: 'Personal', client: 'Programm', operator: 'Betreiber', nobody: 'Niemand' } },
  palette: { title: 'Öffnen, suchen', label: 'Bereich, Patient oder Nummer' },
  keysHelp: { title: 'Tasten', search: 'Suchen', move: 'Nächste und vorige Zeile', open: 'Öffnen', choose: 'Zeile auswählen', clear: 'Auswahl aufheben' },
};
