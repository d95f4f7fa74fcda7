import type { MissWords, RuleWords } from '../types.ts';

export const rule: RuleWords = {
  units: { minute: { other: '{count} मिनट' }, hour: { one: '{count} घंटा', other: '{count} घंटे' }, day: { other: '{count} दिन' }, year: { other: '{count} वर्ष' } },
  facts: {
    vaccinated: 'आपको {diseases} का टीका लगा है', vaccinatedAny: 'आपको टीका लगा है', negative: '{diseases} की आपकी जाँच नेगेटिव थी', positive: '{diseases} की आपकी जाँच पॉज़िटिव थी',
    antibodies: 'जाँच में आपमें {diseases} की एंटीबॉडी मिलीं', tested: 'आपकी {diseases} की जाँच हुई है', testedAny: 'आपकी जाँच हुई है', recovered: 'आप {diseases} से ठीक हो चुके हैं',
    recoveredAny: 'आप किसी रोग से ठीक हो चुके हैं', record: 'आपके पास {diseases} के बारे में स्वास्थ्य रिकॉर्ड है', recordAny: 'आपके पास मान्य स्वास्थ्य रिकॉर्ड है',
  },
  heads: {
    vaccinated: '{diseases} का टीकाकरण', vaccinatedAny: 'टीकाकरण', negative: '{diseases} की नेगेटिव जाँच', positive: '{diseases} की पॉज़िटिव जाँच', antibodies: 'जाँच में मिली {diseases} की एंटीबॉडी',
    tested: '{diseases} की जाँच', testedAny: 'जाँच', recovered: '{diseases} से ठीक होना', recoveredAny: 'किसी रोग से ठीक होना', record: '{diseases} के बारे में कोई भी स्वास्थ्य रिकॉर्ड', recordAny: 'कोई भी स्वास्थ्य रिकॉर्ड',
  },
  age: { fact: { other: 'आपकी आयु कम से कम {count} वर्ष है' }, head: { other: 'आयु {count} वर्ष या अधिक' } },
  conditions: {
    complete: 'सभी खुराकों के साथ', dose: { other: 'कम से कम खुराक {count}' }, from: 'कम से कम {time} पहले', until: 'अधिक से अधिक {time} पहले', between: 'कम से कम {from} और अधिक से अधिक {to} पहले',
    products: '{products} से', productsMany: { one: '{count} स्वीकृत टीके से', other: '{count} स्वीकृत टीकों में से किसी एक से' }, euVaccines: 'यूरोपीय संघ में मान्य टीके से', tests: '{tests} से', results: 'परिणाम {results}',
    age: { other: 'कम से कम {count} वर्ष के व्यक्ति का' },
  },
  comma: ', ',
  sentence: {
    one: 'यह साबित करता है कि {facts}।', oneOf: 'यह साबित करता है कि {facts}, यह बताए बिना कि इनमें से क्या।',
    waysOf: { one: 'यह साबित करता है कि {facts}।', other: 'यह {count} में से किसी एक तरीके से साबित करता है कि {facts}, यह बताए बिना कि किस तरीके से।' },
    many: { one: 'यह साबित करता है कि इस नियम की {count} शर्त पूरी होती है।', other: 'यह साबित करता है कि इस नियम की {count} शर्तों में से कोई एक पूरी होती है, यह बताए बिना कि कौन-सी।' },
    also: 'यह भी साबित करता है कि {facts}।', nothingElse: 'और कुछ नहीं दिखाया जाता।', secret: 'यह गुप्त रहता है: {items}।',
  },
  secrets: { which: 'कौन-सा तरीका आप पर लागू होता है', name: 'आपका नाम', birth: 'आपकी जन्मतिथि', when: 'सटीक तारीखें', provider: 'आपका इलाज किसने किया', rest: 'आपके स्वास्थ्य रिकॉर्ड की बाकी सारी बातें' },
  extras: {
    match: 'कर्मचारी कोड को आपके पहचान पत्र के नाम और जन्मतिथि से मिलाते हैं।',
    once: 'इस कार्यक्रम का एक निशान आपको एक बार प्रवेश देता है। यह आपके बारे में कुछ नहीं बताता और इससे कहीं और आपका पीछा नहीं किया जा सकता।',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'यह {has} है; {needs} माँगा गया है।', disease: 'यह {has} के बारे में है, {needs} के बारे में नहीं।', product: 'यह टीका इस नियम में नहीं गिना जाता: {has}।',
    dose: 'खुराक {needs} बाकी है; रिकॉर्ड खुराक {has} का है।', series: 'सभी खुराकें पूरी नहीं हुई हैं: रिकॉर्ड {needs} में से खुराक {has} का है।', seriesUnknown: 'रिकॉर्ड यह नहीं बताता कि सभी खुराकें पूरी हुई हैं।',
    tooEarly: 'यह {date} से गिना जाएगा।', tooOld: 'यह {date} तक गिना जाता था।', test: 'जाँच {has} थी; {needs} माँगी गई है।', result: 'परिणाम {has} है; {needs} माँगा गया है।',
    age: '{date} से आपकी आयु पर्याप्त होगी।', expires: 'रिकॉर्ड {date} को समाप्त होता है।',
  },
  blocks: {
    revoked: 'जारी करने वाली संस्था ने यह रिकॉर्ड वापस ले लिया है।', suspended: 'जारी करने वाली संस्था ने यह रिकॉर्ड रोक दिया है।', 'issuer-removed': 'यह रिकॉर्ड जारी करने वाली संस्था अब मान्य नहीं है।',
    'issuer-suspended': 'यह रिकॉर्ड जारी करने वाली संस्था इस समय मान्य नहीं है।', 'status-unknown': 'अभी पता नहीं कि यह रिकॉर्ड अब भी मान्य है या नहीं। एक बार इंटरनेट से जुड़ें।',
    'signature-superseded': 'इस रिकॉर्ड का नवीनीकरण ज़रूरी है। एक बार इंटरनेट से जुड़ें।', 'name-missing': 'इस रिकॉर्ड में ऐसा नाम नहीं है जिसे पहचान पत्र से मिलाया जा सके।',
  },
  why: { 'no-credential': 'इस व्यक्ति का अभी कोई स्वास्थ्य रिकॉर्ड नहीं है।', 'not-yet': 'अभी कोई रिकॉर्ड नहीं गिना जाता।', unmet: 'कोई भी रिकॉर्ड इस नियम को पूरा नहीं करता।' },
  fitsFrom: 'यह {date} से ठीक होगा।', afterDose: 'नई खुराक {time} बाद गिनी जाती है।', needed: 'यह ठीक रहेगा: {way}।',
};
