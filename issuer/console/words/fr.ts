import type { Words } from './index.ts';

export const fr: Words = {
  name: 'Console healthpass',
  menu: 'Rubriques', all: 'Tous', more: 'Afficher plus', copy: 'Copier', actions: 'Opérations', family: 'Nom de famille', given: 'Prénoms', birthDate: 'Date de naissance',
  records: 'Dossiers des patients',
  places: {
    visit: 'Après la consultation', import: 'Importer', offers: 'Offres', register: 'Certificats', patients: 'Patients', dashboard: 'Vue d’ensemble', staff: 'Personnel et programmes', audit: 'Journal',
    keys: 'Clés et agrément', network: 'Prestataires du réseau', account: 'Mon compte',
  },
  problems: { notHere: 'Il n’y a rien ici.', invalid: 'Quelque chose n’est pas possible. Vérifiez votre saisie.' },
  visit: {
    title: 'Après la consultation', kind: 'Type', patient: 'Patient', patientHint: 'Nom ou date de naissance. Pour ajouter un patient, saisissez son nom.', born: 'né le {date}', nameless: 'Sans nom', known: { one: '{count} certificat', other: '{count} certificats' },
    addPatient: 'Ajouter {name} comme nouveau patient', newPatient: 'Nouveau patient', vaccine: 'Vaccin', lot: 'Lot', expires: 'Expire le {date}', dose: 'Dose', series: 'Doses en tout', date: 'Date', test: 'Test', result: 'Résultat',
    sampled: 'Prélèvement le', time: 'Heure', disease: 'Maladie', firstPositive: 'Premier test positif le', more: 'Lieu et pays', performer: 'Effectué par', country: 'Pays', issue: 'Délivrer', clear: 'Recommencer',
    preview: 'Le certificat indiquera', doseOf: 'dose {dose} sur {series}', doseAlone: 'dose {dose}', scan: 'Scanner l’emballage', scanning: 'Placez le code de l’emballage devant la caméra.', scanNothing: 'Ce code n’est pas celui d’un emballage.', noCamera: 'La caméra n’est pas utilisable. Autorisez-la dans le navigateur, ou saisissez le lot.',
    missing: { patient: 'Choisissez le patient', family: 'Saisissez le nom de famille', given: 'Saisissez les prénoms', birthDate: 'Saisissez la date de naissance', product: 'Choisissez le vaccin', test: 'Choisissez le test', disease: 'Choisissez la maladie', result: 'Choisissez le résultat', date: 'Saisissez la date' },
    faults: { missing: 'Remplissez ce champ', future: 'La date est dans le futur', beforeBirth: 'La date précède la naissance', dose: 'Saisissez un nombre de 1 à 255', expired: 'Ce lot était périmé ce jour-là' },
  },
  handout: {
    title: 'Prêt pour le patient', code: 'Code pour le téléphone du patient', pin: 'Code PIN', progress: 'Ce que le patient a fait', until: 'Le code est utilisable jusqu’à {time}.', print: 'Imprimer le code', printPin: 'Imprimer le code PIN', paper: 'Imprimer un certificat papier', copyLink: 'Copier le lien',
    reissue: 'Nouveau code et PIN', next: 'Patient suivant', refused: { one: '{count} élément n’a pas pu être certifié.', other: '{count} éléments n’ont pas pu être certifiés.' },
    steps: { created: 'Montré', fetched: 'Scanné', redeemed: 'PIN saisi', accepted: 'Dans le portefeuille' },
    states: { created: 'En attente d’être scanné', fetched: 'Scanné, en attente du PIN', redeemed: 'Ajout en cours', accepted: 'Dans le portefeuille', failed: 'Le portefeuille n’a pas pu l’ajouter', deleted: 'Le patient l’a supprimé', cancelled: 'Annulé', locked: 'Bloqué : PIN faux trop souvent', expired: 'Expiré' },
  },
  sheet: {
    title: 'Votre certificat de santé', paper: 'Certificat de santé sur papier', paperSays: 'Montrez-le avec votre passeport ou votre carte d’identité. Gardez-le comme un document : qui lit le code voit ce qu’il contient.', validUntil: 'Valable jusqu’au {date}', until: 'Utilisez ce code avant le {date}. Il sert une fois.',
    pinSays: 'Votre code PIN', pinApart: 'Gardez ce papier à part de la feuille du code.', steps: { one: 'Ouvrez votre application portefeuille.', two: 'Choisissez « Ajouter un certificat » et scannez ce code.', three: 'Saisissez le PIN qui vous a été remis à part.' },
  },
  statuses: { valid: 'Valide', suspended: 'Suspendu', revoked: 'Révoqué', expired: 'Expiré', waiting: 'Pas encore retiré', unknown: 'Inconnu' },
  pending: { revoke: 'révocation en cours', suspend: 'suspension en cours', reinstate: 'rétablissement en cours' },
  changeStates: { pending: 'En cours', done: 'Fait', refused: 'Refusé' },
  status: {
    reason: 'Motif', note: 'Remarque', noteHint: 'Pour vos collègues. Elle est conservée scellée, et effacée avec le patient.', writing: 'Écriture dans le registre. Cela peut prendre une minute ; vous pouvez fermer, cela continue.',
    revoke: { verb: 'Révoquer', done: 'Révoqué', act: { one: 'Révoquer {count} certificat', other: 'Révoquer {count} certificats' }, says: 'C’est définitif. Le certificat devra être délivré à nouveau.' },
    suspend: { verb: 'Suspendre', done: 'Suspendu', act: { one: 'Suspendre {count} certificat', other: 'Suspendre {count} certificats' }, says: 'Les contrôles le refusent jusqu’à son rétablissement.' },
    reinstate: { verb: 'Rétablir', done: 'Rétabli', act: { one: 'Rétablir {count} certificat', other: 'Rétablir {count} certificats' }, says: 'Les contrôles l’acceptent à nouveau.' },
  },
  reasons: {
    'issued-in-error': 'Délivré par erreur', 'data-wrong': 'Une donnée est fausse', superseded: 'Remplacé par un autre', 'holder-request': 'À la demande du patient', fraud: 'Fraude avérée', 'key-compromise': 'Une clé est tombée en de mauvaises mains', 'under-review': 'Examen en cours', 'review-closed': 'Examen terminé', unspecified: 'Sans motif',
  },
  register: {
    search: 'Chercher par nom, lot ou numéro', status: 'État', person: 'Patient', what: 'Quoi', recorded: 'Enregistré', choose: 'Choisir', chooseOne: 'Choisir {name}', erased: 'Effacé', erasedSays: 'La personne a été effacée, ou vous ne pouvez pas voir le contenu. Le certificat peut encore être révoqué par son numéro.',
    export: 'Enregistrer en CSV', recall: 'Rappeler un lot', recallSays: 'Tous les certificats de ce lot sont d’abord cherchés et vérifiés. Rien ne change avant que vous ne lanciez.', recallAct: 'Chercher les certificats', recallHow: 'Que faut-il en faire ?', searching: 'Recherche…', total: { one: '{count} certificat', other: '{count} certificats' },
    shown: { one: '{count} affiché', other: '{count} affichés' }, nothing: 'Aucun certificat ne correspond.', empty: 'Rien n’a encore été délivré.', emptySays: 'Délivrer le premier certificat', chosenRegion: 'Certificats choisis', chosen: { one: '{count} choisi', other: '{count} choisis' }, clear: 'Ne rien choisir', one: 'Certificat', when: 'Quand',
    validUntil: 'Valable jusqu’au', copies: 'Exemplaires', number: 'Numéro', history: 'Historique', toPatient: 'Tous les certificats de ce patient', toOffers: 'Personne ne l’a encore retiré. Dans les offres, vous pouvez l’annuler ou le redonner.',
  },
  offers: { all: 'Aussi celles qui sont terminées', open: { one: '{count} offre attend son patient', other: '{count} offres attendent leurs patients' }, empty: 'Aucune offre en attente.', cancel: 'Annuler l’offre' },
  patients: {
    search: 'Chercher un patient', searchHint: 'Au moins trois lettres du nom', nothing: 'Aucun patient ne correspond.', empty: 'Il n’y a pas encore de patients.', shown: { one: '{count} patient', other: '{count} patients' }, since: 'Depuis', one: 'Patient', erase: 'Effacer cette personne', eraseTitle: 'Effacer {name} définitivement ?',
    eraseSays: 'Le nom, la date de naissance et tout ce qui est enregistré disparaissent pour de bon, ici et dans chaque sauvegarde. Les certificats que la personne détient restent valides ; révoquez-les d’abord s’ils ne doivent pas l’être.', eraseCount: { one: 'Un certificat est concerné.', other: '{count} certificats sont concernés.' }, eraseSure: 'Je sais que c’est définitif',
  },
  import: {
    what: 'Qu’avez-vous ?', record: 'Un dossier', recordHint: 'FHIR R4, d’un patient', file: 'Un fichier de plusieurs personnes', fileHint: 'CSV, ou FHIR en NDJSON ou Bundle', fhirFile: 'Fichier FHIR', paste: 'Ou collez-le', several: 'Concerne-t-il plusieurs personnes ? Importez-le comme fichier de plusieurs personnes.',
    rowsFile: 'Fichier', rowsHint: 'UTF-8, 500 Mo au plus. Vous pouvez aussi le déposer ici.', noHeader: 'Le fichier n’a pas de ligne avec les noms des colonnes.', mapping: 'Ce que signifient les colonnes', means: 'La colonne {name} signifie', ignored: 'Non utilisée', dates: 'Les dates s’écrivent', pin: 'Chacun reçoit un PIN, à part du code', again: 'Délivrer à nouveau ce qu’un fichier précédent a délivré',
    needs: { date: 'Indiquez quelle colonne est la date de l’acte.', what: 'Indiquez quelle colonne est le vaccin, le test ou la maladie.' }, dryRun: 'Chaque ligne est d’abord vérifiée. Rien n’est délivré avant que vous ne lanciez.', check: 'Vérifier le fichier', sending: 'Envoi du fichier…',
  },
  columns: {
    id: 'Votre propre numéro', kind: 'Type', family: 'Nom de famille', given: 'Prénoms', birthDate: 'Date de naissance', product: 'Vaccin', dose: 'Dose', doses: 'Doses en tout', date: 'Date de l’acte', lot: 'Lot', performer: 'Effectué par', country: 'Pays', disease: 'Maladie', test: 'Test', result: 'Résultat', commitment: 'Lien avec le titulaire', keyX: 'Clé du titulaire, x', keyY: 'Clé du titulaire, y',
  },
  campaign: {
    list: 'Fichiers précédents', none: 'Aucun fichier n’a encore été importé.', title: 'Importation d’un fichier', kinds: { issue: 'Délivrer des certificats', revoke: 'Révoquer des certificats', suspend: 'Suspendre des certificats', reinstate: 'Rétablir des certificats' },
    states: { uploading: 'Envoi en cours', checking: 'Vérification en cours', draft: 'Vérifié : prêt à lancer', running: 'En cours', paused: 'En pause', done: 'Terminé', cancelled: 'Annulé' }, total: 'Lignes', ready: 'Prêtes', done: 'Faites', refused: 'Refusées', checking: '{done} lignes sur {total} vérifiées', progress: '{done} lignes sur {total} faites', eta: 'fini à {time}',
    sameAs: 'Le même fichier a déjà été importé.', earlier: 'Voir cette importation', report: 'Rapport (CSV)', pins: 'Codes PIN (CSV, une fois)', row: 'Ligne', field: 'Champ', why: 'Pourquoi', moreRows: { one: '{count} autre ligne figure dans le rapport.', other: '{count} autres lignes figurent dans le rapport.' },
    actions: { start: 'Lancer', pause: 'Mettre en pause', resume: 'Reprendre', cancel: 'Annuler le reste', erase: 'Oublier le contenu des lignes' },
    asks: {
      start: { title: { one: 'Lancer {count} ligne ?', other: 'Lancer {count} lignes ?' }, says: 'Vous pourrez mettre en pause. Ce qui est fait reste fait.' },
      cancel: { title: 'Annuler ce qui n’est pas fait ?', says: 'Cela l’arrête pour de bon. Ce qui est fait reste fait.' },
      erase: { title: 'Oublier le contenu des lignes ?', says: 'Vos propres numéros, les liens et les PIN sont effacés. Les certificats restent dans le registre.' },
    },
  },
  dashboard: {
    span: 'Période', spans: { day: '24 heures', month: '30 jours', year: 'Un an' }, issued: 'Délivrés', revoked: 'Révoqués', suspended: 'Suspendus', outstanding: 'Offres en attente', patients: 'Patients', changes: 'Révoqués et suspendus', chain: 'Registre sur la chaîne', lag: 'Dernier bloc', stands: 'elle est arrêtée', block: 'Bloc', final: 'définitif : {block}', waiting: 'Reste à écrire', writer: 'Écriture',
    trouble: 'Rien ne peut être écrit dans le registre pour le moment', slow: { one: '{count} changement attend le registre plus longtemps que d’habitude.', other: '{count} changements attendent le registre plus longtemps que d’habitude.' }, empty: 'Rien n’a encore été délivré. Ce que vous délivrez apparaîtra ici.', noData: 'Pas de chiffres', asTable: '{name} en tableau',
  },
  writers: { writing: 'en cours', 'standing by': 'un autre processus écrit', stopped: 'arrêtée' },
  standings: { accredited: 'Agréé', active: 'Agréé', suspended: 'Suspendu', removed: 'Retiré', unknown: 'Inconnu' },
  keys: {
    accreditation: 'Agrément', name: 'Nom', accreditedBy: 'Agréé par', notAccredited: 'Ce prestataire n’est pas agréé. Rien ne peut être délivré.', account: 'Compte', balance: 'Solde', writes: { one: 'suffit pour {count} écriture', other: 'suffit pour {count} écritures' }, lowGas: { one: 'Le compte ne suffit plus que pour {count} écriture. Envoyez-lui de l’ether.', other: 'Le compte ne suffit plus que pour {count} écritures. Envoyez-lui de l’ether.' },
    notOnChain: 'Le registre n’a pas la clé utilisée. Les pass faits avec elle sont refusés.', lists: 'Listes d’états', list: 'Liste {id}', blocked: { one: '{count} bloqué', other: '{count} bloqués' }, keys: 'Clés', key: 'Clé', type: 'Pour quoi', passes: 'Pass', current: 'Utilisée', former: 'Ancienne', missing: 'Absente du registre',
    anchors: { one: '{count} ancrage', other: '{count} ancrages' }, unanchored: { one: '{count} signature n’est pas encore ancrée', other: '{count} signatures ne sont pas encore ancrées' }, anchor: 'Ancrer maintenant',
  },
  rotation: {
    title: 'Nouvelles clés', says: 'Changez de clés de temps en temps, et tout de suite si une ancienne peut être en de mauvaises mains. Les certificats des patients restent valides.', which: 'Quelles clés ?',
    keys: { did: { label: 'Clés des certificats', hint: 'Vous pouvez revenir aux anciennes pendant sept jours.' }, claims: { label: 'Clé des pass', hint: 'Tout ce qui est valide est signé à nouveau. Après le changement, l’ancienne ne peut pas revenir.' }, all: { label: 'Les deux', hint: 'La clé des pass ne peut pas revenir.' } },
    work: { one: '{count} certificat est signé à nouveau.', other: '{count} certificats sont signés à nouveau.' }, prepare: 'Préparer', prepareSays: 'Rien ne change encore, et on peut y renoncer.', stages: { prepared: 'Préparées', switched: 'Changées', confirmed: 'Confirmées' },
    now: {
      preparing: 'Les nouvelles clés se préparent.', prepared: 'Les nouvelles clés sont prêtes et personne ne les voit encore.', switching: 'Changement en cours. Il faut quelques blocs de la chaîne.', switched: 'Les nouvelles clés sont utilisées. Les anciennes figurent encore dans la liste.', confirming: 'Retrait des anciennes clés.', 'going-back': 'Retour en arrière.',
    },
    backUntil: 'Vous pouvez revenir en arrière jusqu’au {date}.',
    steps: { switch: { act: 'Passer aux nouvelles clés', says: 'Dès maintenant, tout est signé avec les nouvelles clés.' }, confirm: { act: 'Confirmer les nouvelles clés', says: 'Les anciennes clés sont retirées. Il n’y a plus de retour ensuite.' }, back: { act: 'Revenir en arrière' } },
    claimsForGood: 'Le registre n’accepte une clé de pass qu’une fois : après le changement, l’ancienne ne peut pas revenir.', backNothing: 'Les clés préparées sont abandonnées, et rien ne s’est passé.', backKeys: 'Les anciennes clés des certificats servent à nouveau.', backDocument: 'Les anciennes clés des certificats servent à nouveau. La clé des pass reste la nouvelle.',
  },
  network: {
    accredit: 'Agréer un prestataire', accreditSays: 'Le prestataire vous envoie un fichier que son service a écrit à son premier démarrage ({file}). Comparez d’abord son compte avec lui par un autre moyen.', requestFile: 'Fichier du prestataire', notJson: 'Ce n’est pas un tel fichier', lists: 'Listes d’états', listsTitle: 'Listes d’états pour {name}', listsAct: 'Ajouter des listes', listsHint: 'De 1 à 16 ; chacune a de la place pour un million de certificats', own: 'ce service', ownSays: 'C’est le service avec lequel vous travaillez : il ne pourra plus rien délivrer.', pays: 'Compte du réseau', done: 'Ce qui a été fait', none: 'Rien pour l’instant.',
    acts: {
      suspend: { act: 'Suspendre', title: 'Suspendre {name} ?', says: 'Tout ce que ce prestataire a délivré est refusé jusqu’à son rétablissement.' }, reinstate: { act: 'Rétablir', title: 'Rétablir {name} ?', says: 'Ce que ce prestataire a délivré est à nouveau accepté.' }, remove: { act: 'Retirer', title: 'Retirer {name} définitivement ?', says: 'Tout ce que ce prestataire a délivré est refusé pour toujours. C’est définitif.' },
    },
    actions: { accredit: 'Agréé', suspend: 'Suspendu', reinstate: 'Rétabli', remove: 'Retiré', 'assign-lists': 'Listes ajoutées' },
    reasons: { 'accreditation-lapsed': 'L’agrément a expiré', misconduct: 'Faute', 'key-compromise': 'Une clé est tombée en de mauvaises mains', 'issuer-request': 'À la demande du prestataire', 'under-review': 'Examen en cours', 'review-closed': 'Examen terminé', ceased: 'Le prestataire a fermé', unspecified: 'Sans motif' },
  },
  roles: { clinician: { name: 'Soignant', may: 'Délivre des certificats et change leur état' }, admin: { name: 'Administrateur', may: 'S’occupe du personnel, des clés et du journal ; efface des personnes' }, verifier: { name: 'Contrôleur', may: 'Demande des pass à un guichet' }, operator: { name: 'Opérateur du réseau', may: 'Agrée, suspend et retire des prestataires' } },
  staffing: {
    invite: 'Inviter quelqu’un', invited: 'Invitation', invitedSays: 'Donnez ce lien à la personne par un moyen sûr. Il sert une fois, pendant trois jours, et ne sera plus montré.', name: 'Nom', nameHint: 'Comme les collègues connaissent la personne', roles: 'Rôles', rolesOf: 'Rôles de {name}', setRoles: 'Changer les rôles', rolesSays: 'Ses sessions se terminent et la personne doit se reconnecter.', you: 'vous', again: 'Nouvelle invitation',
    states: { invited: 'Invité', active: 'Actif', suspended: 'Suspendu' },
    acts: { suspend: { title: 'Suspendre {name} ?', says: 'La personne est déconnectée aussitôt et ne peut plus se connecter.', act: 'Suspendre' }, reinstate: { title: 'Rétablir {name} ?', says: 'La personne peut à nouveau se connecter.', act: 'Rétablir' }, again: { title: 'Inviter {name} à nouveau ?', says: 'Pour qui a perdu sa clé d’accès ou son invitation.', act: 'Nouvelle invitation' } },
  },
  clients: {
    title: 'Programmes', says: 'D’autres logiciels qui agissent pour votre organisation, comme le système d’un laboratoire.', add: 'Ajouter un programme', secret: 'Code secret', id: 'Identifiant', once: 'Les deux sont pour le programme. Le code secret ne sera plus montré.', none: 'Il n’y a pas de programmes.', may: 'Peut', ended: 'Terminé', newSecret: 'Nouveau code secret', remove: 'Mettre fin',
    asks: { secret: { title: 'Donner un nouveau code secret à {name} ?', says: 'Le précédent vaut encore une heure.' }, remove: { title: 'Mettre fin à {name} ?', says: 'Il ne pourra plus rien faire.' } },
  },
  permissions: {
    'credentials:issue': 'Délivrer des certificats', 'credentials:read': 'Voir le registre', 'credentials:status': 'Révoquer et suspendre', 'offers:write': 'Faire des offres', 'campaigns:write': 'Importer des fichiers', 'patients:read': 'Voir les patients', 'patients:write': 'Ajouter des patients', 'presentations:request': 'Demander des pass', 'anchors:write': 'Ancrer', 'audit:read': 'Voir le journal',
  },
  account: { passkeys: 'Mes clés d’accès', oneOnly: 'Vous n’avez qu’une clé d’accès. Ajoutez-en une sur un second appareil pour ne pas être bloqué si vous la perdez.', passkey: 'Clé d’accès {number}', used: 'utilisée', add: 'Ajouter une clé d’accès', remove: 'Retirer', sessions: 'Où je suis connecté', thisOne: 'ici', end: 'Terminer', page: 'Cette page', singleKeys: 'Touches seules comme raccourcis', singleKeysHint: 'Désactivez-les si vous utilisez la saisie vocale.' },
  audit: { action: 'Quoi', actionHint: 'Par exemple {example}', target: 'Sur quoi', time: 'Quand', actor: 'Qui', detail: 'Détails', none: 'Aucune entrée ne correspond.', check: 'Vérifier le journal', checkSays: 'Si quelqu’un a modifié ou retiré des entrées.', intact: { one: 'Le journal est intact : {count} entrée.', other: 'Le journal est intact : {count} entrées.' }, head: 'Gardez cette ligne ailleurs : comparée plus tard, elle montre si tout le journal a été réécrit.', broken: 'Le journal a été modifié à l’entrée {entry}. Prévenez qui gère le service.', kinds: { staff: 'Personnel', client: 'Programme', operator: 'Opérateur', nobody: 'Personne' } },
  palette: { title: 'Aller ou chercher', label: 'Rubrique, patient ou numéro' },
  keysHelp: { title: 'Touches', search: 'Chercher', move: 'Ligne suivante et précédente', open: 'Ouvrir', choose: 'Choisir une ligne', clear: 'Ne rien choisir' },
};
