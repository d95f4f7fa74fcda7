import type { MissWords, RuleWords } from '../types.ts';

export const rule: RuleWords = {
  units: {
    minute: { one: '{count} minute', other: '{count} minutes' }, hour: { one: '{count} heure', other: '{count} heures' },
    day: { one: '{count} jour', other: '{count} jours' }, year: { one: '{count} an', other: '{count} ans' },
  },
  facts: {
    vaccinated: 'que vous avez reçu un vaccin contre {diseases}', vaccinatedAny: 'que vous avez reçu un vaccin', negative: 'que votre test pour {diseases} était négatif',
    positive: 'que votre test pour {diseases} était positif', antibodies: 'qu’un test a trouvé chez vous des anticorps contre {diseases}', tested: 'que vous avez fait un test pour {diseases}',
    testedAny: 'que vous avez fait un test', recovered: 'que vous avez eu {diseases} et vous en êtes remis', recoveredAny: 'que vous vous êtes remis d’une maladie',
    record: 'que vous avez un document de santé sur {diseases}', recordAny: 'que vous avez un document de santé valable',
  },
  heads: {
    vaccinated: 'Vaccination contre {diseases}', vaccinatedAny: 'Vaccination', negative: 'Test négatif pour {diseases}', positive: 'Test positif pour {diseases}',
    antibodies: 'Anticorps contre {diseases} trouvés par un test', tested: 'Test pour {diseases}', testedAny: 'Test', recovered: 'Avoir eu {diseases} et s’en être remis',
    recoveredAny: 'S’être remis d’une maladie', record: 'Tout document de santé sur {diseases}', recordAny: 'Tout document de santé',
  },
  age: { fact: { one: 'que vous avez au moins {count} an', other: 'que vous avez au moins {count} ans' }, head: { one: '{count} an ou plus', other: '{count} ans ou plus' } },
  conditions: {
    complete: 'avec toutes les doses du schéma', dose: { other: 'au moins la dose {count}' }, from: 'il y a au moins {time}', until: 'il y a au plus {time}',
    between: 'il y a au moins {from} et au plus {to}', products: 'avec {products}', productsMany: { one: 'avec {count} vaccin accepté', other: 'avec l’un de {count} vaccins acceptés' },
    euVaccines: 'avec un vaccin autorisé dans l’UE', tests: 'par {tests}', results: 'avec un résultat {results}', age: { one: 'pour une personne d’au moins {count} an', other: 'pour une personne d’au moins {count} ans' },
  },
  comma: ', ',
  sentence: {
    one: 'Prouve {facts}.', oneOf: 'Prouve {facts}, sans dire lequel de ces cas est le vôtre.',
    waysOf: { one: 'Prouve {facts}.', other: 'Prouve {facts}, d’une manière parmi {count}, sans dire laquelle.' },
    many: { one: 'Prouve que {count} condition de cette règle est remplie.', other: 'Prouve que l’une des {count} conditions de cette règle est remplie, sans dire laquelle.' },
    also: 'Prouve aussi {facts}.', nothingElse: 'Rien d’autre n’est montré.', secret: 'Ceci reste secret : {items}.',
  },
  secrets: {
    which: 'lequel des cas est le vôtre', name: 'votre nom', birth: 'votre date de naissance', when: 'les dates exactes', provider: 'qui vous a soigné', rest: 'tout le reste de vos documents de santé',
  },
  extras: {
    match: 'Le personnel compare le code au nom et à la date de naissance de votre pièce d’identité.',
    once: 'Une marque propre à cet événement vous laisse entrer une fois. Elle ne dit rien de vous et ne permet pas de vous suivre ailleurs.',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'C’est {has} ; il faut {needs}.', disease: 'Cela concerne {has}, et non {needs}.', product: 'Ce vaccin ne compte pas pour cette règle : {has}.',
    dose: 'Il manque la dose {needs} ; le document concerne la dose {has}.', series: 'Le schéma n’est pas complet : le document concerne la dose {has} sur {needs}.',
    seriesUnknown: 'Le document ne dit pas que le schéma est complet.', tooEarly: 'Il compte à partir du {date}.', tooOld: 'Il comptait jusqu’au {date}.',
    test: 'C’était {has} ; il faut {needs}.', result: 'Le résultat est {has} ; il faut {needs}.', age: 'Vous aurez l’âge requis à partir du {date}.', expires: 'Le document expire le {date}.',
  },
  blocks: {
    revoked: 'L’établissement a retiré ce document.', suspended: 'L’établissement a suspendu ce document.', 'issuer-removed': 'L’établissement de ce document n’est plus reconnu.',
    'issuer-suspended': 'L’établissement de ce document n’est pas reconnu en ce moment.', 'status-unknown': 'On ne sait pas encore si ce document est toujours valable. Connectez-vous une fois à internet.',
    'signature-superseded': 'Ce document doit être renouvelé. Connectez-vous une fois à internet.', 'name-missing': 'Ce document ne porte pas de nom à comparer avec une pièce d’identité.',
  },
  why: { 'no-credential': 'Cette personne n’a pas encore de document de santé.', 'not-yet': 'Aucun des documents ne compte encore.', unmet: 'Aucun des documents ne remplit cette règle.' },
  fitsFrom: 'Ce sera bon à partir du {date}.', afterDose: 'Une nouvelle dose compte après {time}.', needed: 'Ce qui conviendrait : {way}.',
};
