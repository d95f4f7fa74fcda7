import type { Translation } from '#faces/words/words.ts';
import type { record as en } from '../en/record.ts';

export const record: Translation<typeof en> = {
  tabs: { summary: 'Résumé', timeline: 'Chronologie', write: 'Écrire', refer: 'Adresser ou demander', prescribe: 'Prescrire', access: 'Accès' },
  sections: {
    '48765-2': 'Allergies', '11450-4': 'Problèmes', '10160-0': 'Médicaments', '11369-6': 'Vaccinations', '30954-2': 'Résultats', '47519-4': 'Interventions', '46264-8': 'Dispositifs', '8716-3': 'Signes vitaux', '18776-5': 'Plans', '29762-2': 'Contexte de vie', '11348-0': 'Problèmes passés', '10162-6': 'Grossesses', '104605-1': 'Alertes', '47420-5': 'État fonctionnel',
  },
  record: {
    purpose: 'Vous lisez pour', purposeSays: 'Le patient voit ce motif dans le relevé des accès.', reading: 'Lecture…', readAgain: 'Relire', readAt: 'Lu à {time}', news: 'Il y a du nouveau.',
    empty: 'Il n’y a rien que vous puissiez voir.', emptySection: 'Rien ici, ce qui ne veut pas dire qu’il n’y a rien', summarySays: 'Fait de ce que vous pouvez lire. Il peut y avoir d’autres éléments.', save: 'Enregistrer en fichier FHIR', saveSays: 'Hors de cette page, le fichier n’est pas protégé.',
    earlier: { one: '{count} valeur antérieure', many: '{count} valeurs antérieures', other: '{count} valeurs antérieures' },
    filter: { category: 'Genre', all: 'Tous', from: 'Du', until: 'Au', text: 'Chercher', textHint: 'Des mots ou un code', none: 'Rien ne correspond.', shown: { one: '{count} élément', many: '{count} éléments', other: '{count} éléments' } },
  },
  item: {
    patient: 'Indiqué par le patient', patientSays: 'Le patient l’a ajouté. Aucun professionnel ne l’a vérifié.', member: 'Signé par {name}', unknownMember: 'quelqu’un qui n’est pas dans l’annuaire', signed: 'Signature vérifiée', signedSays: 'Le texte est exactement celui qui a été signé le {time}.',
    waits: 'Attend le patient', waitsSays: 'Le patient vous laisse lire ceci, mais son portefeuille ne vous en a pas encore remis la clé. Il le fera à sa prochaine ouverture.', refused: 'La signature est fausse', refusedSays: 'Ceci a été modifié, ou quelqu’un d’autre l’a écrit. Ne vous y fiez pas.', broken: 'Ne peut pas être ouvert', brokenSays: 'Le stockage ou le service a donné quelque chose qui ne convient pas. Ne faites pas comme s’il n’y avait rien ici.', misfiled: 'Classé comme autre chose', misfiledSays: 'La personne qui l’a écrit l’a classé dans une autre catégorie ou à un autre jour que ce qu’il dit. Il ne vous est peut-être pas destiné, il n’est donc pas affiché. Demandez à son auteur de le classer à nouveau.', original: 'Original (FHIR)', answer: 'Écrire le résultat', gone: 'Cet élément n’est pas parmi ce que vous avez lu.',
  },
  facts: {
    caution: 'Attention', status: 'État', clinicalStatus: 'État clinique', verificationStatus: 'Certitude', severity: 'Gravité', date: 'Date', code: 'Code', value: 'Valeur', interpretation: 'Interprétation', dosage: 'Posologie', reaction: 'Réaction', criticality: 'Risque', lot: 'Lot', dose: 'Dose', reason: 'Motif', note: 'Note', text: 'Texte', range: 'Valeurs de référence', performer: 'Pour', type: 'Type', onset: 'Depuis', priority: 'Urgence', period: 'Période',
  },
};
