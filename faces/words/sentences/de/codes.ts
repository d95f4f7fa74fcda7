import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': 'COVID-19', measles: 'Masern', mumps: 'Mumps', rubella: 'Röteln', diphtheria: 'Diphtherie', tetanus: 'Tetanus', pertussis: 'Keuchhusten', poliomyelitis: 'Kinderlähmung',
    'hepatitis-a': 'Hepatitis A', 'hepatitis-b': 'Hepatitis B', hib: 'Hib', pneumococcal: 'Pneumokokken', meningococcal: 'Meningokokken', rotavirus: 'Rotaviren', hpv: 'HPV',
    influenza: 'Grippe', 'influenza-a': 'Grippe A', 'influenza-b': 'Grippe B', typhoid: 'Typhus', rabies: 'Tollwut', 'japanese-encephalitis': 'Japanische Enzephalitis', 'tick-borne-encephalitis': 'FSME',
    cholera: 'Cholera', varicella: 'Windpocken', zoster: 'Gürtelrose', 'yellow-fever': 'Gelbfieber', tuberculosis: 'Tuberkulose', rsv: 'RSV', dengue: 'Dengue', ebola: 'Ebola', mpox: 'Mpox',
    smallpox: 'Pocken', anthrax: 'Milzbrand', chikungunya: 'Chikungunya', adenovirus: 'Adenoviren', malaria: 'Malaria', hiv: 'HIV',
  },
  tests: {
    naat: ['PCR-Test', 'einen PCR-Test'], 'rapid-antigen': ['Antigen-Schnelltest', 'einen Antigen-Schnelltest'], 'laboratory-antigen': ['Antigentest im Labor', 'einen Antigentest im Labor'],
    antibody: ['Antikörpertest', 'einen Antikörpertest'], culture: ['Kultur', 'eine Kultur'], microscopy: ['Mikroskopie', 'eine Mikroskopie'],
    'interferon-gamma': ['Interferon-Gamma-Test', 'einen Interferon-Gamma-Test'], 'other-laboratory': ['Anderer Labortest', 'einen anderen Labortest'],
  },
  results: { none: ['Ohne Ergebnis', 'ohne Ergebnis'], notDetected: ['Negativ', 'negativ'], detected: ['Positiv', 'positiv'] },
  kinds: { vaccination: ['Impfung', 'eine Impfung'], test: ['Testergebnis', 'ein Testergebnis'], recovery: ['Genesung', 'eine Genesung'] },
  vaccine: ['Impfstoff gegen {diseases}', 'einem Impfstoff gegen {diseases}'],
  traits: {
    unspecified: 'Produkt nicht angegeben', mRNA: 'mRNA', vector: 'Virusvektor', protein: 'Protein', dna: 'DNA', particle: 'virusähnliche Partikel', inactivated: 'inaktiviert', live: 'lebend',
    oral: 'zum Schlucken', nasal: 'Nasenspray', conjugate: 'Konjugat', polysaccharide: 'Polysaccharid', acellular: 'Keuchhusten azellulär', wholeCell: 'Keuchhusten Ganzkeim', children: 'für Kinder',
    adults: 'für Erwachsene', highDose: 'hochdosiert', recombinant: 'rekombinant', adjuvanted: 'mit Wirkverstärker', monovalent: 'monovalent', bivalent: 'bivalent', trivalent: 'trivalent',
    quadrivalent: 'tetravalent', pentavalent: 'pentavalent', cell: 'Zellkultur', threeAntigens: 'drei Antigene', pandemic2009: 'Pandemiestamm von 2009', toxoid: 'Toxoid',
  },
};
