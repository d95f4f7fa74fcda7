import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': 'COVID-19', measles: ['Measles', 'measles'], mumps: ['Mumps', 'mumps'], rubella: ['Rubella', 'rubella'], diphtheria: ['Diphtheria', 'diphtheria'],
    tetanus: ['Tetanus', 'tetanus'], pertussis: ['Whooping cough (pertussis)', 'whooping cough'], poliomyelitis: ['Polio', 'polio'], 'hepatitis-a': ['Hepatitis A', 'hepatitis A'],
    'hepatitis-b': ['Hepatitis B', 'hepatitis B'], hib: 'Hib', pneumococcal: ['Pneumococcal disease', 'pneumococcal disease'],
    meningococcal: ['Meningococcal disease', 'meningococcal disease'], rotavirus: ['Rotavirus', 'rotavirus'], hpv: 'HPV', influenza: ['Influenza (flu)', 'influenza'],
    'influenza-a': ['Influenza A', 'influenza A'], 'influenza-b': ['Influenza B', 'influenza B'], typhoid: ['Typhoid', 'typhoid'], rabies: ['Rabies', 'rabies'],
    'japanese-encephalitis': 'Japanese encephalitis', 'tick-borne-encephalitis': ['Tick-borne encephalitis', 'tick-borne encephalitis'], cholera: ['Cholera', 'cholera'],
    varicella: ['Chickenpox', 'chickenpox'], zoster: ['Shingles', 'shingles'], 'yellow-fever': ['Yellow fever', 'yellow fever'], tuberculosis: ['Tuberculosis', 'tuberculosis'],
    rsv: 'RSV', dengue: ['Dengue', 'dengue'], ebola: 'Ebola', mpox: ['Mpox', 'mpox'], smallpox: ['Smallpox', 'smallpox'], anthrax: ['Anthrax', 'anthrax'],
    chikungunya: ['Chikungunya', 'chikungunya'], adenovirus: ['Adenovirus', 'adenovirus'], malaria: ['Malaria', 'malaria'], hiv: 'HIV',
  },
  tests: {
    naat: ['PCR test', 'a PCR test'], 'rapid-antigen': ['Rapid antigen test', 'a rapid antigen test'], 'laboratory-antigen': ['Laboratory antigen test', 'a laboratory antigen test'],
    antibody: ['Antibody test', 'an antibody test'], culture: ['Culture', 'a culture'], microscopy: ['Microscopy', 'microscopy'],
    'interferon-gamma': ['Interferon gamma test', 'an interferon gamma test'], 'other-laboratory': ['Other laboratory test', 'another laboratory test'],
  },
  results: { none: ['No result', 'no result'], notDetected: ['Negative', 'negative'], detected: ['Positive', 'positive'] },
  kinds: { vaccination: ['Vaccination', 'a vaccination'], test: ['Test result', 'a test result'], recovery: ['Recovery', 'a recovery'] },
  vaccine: ['Vaccine against {diseases}', 'a vaccine against {diseases}'],
  traits: {
    unspecified: 'product not stated', mRNA: 'mRNA', vector: 'viral vector', protein: 'protein', dna: 'DNA', particle: 'virus-like particle', inactivated: 'inactivated', live: 'live', oral: 'oral',
    nasal: 'nasal', conjugate: 'conjugate', polysaccharide: 'polysaccharide', acellular: 'acellular pertussis', wholeCell: 'whole-cell pertussis', children: 'for children', adults: 'for adults',
    highDose: 'high dose', recombinant: 'recombinant', adjuvanted: 'adjuvanted', monovalent: 'monovalent', bivalent: 'bivalent', trivalent: 'trivalent', quadrivalent: 'quadrivalent',
    pentavalent: 'pentavalent', cell: 'cell culture', threeAntigens: 'three antigens', pandemic2009: 'pandemic strain of 2009', toxoid: 'toxoid',
  },
};
