import type { Translation } from '#faces/words/words.ts';
import type { rules as en } from './en.ts';

export const rules: Translation<typeof en> = {
  menu: { rules: 'Règles', events: 'Événements' },
  signIn: { text: 'Pour cela, le personnel se connecte. Scanner s’en passe.', button: 'Se connecter', failed: 'Cela n’a pas marché. Réessayez.', offline: 'Le service ne répond pas. Ce qui est gardé sur cet appareil continue de fonctionner.' },
  list: {
    title: 'Règles', text: 'Ce que l’on vérifie dans les pass.', create: 'Nouvelle règle', take: 'Reprendre une règle', inUse: 'Utilisée ici', shipped: 'Livrée avec le service', own: 'Faite ici', passedOn: 'Reçue',
    version: 'Version {version}', ways: { one: '{count} manière de la remplir', many: '{count} manières de la remplir', other: '{count} manières de la remplir' },
  },
  view: {
    says: 'Ce que le portefeuille dit à son propriétaire', ways: 'Manières de la remplir', use: 'Utiliser cette règle ici', edit: 'Modifier', copy: 'En faire une nouvelle règle', retire: 'Retirer', retireSure: 'Retirer cette règle ?',
    retireText: 'Les pass pour elle ne sont plus acceptés. On ne peut pas la rétablir.', share: 'La transmettre', print: 'Imprimer', copyLink: 'Copier le lien', copied: 'Copié', code: 'Code de la règle {rule}', gone: 'Cette règle n’est pas connue ici.',
    unsigned: 'Cette règle n’est pas signée et ne peut pas être transmise.', shareText: 'Un autre scanner ou un portefeuille lit ce code. Il montre qui a signé.', remove: 'Enlever de cet appareil',
  },
  signer: {
    by: 'Signée par {name}', self: 'Signée par ce service', unknown: 'Signée par quelqu’un que cet appareil ne connaît pas', unknownText: 'N’importe qui peut signer une règle. Ne l’utilisez que si l’on vous l’a annoncée, et de la part de qui.',
    key: 'Marque du signataire', know: 'Je connais ce signataire', unsigned: 'Personne n’a signé cette règle.',
  },
  incoming: { title: 'On vous a transmis une règle', take: 'La reprendre', taken: 'La règle est gardée sur cet appareil.', text: 'Texte ou lien de la règle', read: 'La lire', same: 'Il y a ici une autre règle de ce nom. Elle reste ce qu’elle est.' },
  edit: {
    newTitle: 'Nouvelle règle', changeTitle: 'Modifier la règle', template: 'Commencer par', blank: 'Une règle vide', name: 'Nom', nameHint: 'On le lit dans le portefeuille.', nameMissing: 'Saisissez un nom.',
    lasts: 'Durée d’un pass', hours2: '2 heures', hours4: '4 heures', day: 'Une journée', strictness: 'Fraîcheur exigée des données', strict: 'Stricte : un certificat retiré se voit dans l’heure', usual: 'Normale : dans la journée', relaxed: 'Souple : trois jours, pour les lieux sans réseau',
    way: 'Manière {count}', addWay: 'Ajouter une manière', removeWay: 'Enlever la manière {count}', kind: 'Ce qui est demandé', anyKind: 'Tout document de santé', disease: 'Maladie', anyDisease: 'N’importe laquelle', vaccines: 'Vaccins', anyVaccine: 'Tout vaccin contre elle', euVaccines: 'Autorisés dans l’UE',
    someVaccines: 'Certains seulement', addVaccine: 'Ajouter un vaccin', removeVaccine: 'Enlever {name}', dose: 'Au moins la dose', complete: 'Toutes les doses du schéma', from: 'Il y a au moins', until: 'Il y a au plus', unit: 'Unité', days: 'jours', hours: 'heures',
    tests: 'Types de test', result: 'Résultat', anyResult: 'N’importe lequel', age: 'Âge minimal', preview: 'Ce que la personne lira', languages: 'Dans les autres langues', combine: 'Combiner avec une autre règle', otherRule: 'Autre règle',
    either: 'L’une des deux', both: 'Les deux', twoRecords: 'Aucun document ne peut remplir seul les deux règles. Un pass repose sur un document : demandez deux pass.', tooMany: 'Cela ferait plus de 32 manières.',
    dropped: { one: '{count} combinaison a été laissée de côté : il faudrait deux documents.', many: '{count} combinaisons ont été laissées de côté : il faudrait deux documents.', other: '{count} combinaisons ont été laissées de côté : il faudrait deux documents.' }, invalid: 'La manière {count} a une valeur impossible.', save: 'Signer et enregistrer', noWay: 'Ajoutez au moins une manière.',
  },
  events: {
    title: 'Événements', text: 'Une entrée par personne, à autant de files que vous voulez. Rien n’est gardé sur les personnes.', create: 'Nouvel événement', none: 'Il n’y a pas encore d’événement.', name: 'Nom de l’événement', nameHint: 'Sans le jour. On le lit dans le portefeuille.',
    nameDay: 'Ne mettez pas le jour dans le nom.', audience: 'Qui demande', audienceHint: 'On le lit dans le portefeuille.', rule: 'Règle', firstDay: 'Premier jour', lastDay: 'Dernier jour', dayWrong: 'Choisissez des jours à partir d’aujourd’hui, 31 au plus.', capacity: 'Combien de personnes peuvent entrer', missing: 'Remplissez ce champ.',
    save: 'Créer l’événement', over: 'Terminé', today: 'Aujourd’hui', entered: { one: '{count} personne est entrée', many: '{count} personnes sont entrées', other: '{count} personnes sont entrées' }, of: 'sur {capacity}', full: 'L’événement est complet.', doubles: { one: '{count} double entrée', many: '{count} doubles entrées', other: '{count} doubles entrées' },
    doublesText: 'Quelqu’un est entré à deux files pendant que l’une n’avait pas de réseau.', overTime: 'Entrées au fil du temps', lanes: 'Files', lane: 'File', entries: 'Entrées', heard: 'Dernier signe', service: 'Par le service', noLane: 'Aucune file ne s’est encore annoncée.', code: 'Code pour portefeuilles : {event}',
    codeText: 'Affichez-le à l’entrée. On le scanne avec le portefeuille et on montre le pass à une file.', start: 'Faire de cet appareil une file', laneName: 'Nom de la file', laneHint: 'Par exemple Entrée nord', started: 'Cet appareil est une file de l’événement.',
    scan: 'Commencer à scanner', stop: 'Ne plus être une file', stopSure: 'Ce que cet appareil sait des entrées est effacé.', unsent: { one: '{count} entrée n’a pas encore été annoncée.', many: '{count} entrées n’ont pas encore été annoncées.', other: '{count} entrées n’ont pas encore été annoncées.' },
    blind: 'Les entrées aux autres files depuis {time} ne sont pas connues.', blindAll: 'Les entrées aux autres files ne sont pas connues.', inTouch: 'Les files sont en contact.', letInTwice: 'Déjà entré à {lane} à {time}', letInElsewhere: 'Déjà entré ailleurs', fleeting: 'Ce navigateur ne garde rien : un rechargement ferait oublier qui est entré.',
    remove: 'Supprimer l’événement', removeSure: 'Supprimer cet événement ?', removeText: 'Ses décomptes et tout ce que les files ont annoncé sont effacés.', sync: 'Annoncer maintenant',
  },
};
