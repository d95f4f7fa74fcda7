import type { Translation } from '#faces/words/words.ts';
import type { opening as en } from '../en/opening.ts';

export const opening: Translation<typeof en> = {
  welcome: {
    title: 'Les dossiers des patients, quand ils sont d’accord', lead: 'Pour les médecins, infirmiers, pharmacies, hôpitaux, laboratoires et les organismes qui les inscrivent.',
    points: { asked: 'Les patients décident de ce que vous voyez, pour quoi et jusqu’à quand.', signed: 'Ce que vous écrivez porte votre signature.', kept: 'Vos clés restent chiffrées sur cet appareil.' },
    start: 'Créer mes clés', restore: 'J’ai un fichier de clés', protect: 'Protégez vos clés', protectLead: 'Vos clés signent ce que vous écrivez et ouvrent ce que les patients partagent avec vous. Personne ne peut les ouvrir sans cela, et personne ne peut le réinitialiser pour vous.',
    passkey: 'Utiliser l’empreinte, le visage ou le code de l’appareil', passphraseInstead: 'Utiliser plutôt une phrase secrète', passkeyInstead: 'Utiliser plutôt l’empreinte, le visage ou le code de l’appareil', create: 'Créer mes clés', creating: 'Création de vos clés…',
  },
  passphrase: {
    label: 'Phrase secrète', new: 'Nouvelle phrase secrète', hint: 'Au moins 10 caractères. Quatre mots de suite sont faciles à retenir et difficiles à deviner.',
    short: 'Au moins 10 caractères', easy: 'C’est facile à deviner. Prenez quelques mots sans rapport entre eux', empty: 'Saisissez la phrase secrète', wrong: 'Cette phrase secrète ne l’ouvre pas', show: 'Afficher la phrase', hide: 'Masquer la phrase',
  },
  unlock: {
    title: 'Déverrouillez vos clés', open: 'Déverrouiller', passkey: 'Déverrouiller par empreinte, visage ou code de l’appareil', opening: 'Déverrouillage…',
    idle: 'Elles ont été verrouillées car personne n’utilisait cette page. Vous reprenez où vous en étiez.', elsewhere: 'Elles ont été verrouillées dans un autre onglet.',
    forgotten: 'Je ne peux plus les ouvrir', forgottenText: 'Personne ne peut réinitialiser ce qui ouvre vos clés, pas même nous. Vous pouvez les supprimer ici, puis les récupérer depuis votre fichier de clés ou recommencer.', wipe: 'Supprimer les clés de cet appareil',
  },
  unusable: { title: 'Vos clés ne peuvent pas être gardées ici', unreadable: 'Vos clés ne peuvent pas être ouvertes' },
  wipe: {
    title: 'Supprimer les clés de cet appareil', text: 'Sans votre fichier de clés, elles sont perdues : vous perdez ce que les patients partagent avec vous et devez vous réinscrire.', word: 'supprimer', confirm: 'Saisissez « {word} » pour confirmer', wrong: 'Saisissez le mot tel qu’il est écrit', button: 'Supprimer les clés',
  },
  restore: { title: 'Récupérer vos clés', file: 'Fichier de clés', noFile: 'Choisissez le fichier', open: 'Récupérer mes clés', opening: 'Ouverture…', opensWith: 'La phrase secrète du fichier ouvrira ensuite vos clés ici aussi.' },
};
