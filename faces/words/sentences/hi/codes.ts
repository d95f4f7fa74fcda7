import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': 'कोविड-19', measles: ['खसरा', 'खसरे'], mumps: 'गलसुआ', rubella: 'रूबेला', diphtheria: 'डिप्थीरिया', tetanus: 'टिटनेस', pertussis: 'काली खाँसी', poliomyelitis: 'पोलियो',
    'hepatitis-a': 'हेपेटाइटिस ए', 'hepatitis-b': 'हेपेटाइटिस बी', hib: 'हिब (Hib)', pneumococcal: 'न्यूमोकोकल रोग', meningococcal: 'मेनिंगोकोकल रोग', rotavirus: 'रोटावायरस', hpv: 'एचपीवी (HPV)',
    influenza: 'इन्फ्लुएंज़ा (फ़्लू)', 'influenza-a': 'इन्फ्लुएंज़ा ए', 'influenza-b': 'इन्फ्लुएंज़ा बी', typhoid: 'टाइफ़ाइड', rabies: 'रेबीज़', 'japanese-encephalitis': 'जापानी इंसेफेलाइटिस',
    'tick-borne-encephalitis': 'किलनी-जनित इंसेफेलाइटिस', cholera: ['हैज़ा', 'हैज़े'], varicella: 'छोटी माता (चिकनपॉक्स)', zoster: 'हर्पीज़ ज़ोस्टर', 'yellow-fever': 'पीत ज्वर', tuberculosis: 'तपेदिक (टीबी)',
    rsv: 'आरएसवी (RSV)', dengue: 'डेंगू', ebola: 'इबोला', mpox: 'एमपॉक्स', smallpox: 'चेचक', anthrax: 'एंथ्रेक्स', chikungunya: 'चिकनगुनिया', adenovirus: 'एडेनोवायरस', malaria: 'मलेरिया', hiv: 'एचआईवी (HIV)',
  },
  tests: {
    naat: 'पीसीआर जाँच', 'rapid-antigen': 'रैपिड एंटीजन जाँच', 'laboratory-antigen': 'प्रयोगशाला की एंटीजन जाँच', antibody: 'एंटीबॉडी जाँच', culture: 'कल्चर जाँच', microscopy: 'सूक्ष्मदर्शी जाँच',
    'interferon-gamma': 'इंटरफेरॉन गामा जाँच', 'other-laboratory': 'प्रयोगशाला की अन्य जाँच',
  },
  results: { none: 'बिना परिणाम', notDetected: 'नेगेटिव', detected: 'पॉज़िटिव' },
  kinds: { vaccination: ['टीकाकरण', 'टीकाकरण'], test: ['जाँच का परिणाम', 'जाँच का परिणाम'], recovery: ['रोग से उबरना', 'रोग से उबरने का रिकॉर्ड'] },
  vaccine: ['{diseases} का टीका', '{diseases} के टीके'],
  traits: {
    unspecified: 'उत्पाद नहीं बताया गया', mRNA: 'mRNA', vector: 'वायरल वेक्टर', protein: 'प्रोटीन', dna: 'DNA', particle: 'वायरस जैसे कण', inactivated: 'निष्क्रिय', live: 'जीवित', oral: 'मुँह से', nasal: 'नाक से',
    conjugate: 'कंजुगेट', polysaccharide: 'पॉलीसैकराइड', acellular: 'काली खाँसी अकोशिकीय', wholeCell: 'काली खाँसी पूर्ण कोशिका', children: 'बच्चों के लिए', adults: 'वयस्कों के लिए', highDose: 'अधिक मात्रा',
    recombinant: 'रीकॉम्बिनेंट', adjuvanted: 'एडजुवेंट सहित', monovalent: 'एक-प्रकारीय', bivalent: 'द्वि-प्रकारीय', trivalent: 'त्रि-प्रकारीय', quadrivalent: 'चतुः-प्रकारीय', pentavalent: 'पंच-प्रकारीय',
    cell: 'कोशिका कल्चर', threeAntigens: 'तीन एंटीजन', pandemic2009: '2009 की महामारी का स्ट्रेन', toxoid: 'टॉक्सॉइड',
  },
};
