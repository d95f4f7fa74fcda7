import type { Translation } from '#faces/words/words.ts';
import type { body as en } from '../en/body.ts';

export const body: Translation<typeof en> = {
  applications: {
    sending: 'En route vers le registre…', none: 'Aucune demande en attente.', appliedAt: 'Demandé', approve: 'Approuver', refuse: 'Refuser', until: 'Jusqu’au', untilHint: 'Le rôle prend fin de lui-même ce jour-là.',
    approveTitle: 'Inscrire {name} comme {role} ?', approveSays: 'Comparez d’abord le numéro avec votre registre. C’est signé avec votre clé et figure dès lors au registre public.', refuseTitle: 'Refuser la demande de {name} ?', reason: 'Motif', reasonHint: 'Le demandeur le lit.', approved: '{name} est inscrit.', refused: 'La demande de {name} a été refusée.',
    missing: { until: 'Choisissez un jour à venir, dans cinq ans au plus', reason: 'Saisissez le motif' },
  },
  members: {
    none: 'Il n’y a pas encore de membres.', search: 'Chercher par nom', role: 'Rôle', name: 'Nom', status: 'État', until: 'Jusqu’au', actions: 'Actions', active: 'Inscrit', suspended: 'Suspendu', over: 'Terminé',
    acts: {
      suspend: { act: 'Suspendre', title: 'Suspendre {name} ?', says: 'Aussitôt : ses sessions prennent fin, rien ne répond, rien ne peut lui être partagé.', done: '{name} est suspendu.' },
      reinstate: { act: 'Rétablir', title: 'Rétablir {name} ?', says: 'La connexion est de nouveau possible. Ce que les patients lui partagent reste comme avant.', done: '{name} est rétabli.' },
      withdraw: { act: 'Retirer', title: 'Retirer le rôle de {name} ?', says: 'Le rôle prend fin pour de bon. Pour revenir, il faut une nouvelle demande.', done: 'Le rôle de {name} est retiré.' },
    },
  },
};
