import type { Translation } from '../words.ts';
import type { accesses as en } from './en.ts';

export const accesses: Translation<typeof en> = {
  who: { of: '{name} ({organisation})', onBehalf: '{name} (en votre nom)', unnamed: 'un membre sans nom ({address})' },
  what: {
    all: 'données', allergies: 'allergies', conditions: 'maladies', medications: 'médicaments', immunizations: 'vaccinations', results: 'résultats', imaging: 'images médicales', procedures: 'interventions', vitals: 'signes vitaux',
    encounters: 'visites', documents: 'documents', devices: 'dispositifs', social: 'conditions de vie', plans: 'plans et demandes', sensitive: 'données particulièrement sensibles',
  },
  why: {
    TREAT: 'pour un traitement', ETREAT: 'pour un traitement d’urgence', HPAYMT: 'pour le paiement', HOPERAT: 'pour le fonctionnement de l’établissement', HRESCH: 'pour la recherche', PUBHLTH: 'pour la santé publique', PATRQT: 'à votre demande', CAREMGT: 'pour coordonner vos soins',
  },
  read: { one: '{who} a lu vos {what} ({count} élément) le {when}, {why}.', other: '{who} a lu vos {what} ({count} éléments) le {when}, {why}.' },
  readInEmergency: { one: 'En urgence, sans votre consentement, {who} a lu vos {what} ({count} élément) le {when}.', other: 'En urgence, sans votre consentement, {who} a lu vos {what} ({count} éléments) le {when}.' },
  readNothing: '{who} a demandé vos {what} le {when}, {why}, et n’a rien vu.',
  withheld: { one: '{count} élément demandé n’a pas été montré.', other: '{count} éléments demandés n’ont pas été montrés.' },
  denied: { read: '{who} a voulu lire vos {what} le {when}, {why}, et cela lui a été refusé.', write: '{who} a voulu compléter vos {what} le {when}, {why}, et cela lui a été refusé.' },
  reasons: {
    'no-consent': 'Vous n’avez rien permis de tel.', revoked: 'Vous aviez retiré votre consentement.', changed: 'Votre consentement avait changé et n’était pas encore connu ici.', 'not-yet': 'Votre consentement n’avait pas commencé.', expired: 'Votre consentement avait pris fin.',
    action: 'Votre consentement ne permet pas cela.', purpose: 'Votre consentement ne vaut pas pour ce but.', category: 'Votre consentement ne couvre pas ces données.', sensitive: 'Les données particulièrement sensibles ne sont montrées que là où vous le dites.',
    date: 'Votre consentement ne couvre pas cette période.', record: 'Votre consentement ne couvre pas cet élément.', author: 'Votre consentement ne couvre pas les éléments de cet auteur.', exception: 'Vous aviez fait une exception.', denied: 'Vous l’aviez interdit.',
  },
  written: '{who} a ajouté un élément à vos {what} le {when}.',
  own: 'Vous avez ajouté un élément à vos {what} le {when}.',
  consent: {
    granted: 'Le {when}, vous avez permis à {recipient} de voir vos {what}.', changed: 'Le {when}, vous avez changé ce que {recipient} peut voir : vos {what}.', withdrawn: 'Le {when}, vous avez retiré ce qui était permis à {recipient}.',
    grantedBy: 'Le {when}, {who} a permis à {recipient} de voir vos {what}.', changedBy: 'Le {when}, {who} a changé ce que {recipient} peut voir : vos {what}.', withdrawnBy: 'Le {when}, {who} a retiré ce qui était permis à {recipient}.',
  },
  emergency: {
    asked: '{who} a demandé le {when} à voir vos données en urgence.', approved: '{who} a accepté le {when} que vos données soient vues en urgence.', opened: 'Le {when}, vos données ont été ouvertes à {who} pour une urgence.',
    ended: 'Le {when}, l’accès d’urgence de {who} a pris fin.', reviewed: 'Le {when}, {who} a examiné un accès d’urgence à vos données.',
  },
  disclosed: { delegate: 'Le {when}, vous avez laissé {recipient} agir pour vous, au sujet de vos {what}.', guardian: 'Le {when}, vous avez confié à {recipient} une part de votre clé.' },
  unreadable: 'Quelque chose a été inscrit ici que ce programme ne sait pas dire.',
  verdict: {
    complete: { one: 'Ce registre est complet : son {count} inscription figure au registre public, inchangée.', other: 'Ce registre est complet : ses {count} inscriptions figurent au registre public, inchangées et sans lacune.' },
    waiting: { one: '{count} inscription est si récente qu’elle n’est pas encore au registre public.', other: '{count} inscriptions sont si récentes qu’elles ne sont pas encore au registre public.' },
    empty: 'Personne n’a eu accès jusqu’ici, et le registre public le confirme.',
    broken: 'Ce registre ne tient pas. Celui qui le tient doit expliquer ceci :',
  },
  findings: {
    gap: 'L’inscription {entry} manque.', reordered: 'L’inscription {entry} n’est pas à sa place.', 'event-changed': 'L’inscription {entry} a été modifiée après sa signature.', 'signature-wrong': 'L’inscription {entry} n’est pas signée par la passerelle.',
    fork: 'Il y a deux versions : l’inscription {entry} diffère de ce qui a été signé ou ancré.', 'missing-from-anchor': 'Rien n’a été montré pour l’ancre {anchor} de la chaîne.', 'rolled-back': 'L’ancre {anchor} a moins d’inscriptions qu’une ancre précédente.',
    'anchor-not-on-chain': 'Ce qui a été montré pour l’ancre {anchor} n’est pas ce que dit la chaîne.', 'anchor-overdue': 'L’inscription {entry} n’a pas été ancrée à temps ; elle a pu être notée plus tard.',
    'receipt-unknown': 'Quelqu’un détient un reçu pour un accès qui n’est pas inscrit ici.', 'gateway-without-role': 'L’inscription {entry} a été signée quand la passerelle n’en avait pas le droit.', 'time-wrong': 'L’inscription {entry} porte une heure impossible.',
  },
};
