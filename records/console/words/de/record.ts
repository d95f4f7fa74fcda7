import type { Translation } from '#faces/words/words.ts';
import type { record as en } from '../en/record.ts';

export const record: Translation<typeof en> = {
  tabs: { summary: 'Überblick', timeline: 'Verlauf', write: 'Schreiben', refer: 'Überweisen oder beauftragen', prescribe: 'Verordnen', access: 'Zugriff' },
  sections: {
    '48765-2': 'Allergien', '11450-4': 'Probleme', '10160-0': 'Medikamente', '11369-6': 'Impfungen', '30954-2': 'Befunde', '47519-4': 'Eingriffe', '46264-8': 'Geräte', '8716-3': 'Vitalwerte', '18776-5': 'Pläne', '29762-2': 'Lebensumstände', '11348-0': 'Frühere Probleme', '10162-6': 'Schwangerschaften', '104605-1': 'Warnhinweise', '47420-5': 'Funktionszustand',
  },
  record: {
    purpose: 'Sie lesen für', purposeSays: 'Der Patient sieht diesen Zweck im Zugriffsprotokoll.', reading: 'Wird gelesen …', readAgain: 'Neu lesen', readAt: 'Gelesen um {time}', news: 'Es gibt etwas Neues.',
    empty: 'Hier ist nichts, was Sie sehen dürfen.', emptySection: 'Nichts hier; das heißt nicht, dass es nichts gibt', summarySays: 'Aus dem, was Sie lesen dürfen. Es kann weitere Einträge geben.', save: 'Als FHIR-Datei speichern', saveSays: 'Außerhalb dieser Seite ist die Datei nicht geschützt.',
    earlier: { one: '{count} früherer Wert', other: '{count} frühere Werte' },
    filter: { category: 'Art', all: 'Alle', from: 'Von', until: 'Bis', text: 'Suchen', textHint: 'Wörter oder ein Code', none: 'Nichts passt dazu.', shown: { one: '{count} Eintrag', other: '{count} Einträge' } },
  },
  item: {
    patient: 'Vom Patienten angegeben', patientSays: 'Der Patient hat dies hinzugefügt. Keine Fachperson hat es geprüft.', member: 'Unterschrieben von {name}', unknownMember: 'jemandem, der nicht im Verzeichnis steht', signed: 'Unterschrift geprüft', signedSays: 'Der Text ist genau der, der am {time} unterschrieben wurde.',
    waits: 'Wartet auf den Patienten', waitsSays: 'Der Patient lässt Sie dies lesen, aber seine Brieftasche hat Ihnen den Schlüssel dazu noch nicht gegeben. Sie tut es, wenn sie das nächste Mal geöffnet wird.', refused: 'Die Unterschrift ist falsch', refusedSays: 'Dies wurde verändert, oder jemand anderes hat es geschrieben. Verlassen Sie sich nicht darauf.', broken: 'Lässt sich nicht öffnen', brokenSays: 'Speicher oder Aktendienst haben etwas geliefert, das nicht passt. Nehmen Sie es nicht, als wäre hier nichts.', misfiled: 'Falsch abgelegt', misfiledSays: 'Wer dies schrieb, hat es unter einer anderen Kategorie oder einem anderen Tag abgelegt, als darin steht. Vielleicht ist es nicht für Sie bestimmt, darum wird es nicht gezeigt. Bitten Sie den Verfasser, es neu abzulegen.', original: 'Original (FHIR)', answer: 'Befund schreiben', gone: 'Dieser Eintrag ist nicht unter dem, was Sie gelesen haben.',
  },
  facts: {
    caution: 'Achtung', status: 'Status', clinicalStatus: 'Klinischer Status', verificationStatus: 'Sicherheit', severity: 'Schweregrad', date: 'Datum', code: 'Code', value: 'Wert', interpretation: 'Bewertung', dosage: 'Dosierung', reaction: 'Reaktion', criticality: 'Risiko', lot: 'Charge', dose: 'Dosis', reason: 'Grund', note: 'Anmerkung', text: 'Text', range: 'Referenzbereich', performer: 'Für', type: 'Art', onset: 'Seit', priority: 'Dringlichkeit', period: 'Zeitraum',
  },
};
