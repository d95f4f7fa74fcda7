import type { Translation } from '#faces/words/words.ts';
import type { prescriptions as en } from '../en/prescriptions.ts';

export const prescriptions: Translation<typeof en> = {
  prescribe: {
    lead: 'Elle va au dossier et dans le portefeuille de la personne. La pharmacie qu’elle choisit la délivre, une seule fois à chaque fois.', medicine: 'Médicament', medicineHint: 'Substance, dosage et forme', code: 'Code', codeHint: 'Si vous en avez un', codeSystem: 'Système de codes', dosage: 'Comment le prendre', quantity: 'Quantité', unit: 'Unité', unitHint: 'Comprimés, boîtes, millilitres',
    repeats: 'Renouvellements', repeatsHint: 'Après la première fois', until: 'Valable jusqu’au', note: 'Pour la pharmacie', send: 'Signer et prescrire', done: 'Prescrit', doneSays: 'La personne l’a dans son portefeuille.', another: 'Prescrire autre chose', missing: { medicine: 'Saisissez le médicament', dosage: 'Saisissez comment le prendre', until: 'Choisissez un jour d’ici un an', quantity: 'Ce nombre n’est pas possible', unit: 'Saisissez l’unité' },
  },
  issued: {
    none: 'Vous n’avez encore rien prescrit.', at: 'Prescrit {time}', until: 'valable jusqu’au {date}', states: { unused: 'Non délivrée', dispensed: 'Délivrée', void: 'Retirée' }, use: 'N° {number}', withdraw: 'Retirer', withdrawTitle: 'Retirer {title} ?', withdrawSays: 'Aucune pharmacie ne la délivre plus. Ce qui est délivré le reste.', withdrawn: '{title} est retiré',
  },
  counter: {
    lead: 'La personne scanne le code avec son portefeuille et remet une ordonnance.', show: 'Montrer un code', code: 'Code pour le portefeuille de la personne', openWallet: 'Ouvrir le portefeuille sur cet appareil', waits: 'En attente de la personne…', over: 'Le code a expiré', next: 'Personne suivante',
    verified: 'Peut être délivrée', verifiedSays: 'Signée par qui peut prescrire, valable, pas encore utilisée. Ne remettez rien avant d’avoir délivré.', person: 'Pour', born: 'né(e) le {date}', nameless: 'La personne n’a pas dit qui', prescriber: 'Prescrit par', use: 'Délivrance n° {number} sur {all}', until: 'Valable jusqu’au', dispense: 'Signer et délivrer', dispensing: 'Le registre l’enregistre…',
    dispensed: 'Délivrée : remettez-la', written: 'C’est inscrit au dossier de la personne.', given: 'Le portefeuille de la personne a reçu la note.', refused: 'Ne rien remettre', unknown: 'Ne rien remettre encore', unknownSays: 'Le registre ne répond pas ; nul ne sait si elle a été délivrée. Réessayez.',
    reasons: {
      malformed: 'Ce n’est pas une ordonnance.', 'signature-invalid': 'La personne qui prescrit n’a pas signé cela : c’est modifié ou contrefait.', 'prescriber-unknown': 'Qui l’a signée ne peut pas prescrire, ou ne le peut plus.', 'not-yet': 'Elle n’est pas encore valable.', expired: 'Elle a expiré.', 'use-unknown': 'La preuve de cette délivrance est fausse.', void: 'Elle a été retirée par qui l’a prescrite.', 'already-dispensed': 'Elle a déjà été délivrée.',
    },
    tell: 'Le dire à la personne', told: 'La personne en a été avertie.',
  },
};
