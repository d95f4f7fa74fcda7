import type { Translation } from '#faces/words/words.ts';
import type { names as en } from '../en/names.ts';

export const names: Translation<typeof en> = {
  roles: {
    patient: 'Patient', doctor: 'Médecin', nurse: 'Infirmier', pharmacy: 'Pharmacie', hospital: 'Hôpital', laboratory: 'Laboratoire', researcher: 'Chercheur', 'device-operator': 'Exploitant d’appareils', verifier: 'Bureau de contrôle', gateway: 'Service de dossiers',
  },
  categories: {
    allergies: 'Allergies', conditions: 'Maladies', medications: 'Médicaments', immunizations: 'Vaccinations', results: 'Résultats', imaging: 'Imagerie', procedures: 'Interventions', vitals: 'Signes vitaux', encounters: 'Visites', documents: 'Documents',
    devices: 'Dispositifs', social: 'Contexte de vie', plans: 'Plans et demandes', sensitive: 'Particulièrement sensible',
  },
  purposes: {
    TREAT: 'Traitement', ETREAT: 'Traitement d’urgence', HPAYMT: 'Paiement', HOPERAT: 'Fonctionnement de l’établissement', HRESCH: 'Recherche', PUBHLTH: 'Santé publique', PATRQT: 'À la demande du patient', CAREMGT: 'Coordination des soins',
  },
  cautions: { 'do-not-perform': 'À ne pas donner ni faire', 'entered-in-error': 'Noté par erreur', refuted: 'Écarté', 'not-done': 'Non fait', 'not-taken': 'Non pris', 'not-ordered': 'Seulement proposé ou prévu, pas prescrit', qualified: 'Nuancé par son auteur d’une façon qui n’est pas montrée ici' },
  statuses: {
    active: 'Actif', amended: 'Modifié ensuite', cancelled: 'Annulé', completed: 'Fait', corrected: 'Corrigé', current: 'Actuel', draft: 'Brouillon', 'entered-in-error': 'Noté par erreur', final: 'Définitif', finished: 'Terminé', 'in-progress': 'En cours', intended: 'Prévu', 'not-done': 'Non fait', 'not-taken': 'Non pris', 'on-hold': 'En pause', planned: 'Prévu', preliminary: 'Provisoire', registered: 'Attendu', stopped: 'Arrêté', superseded: 'Remplacé', unknown: 'Inconnu',
  },
  inside: {
    categories: { allergies: 'les allergies', conditions: 'les maladies', medications: 'les médicaments', immunizations: 'les vaccinations', results: 'les résultats', imaging: 'l’imagerie', procedures: 'les interventions', vitals: 'les signes vitaux', encounters: 'les visites', documents: 'les documents', devices: 'les dispositifs', social: 'le contexte de vie', plans: 'les plans et demandes', sensitive: 'les éléments particulièrement sensibles' },
    purposes: { TREAT: 'le traitement', ETREAT: 'le traitement d’urgence', HPAYMT: 'le paiement', HOPERAT: 'le fonctionnement de l’établissement', HRESCH: 'la recherche', PUBHLTH: 'la santé publique', PATRQT: 'ce que le patient a demandé', CAREMGT: 'la coordination des soins' },
  },
  actions: { read: 'lire', write: 'écrire' },
};
