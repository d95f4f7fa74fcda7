import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': ['COVID-19', 'la COVID-19'], measles: ['Sarampión', 'el sarampión'], mumps: ['Paperas', 'las paperas'], rubella: ['Rubéola', 'la rubéola'], diphtheria: ['Difteria', 'la difteria'],
    tetanus: ['Tétanos', 'el tétanos'], pertussis: ['Tosferina', 'la tosferina'], poliomyelitis: ['Polio', 'la polio'], 'hepatitis-a': ['Hepatitis A', 'la hepatitis A'],
    'hepatitis-b': ['Hepatitis B', 'la hepatitis B'], hib: ['Hib', 'el Hib'], pneumococcal: ['Enfermedad neumocócica', 'la enfermedad neumocócica'],
    meningococcal: ['Enfermedad meningocócica', 'la enfermedad meningocócica'], rotavirus: ['Rotavirus', 'el rotavirus'], hpv: ['VPH', 'el VPH'], influenza: ['Gripe', 'la gripe'],
    'influenza-a': ['Gripe A', 'la gripe A'], 'influenza-b': ['Gripe B', 'la gripe B'], typhoid: ['Fiebre tifoidea', 'la fiebre tifoidea'], rabies: ['Rabia', 'la rabia'],
    'japanese-encephalitis': ['Encefalitis japonesa', 'la encefalitis japonesa'], 'tick-borne-encephalitis': ['Encefalitis por garrapatas', 'la encefalitis por garrapatas'],
    cholera: ['Cólera', 'el cólera'], varicella: ['Varicela', 'la varicela'], zoster: ['Herpes zóster', 'el herpes zóster'], 'yellow-fever': ['Fiebre amarilla', 'la fiebre amarilla'],
    tuberculosis: ['Tuberculosis', 'la tuberculosis'], rsv: ['VRS', 'el VRS'], dengue: ['Dengue', 'el dengue'], ebola: ['Ébola', 'el ébola'], mpox: ['Mpox', 'la mpox'],
    smallpox: ['Viruela', 'la viruela'], anthrax: ['Carbunco', 'el carbunco'], chikungunya: ['Chikunguña', 'la chikunguña'], adenovirus: ['Adenovirus', 'el adenovirus'],
    malaria: ['Malaria', 'la malaria'], hiv: ['VIH', 'el VIH'],
  },
  tests: {
    naat: ['Prueba PCR', 'una prueba PCR'], 'rapid-antigen': ['Prueba rápida de antígenos', 'una prueba rápida de antígenos'],
    'laboratory-antigen': ['Prueba de antígenos en laboratorio', 'una prueba de antígenos en laboratorio'], antibody: ['Prueba de anticuerpos', 'una prueba de anticuerpos'],
    culture: ['Cultivo', 'un cultivo'], microscopy: ['Microscopía', 'una microscopía'], 'interferon-gamma': ['Prueba de interferón gamma', 'una prueba de interferón gamma'],
    'other-laboratory': ['Otra prueba de laboratorio', 'otra prueba de laboratorio'],
  },
  results: { none: ['Sin resultado', 'sin resultado'], notDetected: ['Negativo', 'negativo'], detected: ['Positivo', 'positivo'] },
  kinds: { vaccination: ['Vacunación', 'una vacunación'], test: ['Resultado de una prueba', 'el resultado de una prueba'], recovery: ['Recuperación', 'una recuperación'] },
  vaccine: ['Vacuna contra {diseases}', 'una vacuna contra {diseases}'],
  traits: {
    unspecified: 'producto no indicado', mRNA: 'ARNm', vector: 'vector viral', protein: 'proteína', dna: 'ADN', particle: 'partícula similar a virus', inactivated: 'inactivada', live: 'viva',
    oral: 'oral', nasal: 'nasal', conjugate: 'conjugada', polysaccharide: 'polisacárida', acellular: 'tosferina acelular', wholeCell: 'tosferina de célula entera', children: 'infantil',
    adults: 'para adultos', highDose: 'dosis alta', recombinant: 'recombinante', adjuvanted: 'adyuvada', monovalent: 'monovalente', bivalent: 'bivalente', trivalent: 'trivalente',
    quadrivalent: 'tetravalente', pentavalent: 'pentavalente', cell: 'cultivo celular', threeAntigens: 'tres antígenos', pandemic2009: 'cepa pandémica de 2009', toxoid: 'toxoide',
  },
};
