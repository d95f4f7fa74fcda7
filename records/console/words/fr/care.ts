import type { Translation } from '#faces/words/words.ts';
import type { care as en } from '../en/care.ts';

export const care: Translation<typeof en> = {
  care: {
    referral: 'Adresser à un confrère', referralSays: 'C’est inscrit au dossier. Le portefeuille du patient propose de partager avec le confrère ; le patient décide.', order: 'Demander à un laboratoire', orderSays: 'C’est inscrit au dossier. Le portefeuille du patient propose de partager avec le laboratoire, qui y écrit le résultat.',
    colleague: 'À qui', colleagueHint: 'Nom d’un médecin ou d’un hôpital', laboratory: 'Laboratoire', laboratoryHint: 'Nom d’un laboratoire', tests: 'Examens', reason: 'Motif', question: 'Question', questionHint: 'Ce que vous voulez savoir', urgency: 'Urgence', urgencies: { routine: 'Normale', urgent: 'Urgente', asap: 'Dès que possible', stat: 'Immédiate' },
    refer: 'Signer et adresser', send: 'Signer et demander', referred: 'Adressé à {name}', ordered: 'Demandé à {name}', next: 'Le patient le trouve maintenant dans son portefeuille et peut partager avec {name}.', missing: { member: 'Choisissez dans l’annuaire', reason: 'Saisissez le motif', tests: 'Choisissez-en au moins un' },
  },
};
