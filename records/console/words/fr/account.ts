import type { Translation } from '#faces/words/words.ts';
import type { account as en } from '../en/account.ts';

export const account: Translation<typeof en> = {
  keys: {
    lockAfter: 'Verrouiller quand personne n’utilise la page pendant', minutes: { one: '{count} minute', other: '{count} minutes', many: '{count} minutes' }, opens: 'Ce qui ouvre vos clés', passphrase: 'Phrase secrète', passkey: 'Empreinte, visage ou code de l’appareil (clé d’accès)',
    change: 'Changer la phrase secrète', addPassphrase: 'Ajouter une phrase secrète', addPasskey: 'Ajouter l’empreinte, le visage ou le code de l’appareil', remove: 'Retirer', changed: 'La phrase secrète a été changée.', added: 'Ajouté.', removed: 'Retiré.', removeTitle: 'Retirer cet accès ?', removeText: 'Il n’ouvrira plus vos clés.',
    advice: 'Une seule chose ouvre vos clés. Ajoutez-en une seconde, pour ne pas rester dehors si vous la perdez.',
  },
  keyFile: {
    title: 'Fichier de clés', lead: 'Si cet appareil est perdu, le fichier de clés les ramène sur un autre. Qui le possède avec sa phrase secrète peut signer en votre nom.', make: 'Enregistrer un fichier de clés', passphrase: 'Phrase secrète du fichier', making: 'Création du fichier…', made: 'Le fichier a été enregistré. Gardez-le en lieu sûr.',
    never: 'Vous n’avez pas encore enregistré de fichier de clés.', last: 'Enregistré pour la dernière fois le {date}.',
  },
};
