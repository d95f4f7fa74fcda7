import type { Translation } from '#faces/words/words.ts';
import type { frame as en } from '../en/frame.ts';

export const frame: Translation<typeof en> = {
  name: 'Dossiers healthpass',
  menu: 'Rubriques',
  offline: 'Vous êtes hors ligne. Rien ne peut être lu ni écrit avant le retour du réseau.',
  lockNow: 'Verrouiller maintenant',
  starting: 'Ouverture…',
  notHere: 'Il n’y a rien ici.',
  places: { patients: 'Patients', counter: 'Comptoir', prescriptions: 'Ordonnances', emergency: 'Urgence', reviews: 'Examens', applications: 'Demandes', members: 'Membres', staff: 'Notre personnel', membership: 'Mon rôle', account: 'Clés et verrouillage' },
  errors: {
    'wallet-locked': 'Les clés sont verrouillées, ou ceci ne les ouvre pas.', 'wallet-corrupt': 'Les clés de cet appareil sont endommagées. Récupérez-les depuis votre fichier de clés.', 'wallet-newer': 'Ces clés viennent d’une version plus récente. Rechargez la page pour l’obtenir.',
    'wallet-missing': 'Il n’y a pas de clés sur cet appareil.', 'wallet-exists': 'Il y a déjà des clés sur cet appareil.', 'backup-invalid': 'Ce n’est pas un fichier de clés lisible ici.',
    'passkey-refused': 'Cela n’a pas fonctionné : annulé, trop long, ou la clé d’accès a été supprimée.', 'passkey-unsupported': 'Les clés d’accès ne peuvent pas protéger vos clés dans ce navigateur. Utilisez une phrase secrète.',
    'storage-full': 'Il n’y a plus de place sur cet appareil. Supprimez autre chose, puis réessayez.', 'service-unavailable': 'Le service est injoignable. Vérifiez votre connexion, puis réessayez.',
  },
};
