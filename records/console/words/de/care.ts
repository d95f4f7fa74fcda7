import type { Translation } from '#faces/words/words.ts';
import type { care as en } from '../en/care.ts';

export const care: Translation<typeof en> = {
  care: {
    referral: 'An Kollegen überweisen', referralSays: 'Es wird in die Akte geschrieben. Die Brieftasche des Patienten bietet an, mit dem Kollegen zu teilen; der Patient entscheidet.', order: 'Beim Labor beauftragen', orderSays: 'Es wird in die Akte geschrieben. Die Brieftasche des Patienten bietet an, mit dem Labor zu teilen, das den Befund zurückschreibt.',
    colleague: 'An wen', colleagueHint: 'Name eines Arztes oder Krankenhauses', laboratory: 'Labor', laboratoryHint: 'Name eines Labors', tests: 'Untersuchungen', reason: 'Grund', question: 'Frage', questionHint: 'Was Sie wissen möchten', urgency: 'Dringlichkeit', urgencies: { routine: 'Normal', urgent: 'Dringend', asap: 'So bald wie möglich', stat: 'Sofort' },
    refer: 'Unterschreiben und überweisen', send: 'Unterschreiben und beauftragen', referred: 'Überwiesen an {name}', ordered: 'Beauftragt bei {name}', next: 'Der Patient findet es jetzt in der Brieftasche und kann mit {name} teilen.', missing: { member: 'Wählen Sie aus dem Verzeichnis', reason: 'Geben Sie den Grund ein', tests: 'Wählen Sie mindestens eine' },
  },
};
