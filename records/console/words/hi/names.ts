import type { Translation } from '#faces/words/words.ts';
import type { names as en } from '../en/names.ts';

export const names: Translation<typeof en> = {
  roles: {
    patient: 'मरीज़', doctor: 'डॉक्टर', nurse: 'नर्स', pharmacy: 'दवाख़ाना', hospital: 'अस्पताल', laboratory: 'प्रयोगशाला', researcher: 'शोधकर्ता', 'device-operator': 'उपकरण संचालक', verifier: 'जाँच कार्यालय', gateway: 'अभिलेख सेवा',
  },
  categories: {
    allergies: 'एलर्जी', conditions: 'रोग', medications: 'दवाएँ', immunizations: 'टीके', results: 'परिणाम', imaging: 'चित्रण', procedures: 'प्रक्रियाएँ', vitals: 'जीवन संकेत', encounters: 'मुलाक़ातें', documents: 'दस्तावेज़',
    devices: 'उपकरण', social: 'सामाजिक स्थिति', plans: 'योजनाएँ और आदेश', sensitive: 'विशेष रूप से संवेदनशील',
  },
  purposes: {
    TREAT: 'इलाज', ETREAT: 'आपात इलाज', HPAYMT: 'भुगतान', HOPERAT: 'संस्था का संचालन', HRESCH: 'शोध', PUBHLTH: 'जन स्वास्थ्य', PATRQT: 'मरीज़ के कहने पर', CAREMGT: 'देखभाल का प्रबंध',
  },
  cautions: { 'do-not-perform': 'न देना है, न करना है', 'entered-in-error': 'ग़लती से लिखा', refuted: 'खंडित', 'not-done': 'नहीं किया', 'not-taken': 'नहीं लिया', 'not-ordered': 'केवल सुझाया या सोचा गया, आदेश नहीं', qualified: 'लेखक ने इसे ऐसे ढंग से सीमित किया है जो यहाँ नहीं दिखता' },
  statuses: {
    active: 'सक्रिय', amended: 'बाद में बदला', cancelled: 'रद्द', completed: 'पूरा', corrected: 'सुधारा गया', current: 'वर्तमान', draft: 'मसौदा', 'entered-in-error': 'ग़लती से लिखा', final: 'अंतिम', finished: 'समाप्त', 'in-progress': 'जारी', intended: 'इरादा', 'not-done': 'नहीं किया', 'not-taken': 'नहीं लिया', 'on-hold': 'रुका हुआ', planned: 'नियोजित', preliminary: 'प्रारंभिक', registered: 'प्रतीक्षित', stopped: 'बंद', superseded: 'बदला गया', unknown: 'पता नहीं',
  },
  inside: {
    categories: { allergies: 'एलर्जी', conditions: 'रोग', medications: 'दवाएँ', immunizations: 'टीके', results: 'परिणाम', imaging: 'चित्रण', procedures: 'प्रक्रियाएँ', vitals: 'जीवन संकेत', encounters: 'मुलाक़ातें', documents: 'दस्तावेज़', devices: 'उपकरण', social: 'सामाजिक स्थिति', plans: 'योजनाएँ और आदेश', sensitive: 'विशेष रूप से संवेदनशील अभिलेख' },
    purposes: { TREAT: 'इलाज', ETREAT: 'आपात इलाज', HPAYMT: 'भुगतान', HOPERAT: 'संस्था का संचालन', HRESCH: 'शोध', PUBHLTH: 'जन स्वास्थ्य', PATRQT: 'मरीज़ का कहना', CAREMGT: 'देखभाल का प्रबंध' },
  },
  actions: { read: 'पढ़', write: 'लिख' },
};
