import type { Translation } from '#faces/words/words.ts';
import type { patients as en } from '../en/patients.ts';

export const patients: Translation<typeof en> = {
  patients: {
    none: 'अभी कोई मरीज़ आपके साथ कुछ साझा नहीं करता।', noneSays: 'किसी मरीज़ से पूछें: वह अपने बटुए से कोड स्कैन करता है और तय करता है।', ask: 'मरीज़ से पूछें', search: 'नाम से खोजें', born: 'जन्म {date}', nameless: 'नाम नहीं खुल सकता', until: '{date} तक', pending: 'रजिस्टर में लिखा जा रहा है',
    notRequested: 'आपके पूछे बिना आया', notRequestedSays: 'यह आपके किसी अनुरोध के कोड से नहीं आया। किसी और तरीके से सुनिश्चित करें कि मरीज़ कौन है।', count: { one: '{count} मरीज़ आपके साथ साझा करता है', other: '{count} मरीज़ आपके साथ साझा करते हैं' }, open: 'अभिलेख खोलें', nothing: 'कोई मरीज़ मेल नहीं खाता।', unanswered: 'बिना उत्तर के अनुरोध', expires: '{time} तक खुला', showAgain: 'कोड फिर दिखाएँ',
  },
  ask: {
    title: 'मरीज़ से पूछें', lead: 'मरीज़ ठीक यही देखता है, और कम या कुछ भी नहीं दे सकता है।', purpose: 'किसलिए', actions: 'आप क्या करना चाहते हैं', read: 'पढ़ना', write: 'लिखना', categories: 'कौन से अभिलेख', all: 'सभी सामान्य', some: 'केवल कुछ', sensitiveHint: 'मनोचिकित्सा, यौन स्वास्थ्य, लत, आनुवंशिकी। केवल ज़रूरत हो तो माँगें।',
    period: 'कितने समय के लिए', periods: { day: 'आज', week: 'एक सप्ताह', month: '30 दिन', year: 'एक वर्ष', chosen: 'मेरे चुने दिन तक' }, until: 'कब तक', forOrganisation: 'इनके सभी लोगों के लिए:', forOrganisationHint: 'नहीं तो केवल आपके लिए।', message: 'मरीज़ के लिए एक बात', messageHint: 'उनके स्वास्थ्य के बारे में कुछ नहीं: कोड देखने वाला इसे पढ़ सकता है।', send: 'कोड बनाएँ',
    missing: { actions: 'कम से कम एक चुनें', categories: 'कम से कम एक चुनें', until: 'आगे का कोई दिन चुनें, अधिकतम दस वर्ष बाद' },
    show: 'मरीज़ से इसे स्कैन कराएँ', showSays: 'उनके बटुए या फ़ोन के कैमरे से। कोड एक बार चलता है, {time} तक।', code: 'मरीज़ के बटुए के लिए कोड', openWallet: 'इस डिवाइस पर बटुआ खोलें', waits: 'मरीज़ की प्रतीक्षा…', granted: 'मरीज़ सहमत है', grantedSays: 'नाम देखें: क्या यह आपके सामने वाला व्यक्ति है?', over: 'कोड की अवधि समाप्त हुई', another: 'फिर पूछें',
  },
  access: {
    title: 'आप क्या कर सकते हैं', says: 'आप {actions} सकते हैं: {what}, उद्देश्य {purposes}, {until} तक।', everything: 'सभी सामान्य अभिलेख', anyPurpose: 'कोई भी', ended: 'यह समाप्त हुआ', endedSays: 'मरीज़ ने इसे समाप्त किया, या समय पूरा हुआ। आपने जो पढ़ा वह आपके पास रहता है; अब से लिखा कुछ भी नहीं खुलेगा।',
    readings: 'आपके पठन', readingsSays: 'हर एक अपने उद्देश्य के साथ मरीज़ के पहुँच-खाते में दर्ज है। अभिलेख सेवा ने इस पर हस्ताक्षर किए हैं।', noReadings: 'आपने अभी कुछ नहीं पढ़ा।', reading: { one: '{purpose}: {count} प्रविष्टि', other: '{purpose}: {count} प्रविष्टियाँ' }, receipt: 'रसीद',
  },
};
