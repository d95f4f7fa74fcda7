import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': ['COVID-19', 'la COVID-19'], measles: ['Rougeole', 'la rougeole'], mumps: ['Oreillons', 'les oreillons'], rubella: ['Rubéole', 'la rubéole'], diphtheria: ['Diphtérie', 'la diphtérie'],
    tetanus: ['Tétanos', 'le tétanos'], pertussis: ['Coqueluche', 'la coqueluche'], poliomyelitis: ['Polio', 'la polio'], 'hepatitis-a': ['Hépatite A', 'l’hépatite A'],
    'hepatitis-b': ['Hépatite B', 'l’hépatite B'], hib: ['Hib', 'le Hib'], pneumococcal: ['Infection à pneumocoque', 'l’infection à pneumocoque'],
    meningococcal: ['Infection à méningocoque', 'l’infection à méningocoque'], rotavirus: ['Rotavirus', 'le rotavirus'], hpv: ['HPV', 'le HPV'], influenza: ['Grippe', 'la grippe'],
    'influenza-a': ['Grippe A', 'la grippe A'], 'influenza-b': ['Grippe B', 'la grippe B'], typhoid: ['Fièvre typhoïde', 'la fièvre typhoïde'], rabies: ['Rage', 'la rage'],
    'japanese-encephalitis': ['Encéphalite japonaise', 'l’encéphalite japonaise'], 'tick-borne-encephalitis': ['Encéphalite à tiques', 'l’encéphalite à tiques'],
    cholera: ['Choléra', 'le choléra'], varicella: ['Varicelle', 'la varicelle'], zoster: ['Zona', 'le zona'], 'yellow-fever': ['Fièvre jaune', 'la fièvre jaune'],
    tuberculosis: ['Tuberculose', 'la tuberculose'], rsv: ['VRS', 'le VRS'], dengue: ['Dengue', 'la dengue'], ebola: ['Ebola', 'Ebola'], mpox: ['Mpox', 'la mpox'],
    smallpox: ['Variole', 'la variole'], anthrax: ['Charbon', 'le charbon'], chikungunya: ['Chikungunya', 'le chikungunya'], adenovirus: ['Adénovirus', 'l’adénovirus'],
    malaria: ['Paludisme', 'le paludisme'], hiv: ['VIH', 'le VIH'],
  },
  tests: {
    naat: ['Test PCR', 'un test PCR'], 'rapid-antigen': ['Test antigénique rapide', 'un test antigénique rapide'],
    'laboratory-antigen': ['Test antigénique en laboratoire', 'un test antigénique en laboratoire'], antibody: ['Test d’anticorps', 'un test d’anticorps'],
    culture: ['Culture', 'une culture'], microscopy: ['Microscopie', 'une microscopie'], 'interferon-gamma': ['Test à l’interféron gamma', 'un test à l’interféron gamma'],
    'other-laboratory': ['Autre test de laboratoire', 'un autre test de laboratoire'],
  },
  results: { none: ['Sans résultat', 'sans résultat'], notDetected: ['Négatif', 'négatif'], detected: ['Positif', 'positif'] },
  kinds: { vaccination: ['Vaccination', 'une vaccination'], test: ['Résultat de test', 'un résultat de test'], recovery: ['Rétablissement', 'un rétablissement'] },
  vaccine: ['Vaccin contre {diseases}', 'un vaccin contre {diseases}'],
  traits: {
    unspecified: 'produit non précisé', mRNA: 'ARNm', vector: 'vecteur viral', protein: 'protéine', dna: 'ADN', particle: 'pseudo-particule virale', inactivated: 'inactivé', live: 'vivant',
    oral: 'oral', nasal: 'nasal', conjugate: 'conjugué', polysaccharide: 'polysaccharidique', acellular: 'coqueluche acellulaire', wholeCell: 'coqueluche à germes entiers', children: 'enfants',
    adults: 'adultes', highDose: 'haute dose', recombinant: 'recombinant', adjuvanted: 'avec adjuvant', monovalent: 'monovalent', bivalent: 'bivalent', trivalent: 'trivalent',
    quadrivalent: 'quadrivalent', pentavalent: 'pentavalent', cell: 'culture cellulaire', threeAntigens: 'trois antigènes', pandemic2009: 'souche pandémique de 2009', toxoid: 'anatoxine',
  },
};
