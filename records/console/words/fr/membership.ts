import type { Translation } from '#faces/words/words.ts';
import type { membership as en } from '../en/membership.ts';

export const membership: Translation<typeof en> = {
  signIn: { signing: 'Connexion…', failed: 'Vous n’êtes pas connecté', anonymous: 'Pas encore inscrit' },
  apply: {
    title: 'S’inscrire', lead: 'Dites qui vous êtes. L’organisme qui inscrit votre profession vérifie et décide. D’ici là, vous ne voyez rien d’aucun patient.', again: 'Demander à nouveau', role: 'Vous êtes',
    hints: {
      doctor: 'Lit et écrit des dossiers, prescrit, adresse', nurse: 'Lit et écrit des dossiers', pharmacy: 'Délivre les ordonnances', hospital: 'Un établissement avec son personnel', laboratory: 'Reçoit des demandes, écrit des résultats',
      researcher: 'Demande des données aux patients', 'device-operator': 'Écrit ce que mesurent les appareils', verifier: 'Contrôle les passes de santé',
    },
    name: 'Nom', nameHint: 'Tel que patients et collègues vous connaissent', organisation: 'Organisation pour laquelle vous travaillez', organisationHint: 'Elle vous confirme et vous remet la clé qui ouvre ce que les patients partagent avec elle.',
    country: 'Pays', licence: 'Numéro de licence ou d’inscription', licenceHint: 'L’organisme le vérifie.', send: 'Envoyer la demande',
    missing: { role: 'Choisissez ce que vous êtes', name: 'Saisissez votre nom', country: 'Choisissez le pays', licence: 'Saisissez le numéro' },
  },
  standing: {
    confirming: 'Votre organisation doit d’abord vous confirmer', waiting: 'Votre demande est en cours d’examen', waitingSays: 'Vous avez demandé le rôle {role} le {date}. Revenez plus tard, ou laissez cette page ouverte : elle remarque la réponse.', refused: 'Votre demande a été refusée', refusedReason: 'Motif indiqué : {reason}', takeBack: 'Retirer la demande',
    approved: 'Vous êtes inscrit', until: 'Inscrit jusqu’au', role: 'Rôle', country: 'Pays', licence: 'Numéro de licence ou d’inscription', organisation: 'Travaille pour',
    body: 'Vous décidez des demandes', credential: 'Attestation de votre rôle', credentialSays: 'Signée par le service de dossiers. Chacun peut la vérifier sans nous demander.', copy: 'Copier', copied: 'Copié.', address: 'Numéro de votre compte',
    keyWaits: 'Votre organisation ne vous a pas encore remis sa clé. D’ici là, vous ne pouvez pas ouvrir ce que les patients partagent avec elle.', keyHere: 'Votre organisation vous a remis sa clé.',
  },
  suspended: { title: 'Votre inscription est suspendue', says: 'L’organisme qui vous a inscrit vous a suspendu. Dès maintenant, vous ne pouvez rien lire ni écrire, et personne ne peut rien partager avec vous. Demandez-lui le motif.', look: 'Vérifier à nouveau' },
  staff: {
    key: 'Clé', handedTo: '{name} a maintenant la clé.', asks: 'Disent travailler pour vous', confirm: 'Confirmer', confirmTitle: '{name} travaille-t-il pour vous ?', confirmSays: 'Ensuite l’organisme décide de la demande. {name} agit pour vous jusqu’à ce que vous ou l’organisme y mettiez fin.', confirmed: '{name} est confirmé.', decline: 'Refuser', declineTitle: 'Refuser {name} ?', declined: '{name} a été refusé.',
    says: 'Ceux qui vous nomment comme leur organisation. Ne remettez votre clé qu’à ceux qui travaillent pour vous : avec elle, ils ouvrent ce que les patients partagent avec vous.', none: 'Personne ne vous nomme encore comme son organisation.', handOver: 'Remettre la clé', handed: 'A la clé',
    handTitle: 'Remettre la clé à {name} ?', handSays: '{name} pourra alors ouvrir tout ce que les patients partagent avec vous, maintenant et plus tard. La clé ne peut pas être reprise.',
  },
};
