import type { VerdictWords } from '../types.ts';

const makeNew = 'Faites un nouveau pass.';
const scanFirst = 'Scannez le code de ce guichet avec le portefeuille, puis montrez le pass.';
const askProvider = 'Demandez un nouveau certificat à l’établissement.';
const openWallet = 'Montrez-le à nouveau depuis le portefeuille qui le contient.';
const connect = 'Connectez cet appareil à internet et réessayez.';

export const verdict: VerdictWords = {
  fixers: {
    holder: 'La personne qui a le pass peut y remédier.', verifier: 'Vous pouvez y remédier sur cet appareil.', issuer: 'Seul l’établissement qui l’a délivré peut y remédier.', nobody: 'Personne ne peut rien y changer.',
  },
  reasons: {
    'policy-mismatch': { says: 'Le pass a été fait pour une autre règle.', next: 'Faites un pass pour la règle demandée ici.' },
    'window-not-begun': { says: 'Le pass est pour plus tard.', next: 'Montrez-le le moment venu, ou faites un nouveau pass.' },
    'window-over': { says: 'Le temps de ce pass est écoulé.', next: makeNew },
    'window-invalid': { says: 'Le pass vaut pour une durée que la règle ne permet pas.', next: makeNew },
    'code-expired': { says: 'Le code est trop ancien. C’est peut-être la photo d’un code.', next: 'Montrez le code en direct dans le portefeuille.' },
    'code-from-future': { says: 'Les horloges du téléphone et de cet appareil diffèrent.', next: 'Mettez les deux horloges à l’heure.' },
    'challenge-missing': { says: 'Le pass ne répond pas à ce guichet.', next: scanFirst },
    'challenge-wrong': { says: 'Le pass répond à un autre guichet ou à une demande antérieure.', next: scanFirst },
    'audience-wrong': { says: 'Le pass a été fait pour un autre lieu.', next: scanFirst },
    'root-superseded': { says: 'Le pass a été fait avec des données dépassées.', next: 'Connectez le portefeuille à internet et faites un nouveau pass.' },
    'proof-invalid': { says: 'Le pass n’est pas authentique ou il est abîmé.', next: 'Faites un nouveau pass. Si cela se répète, ne l’acceptez pas.' },
    'scope-missing': { says: 'Il manque au pass la marque d’une entrée par personne.', next: scanFirst },
    'scope-used': { says: 'Cette personne est déjà entrée.', next: 'Une entrée par personne. Il n’y a rien d’autre à faire ici.' },
    'scope-unasked': { says: 'Le pass a été fait pour un événement avec une entrée par personne.', next: 'Faites un pass pour ce guichet.' },
    'match-missing': { says: 'Le pass ne peut pas être comparé à une pièce d’identité.', next: 'Faites un pass qui permet la comparaison.' },
    'match-wrong': { says: 'Le nom ou la date de naissance diffère de la pièce d’identité.', next: 'Vérifiez la saisie. Si elle est juste, le pass est à quelqu’un d’autre.' },
    'document-needed': { says: 'C’est un certificat sur papier. N’importe qui pourrait le porter.', next: 'Comparez-le à une pièce d’identité : saisissez le nom et la date de naissance.' },
    'signature-invalid': { says: 'La signature n’est pas authentique.', next: askProvider },
    'algorithm-refused': { says: 'La signature est d’un type qui n’est pas accepté.', next: askProvider },
    'issuer-unknown': { says: 'L’établissement n’est pas reconnu.', next: 'L’autorité de santé doit d’abord reconnaître l’établissement.' },
    'issuer-suspended': { says: 'L’établissement est suspendu en ce moment.', next: 'L’établissement doit régler cela avec l’autorité de santé.' },
    'issuer-removed': { says: 'L’établissement n’est plus reconnu.', next: 'Demandez un nouveau certificat à un autre établissement.' },
    'issuer-key-unlisted': { says: 'L’établissement n’a jamais publié la clé qui a signé.', next: askProvider },
    'issuer-key-retired': { says: 'La clé qui a signé a été retirée.', next: askProvider },
    'certificate-invalid': { says: 'Rien ne montre que l’établissement est bien celui qu’il dit être.', next: askProvider },
    'list-foreign': { says: 'Le certificat renvoie aux listes d’un autre établissement.', next: askProvider },
    'credential-malformed': { says: 'Il manque au certificat quelque chose d’obligatoire.', next: askProvider },
    'credential-expired': { says: 'Le certificat a expiré.', next: askProvider },
    'credential-not-yet-valid': { says: 'Le certificat n’est pas encore valable.', next: 'Montrez-le plus tard.' },
    'credential-revoked': { says: 'L’établissement a retiré le certificat.', next: 'Demandez pourquoi à l’établissement.' },
    'credential-suspended': { says: 'L’établissement a suspendu le certificat.', next: 'Demandez à l’établissement. Il peut redevenir valable.' },
    'disclosure-invalid': { says: 'Ce qui est montré n’appartient pas au certificat.', next: openWallet },
    'holder-binding-missing': { says: 'Rien ne montre que le certificat est à ce portefeuille.', next: openWallet },
    'holder-binding-invalid': { says: 'Le certificat est à un autre portefeuille.', next: openWallet },
    'policy-unsatisfied': { says: 'Ce qui est montré ne remplit pas la règle.', next: 'Voyez ce que la règle demande et montrez autre chose.' },
    'nothing-presented': { says: 'Rien n’a été montré.', next: 'Choisissez un certificat à montrer.' },
    'query-unsatisfied': { says: 'Tout ce qui est demandé n’est pas montré.', next: 'Voyez ce qui est demandé et choisissez à nouveau.' },
    'claim-missing': { says: 'Une information demandée manque ou diffère.', next: 'Montrez tout ce qui est demandé.' },
    'issuer-unasked': { says: 'Le certificat ne vient d’aucun des établissements demandés.', next: 'Choisissez un certificat de l’un d’eux.' },
    'policy-unknown': { says: 'Cet appareil ne connaît pas la règle du pass.', next: connect },
    'root-unknown': { says: 'Cet appareil ne connaît pas les données qui ont servi au pass.', next: connect },
    'root-not-final': { says: 'Les données qui ont servi au pass sont trop récentes pour s’y fier.', next: 'Attendez une minute et scannez à nouveau.' },
    'trust-missing': { says: 'Cet appareil n’a pas de données pour vérifier les pass.', next: 'Connectez une fois cet appareil à internet.' },
    'trust-stale': { says: 'Les données de cet appareil sont trop anciennes.', next: connect },
    'status-unknown': { says: 'On ne sait pas ici si le certificat a été retiré.', next: connect },
    'keys-unknown': { says: 'Les clés de l’établissement ne sont pas connues ici.', next: connect },
    'clock-wrong': { says: 'L’horloge de cet appareil est fausse.', next: 'Mettez l’horloge de cet appareil à l’heure.' },
  },
};
