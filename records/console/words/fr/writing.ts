import type { Translation } from '#faces/words/words.ts';
import type { writing as en } from '../en/writing.ts';

export const writing: Translation<typeof en> = {
  writing: {
    title: 'Que voulez-vous écrire ?', says: 'C’est vérifié, signé avec votre clé et chiffré pour ceux à qui le patient permet de le lire.', sign: 'Signer et écrire', written: 'Écrit et signé.', another: 'Écrire autre chose', toTimeline: 'À la chronologie', draft: 'Ce que vous saisissez reste chiffré sur cet appareil jusqu’à ce que ce soit écrit.', discard: 'Abandonner le brouillon',
    nothing: 'Saisissez au moins une valeur', checked: 'Aucune erreur trouvée.', check: 'Vérifier', checking: 'Vérification…', file: 'Fichier FHIR (JSON)', paste: 'Ou collez-le', resource: 'FHIR R4, une ressource ou un Bundle', problems: { one: '{count} erreur trouvée. Rien n’a été écrit.', many: '{count} erreurs trouvées. Rien n’a été écrit.', other: '{count} erreurs trouvées. Rien n’a été écrit.' }, where: 'ligne {line}', several: { one: '{count} élément sera écrit', many: '{count} éléments seront écrits', other: '{count} éléments seront écrits' },
    left: { one: '{count} élément est d’un genre qui n’est pas conservé ici', many: '{count} éléments sont de genres qui ne sont pas conservés ici', other: '{count} éléments sont de genres qui ne sont pas conservés ici' }, notJson: 'Ce n’est pas du JSON',
  },
  kinds: {
    visit: { name: 'Visite', says: 'Quand, comment et pourquoi le patient est venu' }, note: { name: 'Note', says: 'Texte libre' }, condition: { name: 'Maladie', says: 'Un diagnostic ou un problème' }, allergy: { name: 'Allergie', says: 'Une allergie ou une intolérance' }, medication: { name: 'Médicament pris', says: 'Ce que prend le patient, pas une ordonnance' },
    immunization: { name: 'Vaccination', says: 'Un vaccin administré' }, result: { name: 'Résultat de laboratoire', says: 'Une valeur avec son unité' }, vitals: { name: 'Signes vitaux', says: 'Tension, pouls, poids…' }, fhir: { name: 'FHIR', says: 'Un fichier d’un autre système' },
  },
  fields: {
    visitClass: 'Comment', day: 'Date', reason: 'Motif', title: 'Titre', text: 'Texte', what: 'Quoi', codeSystem: 'Système de codes', code: 'Code', clinicalStatus: 'État clinique', allergyStatus: 'État clinique', certainty: 'Certitude', allergyCertainty: 'Certitude', severity: 'Gravité', onset: 'Depuis', allergyType: 'Type', allergyCategory: 'Contre', criticality: 'Risque',
    reaction: 'Réaction', reactionSeverity: 'Gravité de la réaction', medicationStatus: 'État', dosage: 'Posologie', since: 'Depuis', vaccine: 'Vaccin', lot: 'Lot', dose: 'Dose', test: 'Examen', value: 'Valeur', interpretation: 'Interprétation', systolic: 'Tension systolique', diastolic: 'Tension diastolique', pulse: 'Pouls', temperature: 'Température',
    oxygen: 'Saturation en oxygène', breathing: 'Fréquence respiratoire', weight: 'Poids', height: 'Taille', sensitivity: 'Particulièrement sensible',
  },
  hints: { sensitivity: 'Seuls le lisent alors ceux à qui le patient donne les éléments sensibles.', code: 'Tel que l’écrit le système de codes', unit: 'en {unit}' },
  faults: { missing: 'Remplissez ceci', future: 'C’est dans le futur', number: 'Ce nombre n’est pas possible', long: 'C’est trop long', code: 'Ce n’est pas un code' },
  choices: {
    visitClass: { AMB: 'Au cabinet', VR: 'Par vidéo ou téléphone', HH: 'À domicile', IMP: 'À l’hôpital', EMER: 'Urgence' },
    clinicalStatus: { active: 'Active', recurrence: 'Récurrente', relapse: 'Rechute', inactive: 'Inactive', remission: 'En rémission', resolved: 'Guérie' },
    certainty: { confirmed: 'Confirmé', provisional: 'Provisoire', differential: 'Différentiel', unconfirmed: 'Non confirmé', refuted: 'Écarté' },
    allergyStatus: { active: 'Active', inactive: 'Inactive', resolved: 'Guérie' },
    allergyCertainty: { confirmed: 'Confirmée', unconfirmed: 'Non confirmée', refuted: 'Écartée' },
    allergyType: { allergy: 'Allergie', intolerance: 'Intolérance' },
    allergyCategory: { food: 'Aliment', medication: 'Médicament', environment: 'Environnement', biologic: 'Substance biologique' },
    criticality: { low: 'Faible', high: 'Élevé', 'unable-to-assess': 'Impossible à évaluer' },
    reactionSeverity: { mild: 'Légère', moderate: 'Modérée', severe: 'Grave' },
    severity: { mild: 'Légère', moderate: 'Modérée', severe: 'Grave' },
    medicationStatus: { active: 'Pris actuellement', intended: 'Prévu', 'on-hold': 'En pause', completed: 'Terminé', stopped: 'Arrêté', 'not-taken': 'Non pris', unknown: 'Inconnu' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'CIM-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'Hémoglobine', leukocytes: 'Leucocytes', platelets: 'Plaquettes', glucose: 'Glucose', hba1c: 'HbA1c', creatinine: 'Créatinine', egfr: 'Fonction rénale (DFGe)', sodium: 'Sodium', potassium: 'Potassium', alt: 'ALAT', cholesterol: 'Cholestérol', ldl: 'Cholestérol LDL', hdl: 'Cholestérol HDL', triglycerides: 'Triglycérides', crp: 'Protéine C réactive (CRP)', tsh: 'TSH',
    },
    interpretation: { N: 'Normal', H: 'Élevé', L: 'Bas', HH: 'Dangereusement élevé', LL: 'Dangereusement bas', A: 'Anormal' },
    sensitivity: { PSY: 'Psychiatrie', SUD: 'Addiction', SEX: 'Santé sexuelle', HIV: 'VIH', GDIS: 'Génétique' },
  },
};
