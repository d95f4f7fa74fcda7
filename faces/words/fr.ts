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
};
