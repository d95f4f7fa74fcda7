import type { Translation } from '#faces/words/words.ts';
import type { writing as en } from '../en/writing.ts';

export const writing: Translation<typeof en> = {
  writing: {
    title: 'आप क्या लिखना चाहते हैं?', says: 'यह जाँचा जाता है, आपकी कुंजी से हस्ताक्षरित होता है और उनके लिए कूटबद्ध होता है जिन्हें मरीज़ पढ़ने देता है।', sign: 'हस्ताक्षर करके लिखें', written: 'लिखा और हस्ताक्षरित।', another: 'कुछ और लिखें', toTimeline: 'समयरेखा पर', draft: 'आप जो लिखते हैं वह अभिलेख में जाने तक इस डिवाइस पर कूटबद्ध रहता है।', discard: 'मसौदा हटाएँ',
    nothing: 'कम से कम एक मान लिखें', checked: 'कोई दोष नहीं मिला।', check: 'जाँचें', checking: 'जाँच हो रही है…', file: 'FHIR फ़ाइल (JSON)', paste: 'या इसे चिपकाएँ', resource: 'FHIR R4, एक संसाधन या Bundle', problems: { one: '{count} दोष मिला। कुछ नहीं लिखा गया।', other: '{count} दोष मिले। कुछ नहीं लिखा गया।' }, where: 'पंक्ति {line}', several: { one: '{count} प्रविष्टि लिखी जाएगी', other: '{count} प्रविष्टियाँ लिखी जाएँगी' },
    left: { one: '{count} प्रविष्टि ऐसे प्रकार की है जो यहाँ नहीं रखी जाती', other: '{count} प्रविष्टियाँ ऐसे प्रकारों की हैं जो यहाँ नहीं रखी जातीं' }, notJson: 'यह JSON नहीं है',
  },
  kinds: {
    visit: { name: 'मुलाक़ात', says: 'मरीज़ कब, कैसे और क्यों आया' }, note: { name: 'टिप्पणी', says: 'मुक्त पाठ' }, condition: { name: 'रोग', says: 'निदान या समस्या' }, allergy: { name: 'एलर्जी', says: 'एलर्जी या असहिष्णुता' }, medication: { name: 'ली जा रही दवा', says: 'मरीज़ जो लेता है, पर्चा नहीं' },
    immunization: { name: 'टीका', says: 'दिया गया टीका' }, result: { name: 'प्रयोगशाला परिणाम', says: 'मान और उसकी इकाई' }, vitals: { name: 'जीवन संकेत', says: 'रक्तचाप, नाड़ी, वज़न…' }, fhir: { name: 'FHIR', says: 'दूसरे तंत्र की फ़ाइल' },
  },
  fields: {
    visitClass: 'कैसे', day: 'तारीख़', reason: 'कारण', title: 'शीर्षक', text: 'पाठ', what: 'क्या', codeSystem: 'कोड प्रणाली', code: 'कोड', clinicalStatus: 'नैदानिक स्थिति', allergyStatus: 'नैदानिक स्थिति', certainty: 'निश्चितता', allergyCertainty: 'निश्चितता', severity: 'गंभीरता', onset: 'कब से', allergyType: 'प्रकार', allergyCategory: 'किससे', criticality: 'जोखिम',
    reaction: 'प्रतिक्रिया', reactionSeverity: 'प्रतिक्रिया की गंभीरता', medicationStatus: 'स्थिति', dosage: 'ख़ुराक', since: 'कब से', vaccine: 'टीका', lot: 'लॉट', dose: 'डोज़', test: 'जाँच', value: 'मान', interpretation: 'व्याख्या', systolic: 'ऊपरी रक्तचाप', diastolic: 'निचला रक्तचाप', pulse: 'नाड़ी', temperature: 'तापमान',
    oxygen: 'ऑक्सीजन स्तर', breathing: 'श्वसन दर', weight: 'वज़न', height: 'लंबाई', sensitivity: 'विशेष रूप से संवेदनशील',
  },
  hints: { sensitivity: 'तब इसे केवल वे पढ़ते हैं जिन्हें मरीज़ संवेदनशील अभिलेख देता है।', code: 'जैसा कोड प्रणाली लिखती है', unit: '{unit} में' },
  faults: { missing: 'इसे भरें', future: 'यह भविष्य में है', number: 'यह संख्या संभव नहीं', long: 'यह बहुत लंबा है', code: 'यह कोड नहीं है' },
  choices: {
    visitClass: { AMB: 'क्लिनिक में', VR: 'वीडियो या फ़ोन से', HH: 'घर पर', IMP: 'अस्पताल में', EMER: 'आपातकाल' },
    clinicalStatus: { active: 'सक्रिय', recurrence: 'बार-बार', relapse: 'फिर से', inactive: 'निष्क्रिय', remission: 'शमन में', resolved: 'ठीक हुआ' },
    certainty: { confirmed: 'पुष्ट', provisional: 'अस्थायी', differential: 'विभेदक', unconfirmed: 'अपुष्ट', refuted: 'खंडित' },
    allergyStatus: { active: 'सक्रिय', inactive: 'निष्क्रिय', resolved: 'ठीक हुई' },
    allergyCertainty: { confirmed: 'पुष्ट', unconfirmed: 'अपुष्ट', refuted: 'खंडित' },
    allergyType: { allergy: 'एलर्जी', intolerance: 'असहिष्णुता' },
    allergyCategory: { food: 'भोजन', medication: 'दवा', environment: 'पर्यावरण', biologic: 'जैविक पदार्थ' },
    criticality: { low: 'कम', high: 'अधिक', 'unable-to-assess': 'नहीं बताया जा सकता' },
    reactionSeverity: { mild: 'हल्की', moderate: 'मध्यम', severe: 'गंभीर' },
    severity: { mild: 'हल्का', moderate: 'मध्यम', severe: 'गंभीर' },
    medicationStatus: { active: 'ली जा रही', intended: 'नियोजित', 'on-hold': 'रुकी हुई', completed: 'पूरी हुई', stopped: 'बंद', 'not-taken': 'नहीं ली', unknown: 'अज्ञात' },
    codeSystem: { snomed: 'SNOMED CT', icd10: 'ICD-10', atc: 'ATC', rxnorm: 'RxNorm' },
    test: {
      haemoglobin: 'हीमोग्लोबिन', leukocytes: 'श्वेत रक्त कोशिकाएँ', platelets: 'प्लेटलेट', glucose: 'ग्लूकोज़', hba1c: 'HbA1c', creatinine: 'क्रिएटिनिन', egfr: 'गुर्दे का कार्य (eGFR)', sodium: 'सोडियम', potassium: 'पोटैशियम', alt: 'ALT', cholesterol: 'कोलेस्ट्रॉल', ldl: 'LDL कोलेस्ट्रॉल', hdl: 'HDL कोलेस्ट्रॉल', triglycerides: 'ट्राइग्लिसराइड', crp: 'सी-रिएक्टिव प्रोटीन (CRP)', tsh: 'TSH',
    },
    interpretation: { N: 'सामान्य', H: 'अधिक', L: 'कम', HH: 'ख़तरनाक रूप से अधिक', LL: 'ख़तरनाक रूप से कम', A: 'असामान्य' },
    sensitivity: { PSY: 'मनोचिकित्सा', SUD: 'लत', SEX: 'यौन स्वास्थ्य', HIV: 'HIV', GDIS: 'आनुवंशिकी' },
  },
};
