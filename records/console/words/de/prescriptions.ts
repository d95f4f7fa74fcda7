import type { Translation } from '#faces/words/words.ts';
import type { prescriptions as en } from '../en/prescriptions.ts';

export const prescriptions: Translation<typeof en> = {
  prescribe: {
    lead: 'Es kommt in die Akte und in die Brieftasche der Person. Welche Apotheke sie auch wählt, sie gibt es jedes Mal nur einmal ab.', medicine: 'Medikament', medicineHint: 'Wirkstoff, Stärke und Form', code: 'Code', codeHint: 'Falls Sie einen haben', codeSystem: 'Codesystem', dosage: 'Wie es genommen wird', quantity: 'Menge', unit: 'Einheit', unitHint: 'Tabletten, Packungen, Milliliter',
    repeats: 'Wiederholungen', repeatsHint: 'Nach dem ersten Mal', until: 'Gültig bis', note: 'Für die Apotheke', send: 'Unterschreiben und verordnen', done: 'Verordnet', doneSays: 'Die Person hat es in der Brieftasche.', another: 'Noch etwas verordnen', missing: { medicine: 'Geben Sie das Medikament ein', dosage: 'Geben Sie ein, wie es genommen wird', until: 'Wählen Sie einen Tag innerhalb eines Jahres', quantity: 'Diese Zahl ist nicht möglich', unit: 'Geben Sie die Einheit ein' },
  },
  issued: {
    none: 'Sie haben noch nichts verordnet.', at: 'Verordnet {time}', until: 'gültig bis {date}', states: { unused: 'Nicht abgegeben', dispensed: 'Abgegeben', void: 'Zurückgezogen' }, use: 'Nr. {number}', withdraw: 'Zurückziehen', withdrawTitle: '{title} zurückziehen?', withdrawSays: 'Keine Apotheke gibt es mehr ab. Was abgegeben ist, bleibt abgegeben.', withdrawn: '{title} ist zurückgezogen',
  },
  counter: {
    lead: 'Die Person scannt den Code mit der Brieftasche und übergibt ein Rezept.', show: 'Einen Code zeigen', code: 'Code für die Brieftasche der Person', openWallet: 'Die Brieftasche auf diesem Gerät öffnen', waits: 'Warten auf die Person…', over: 'Der Code ist abgelaufen', next: 'Nächste Person',
    verified: 'Darf abgegeben werden', verifiedSays: 'Von jemandem unterschrieben, der verordnen darf, gültig, noch nicht benutzt. Geben Sie nichts heraus, bevor Sie abgegeben haben.', person: 'Für', born: 'geboren {date}', nameless: 'Die Person hat nicht gesagt, wer', prescriber: 'Verordnet von', use: 'Abgabe Nr. {number} von {all}', until: 'Gültig bis', dispense: 'Unterschreiben und abgeben', dispensing: 'Das Register nimmt es an…',
    dispensed: 'Abgegeben: jetzt herausgeben', written: 'Es steht in der Akte der Person.', given: 'Die Brieftasche der Person hat den Vermerk bekommen.', refused: 'Nicht herausgeben', unknown: 'Noch nichts herausgeben', unknownSays: 'Das Register antwortet nicht; niemand weiß, ob abgegeben wurde. Versuchen Sie es noch einmal.',
    reasons: {
      malformed: 'Das ist kein Rezept.', 'signature-invalid': 'Das hat niemand so unterschrieben: Es wurde verändert oder gefälscht.', 'prescriber-unknown': 'Wer das unterschrieben hat, darf nicht verordnen, oder nicht mehr.', 'not-yet': 'Es ist noch nicht gültig.', expired: 'Es ist abgelaufen.', 'use-unknown': 'Der Nachweis dieser Abgabe stimmt nicht.', void: 'Es wurde zurückgezogen.', 'already-dispensed': 'Es wurde schon abgegeben.',
    },
    tell: 'Der Person mitteilen', told: 'Die Person hat es erfahren.',
  },
};
