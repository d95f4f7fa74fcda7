import type { en } from './en.ts';
import type { Translation } from './words.ts';

export const fr: Translation<typeof en> = {
  language: 'Langue',
  back: 'Retour',
  close: 'Fermer',
  cancel: 'Annuler',
  continue: 'Continuer',
  save: 'Enregistrer',
  tryAgain: 'Réessayer',
  loading: 'Chargement…',
  skip: 'Aller au contenu',
  optional: 'facultatif',
  errors: { title: 'Il y a un problème', unexpected: 'Une erreur est survenue. Rien de ce que vous avez saisi n’est perdu. Réessayez.', offline: 'Pas de connexion. Réessayez une fois reconnecté.' },
  choices: { count: { one: '{count} résultat', many: '{count} résultats', other: '{count} résultats' }, none: 'Aucun résultat' },
  update: { ready: 'Une nouvelle version est prête.', now: 'Mettre à jour' },
  staff: {
    says: 'Connectez-vous avec la clé d’accès enregistrée pour votre travail.',
    signIn: 'Se connecter avec une clé d’accès',
    signOut: 'Se déconnecter',
    help: 'Pas de clé sur cet appareil ? Vous pouvez utiliser celle de votre téléphone. Si vous l’avez perdue, demandez une nouvelle invitation à un administrateur.',
    unreachable: 'Le service ne répond pas. Vérifiez la connexion, puis réessayez.',
    noPasskeys: 'Ce navigateur ne connaît pas les clés d’accès. Utilisez un navigateur récent et l’adresse qui vous a été donnée.',
    refused: 'Cela n’a pas fonctionné : annulé, trop long, ou la clé n’est pas sur cet appareil. Réessayez.',
    unknown: 'Cette clé est inconnue ici, ou son titulaire est suspendu. Essayez-en une autre ou demandez à un administrateur.',
    tooOften: 'Trop de tentatives. Attendez une minute, puis réessayez.',
    over: 'Vous avez été déconnecté',
    overSays: 'Cette page n’a pas servi depuis un moment. Connectez-vous en tant que {name} pour reprendre. Rien de ce que vous avez saisi n’est perdu.',
    confirm: 'Confirmez votre identité',
    confirmSays: 'Cette étape demande votre clé d’accès une nouvelle fois.',
    confirmNow: 'Confirmer avec une clé d’accès',
  },
};
