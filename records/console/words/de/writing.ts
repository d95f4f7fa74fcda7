import type { Translation } from '#faces/words/words.ts';
import type { writing as en } from '../en/writing.ts';

export const writing: Translation<typeof en> = {
  writing: {
    title: 'Was möchten Sie schreiben?', says: 'Es wird geprüft, mit Ihrem Schlüssel unterschrieben und für alle verschlüsselt, die der Patient es lesen lässt.', sign: 'Unterschreiben und schreiben', written: 'Geschrieben und unterschrieben.', another: 'Etwas anderes schreiben', toTimeline: 'Zum Verlauf', draft: 'Was Sie eingeben, bleibt verschlüsselt auf diesem Gerät, bis es geschrieben ist.', discard: 'Entwurf verwerfen',
    nothing: 'Geben Sie mindestens einen Wert ein', checked: 'Kein Fehler gefunden.', check: 'Prüfen', checking: 'Wird geprüft …', file: 'FHIR-Datei (JSON)', paste: 'Oder einfügen', resource: 'FHIR R4, eine Ressource oder ein Bundle', problems: { one: '{count} Fehler gefunden. Nichts wurde geschrieben.', other: '{count} Fehler gefunden. Nichts wurde geschrieben.' }, where: 'Zeile {line}', several: { one: '{count} Eintrag wird geschrieben', other: '{count} Einträge werden geschrieben' },
    left: { one: '{count} Eintrag ist von einer Art, die hier nicht geführt wird', other: '{count} Einträge sind von Arten, die hier nicht geführt werden' }, notJson: 'Das ist kein JSON',
  },
  kinds: {
    visit: { name: 'Besuch', says: 'Wann, wie und warum der Patient kam' }, note: { name: 'Notiz', says: 'Freier Text' }, condition: { name: 'Erkrankung', says: 'Eine Diagnose oder ein Problem' }, allergy: { name: 'Allergie', says: 'Eine Allergie oder Unverträglichkeit' }, medication: { name: 'Eingenommenes Medikament', says: 'Was der Patient nimmt, kein Rezept' },
    immunization: { name: 'Impfung', says: 'Eine verabreichte Impfung' }, result: { name: 'Laborbefund', says: 'Ein Wert mit seiner Einheit' }, vitals: { name: 'Vitalwerte', says: 'Blutdruck, Puls, Gewicht …' }, fhir: { name: 'FHIR', says: 'Eine Datei aus einem anderen System' },
  },
  fields: {
    visitClass: 'Wie', day: 'Datum', reason: 'Grund', title: 'Titel', text: 'Text', what: 'Was', codeSystem: 'Codesystem', code: 'Code', clinicalStatus: 'Klinischer Status', allergyStatus: 'Klinischer Status', certainty: 'Sicherheit', allergyCertainty: 'Sicherheit', severity: 'Schweregrad', onset: 'Seit', allergyType: 'Art', allergyCategory: 'Gegen', criticality: 'Risiko',
    reaction: 'Reaktion', reactionSeverity: 'Schwere der Reaktion', medicationStatus: 'Status', dosage: 'Dosierung', since: 'Seit', vaccine: 'Impfstoff', lot: 'Charge', dose: 'Dosis', test: 'Untersuchung', value: 'Wert', interpretation: 'Bewertung', systolic: 'Systolischer Blutdruck', diastolic: 'Diastolischer Blutdruck', pulse: 'Puls', temperature: 'Temperatur',
    oxygen: 'Sauerstoffsättigung', breathing: 'Atemfrequenz', weight: 'Gewicht', height: 'Größe', sensitivity: 'Besonders sensibel',
  },
  hints: { sensitivity: 'Dann lesen es nur die, denen der Patient sensible Einträge gibt.', code: 'Wie das Codesystem ihn schreibt', unit: 'in {unit}' },
  faults: { missing: 'Füllen Sie dies aus', future: 'Das liegt in der Zukunft', number: 'Diese Zahl ist nicht möglich', long: 'Das ist zu lang', code: 'Das ist kein Code' },
  choices: {
    visitClass: { AMB: 'In der Praxis', VR: 'Per Video oder Telefon', HH: 'Zu Hause', IMP: 'Im Krankenhaus', EMER: 'Notfall' },
    clinicalStatus: { active: 'Aktiv', recurrence: 'Wiederkehrend', relapse: 'Rückfall', inactive: 'Inaktiv', remission: 'In Remission', resolved: 'Abgeklungen' },
    certainty: { confirmed: 'Gesichert', provisional: 'Vorläufig', differential: 'Differenzialdiagnose', unconfirmed: 'Nicht gesichert', refuted: 'Ausgeschlossen' },
    allergyStatus: { active: 'Aktiv', inactive: 'Inaktiv', resolved: 'Abgeklungen' },
    allergyCertainty: { confirmed: 'Gesichert', unconfirmed: 'Nicht gesichert', refuted: 'Ausgeschlossen' },
    allergyType: { allergy: 'Allergie', intolerance: 'Unverträglichkeit' },
    allergyCategory: { food: 'Nahrungsmittel', medication: 'Medikament', environment: 'Umwelt', biologic: 'Biologischer Stoff' },
    criticality: { low: 'Gering', high: 'Hoch', 'unable-to-assess': 'Nicht zu beurteilen' },
    reactionSeverity: { mild: 'Leicht', moderate: 'Mittel', severe: 'Schwer' },
    severity: { mild: 'Leicht', moderate: 'Mittel', severe: 'Schwer' },
    medicationStatus: { active: 'Wird genommen', intended: 'Geplant', 'on-hold': 'Pausiert', completed: 'Beendet', stopped: 'Abgesetzt', 'not-taken': 'Nicht genommen', unknown: 'Unbekannt' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'ICD-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'Hämoglobin', leukocytes: 'Leukozyten', platelets: 'Thrombozyten', glucose: 'Glukose', hba1c: 'HbA1c', creatinine: 'Kreatinin', egfr: 'Nierenfunktion (eGFR)', sodium: 'Natrium', potassium: 'Kalium', alt: 'ALT', cholesterol: 'Cholesterin', ldl: 'LDL-Cholesterin', hdl: 'HDL-Cholesterin', triglycerides: 'Triglyzeride', crp: 'C-reaktives Protein (CRP)', tsh: 'TSH',
    },
    interpretation: { N: 'Normal', H: 'Erhöht', L: 'Erniedrigt', HH: 'Kritisch erhöht', LL: 'Kritisch erniedrigt', A: 'Auffällig' },
    sensitivity: { PSY: 'Psychiatrie', SUD: 'Sucht', SEX: 'Sexuelle Gesundheit', HIV: 'HIV', GDIS: 'Genetik' },
  },
};
