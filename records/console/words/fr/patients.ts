import type { Translation } from '#faces/words/words.ts';
import type { patients as en } from '../en/patients.ts';

export const patients: Translation<typeof en> = {
  patients: {
    none: 'Aucun patient ne partage encore quoi que ce soit avec vous.', noneSays: 'Demandez à un patient : il scanne un code avec son portefeuille, et décide.', ask: 'Demander à un patient', search: 'Chercher par nom', born: 'né le {date}', nameless: 'Le nom ne peut pas être ouvert', until: 'jusqu’au {date}', pending: 'En cours d’inscription au registre',
    notRequested: 'Arrivé sans votre demande', notRequestedSays: 'Ceci n’est pas venu par le code d’une demande de vous. Assurez-vous autrement de l’identité du patient.', count: { one: '{count} patient partage avec vous', many: '{count} patients partagent avec vous', other: '{count} patients partagent avec vous' }, open: 'Ouvrir le dossier', nothing: 'Aucun patient ne correspond.', unanswered: 'Demandes sans réponse', expires: 'Ouverte jusqu’à {time}', showAgain: 'Afficher à nouveau le code',
  },
  ask: {
    title: 'Demander à un patient', lead: 'Le patient voit exactement ceci et peut donner moins, ou rien.', purpose: 'Pour quoi', actions: 'Ce que vous voulez faire', read: 'Lire', write: 'Écrire', categories: 'Quels éléments', all: 'Tous les ordinaires', some: 'Certains seulement', sensitiveHint: 'Psychiatrie, santé sexuelle, addiction, génétique. Ne le demandez qu’en cas de besoin.',
    period: 'Pour combien de temps', periods: { day: 'Aujourd’hui', week: 'Une semaine', month: '30 jours', year: 'Un an', chosen: 'Jusqu’à un jour que je choisis' }, until: 'Jusqu’au', forOrganisation: 'Pour tous ceux de', forOrganisationHint: 'Sinon, pour vous seul.', message: 'Un mot au patient', messageHint: 'Rien sur sa santé : qui voit le code peut le lire.', send: 'Créer le code',
    missing: { actions: 'Choisissez-en au moins un', categories: 'Choisissez-en au moins un', until: 'Choisissez un jour à venir, dans dix ans au plus' },
    show: 'Faites scanner ceci au patient', showSays: 'Avec son portefeuille ou l’appareil photo de son téléphone. Le code sert une fois, jusqu’à {time}.', code: 'Code pour le portefeuille du patient', openWallet: 'Ouvrir le portefeuille sur cet appareil', waits: 'En attente du patient…', granted: 'Le patient est d’accord', grantedSays: 'Regardez le nom : est-ce la personne devant vous ?', over: 'Le code a expiré', another: 'Demander à nouveau',
  },
  access: {
    title: 'Ce que vous pouvez faire', says: 'Vous pouvez {actions} {what} pour {purposes}, jusqu’au {until}.', everything: 'tous les éléments ordinaires', anyPurpose: 'tout motif', ended: 'C’est terminé', endedSays: 'Le patient y a mis fin, ou le délai est passé. Ce que vous avez lu reste chez vous ; rien de ce qui s’écrit désormais ne peut être ouvert.',
    readings: 'Vos lectures', readingsSays: 'Chacune figure, avec son motif, au relevé des accès du patient. Le service de dossiers l’a signé.', noReadings: 'Vous n’avez encore rien lu.', reading: { one: '{purpose} : {count} élément', many: '{purpose} : {count} éléments', other: '{purpose} : {count} éléments' }, receipt: 'Reçu',
  },
};
