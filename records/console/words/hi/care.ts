import type { Translation } from '#faces/words/words.ts';
import type { care as en } from '../en/care.ts';

export const care: Translation<typeof en> = {
  care: {
    referral: 'सहकर्मी के पास भेजें', referralSays: 'यह अभिलेख में लिखा जाता है। मरीज़ का बटुआ सहकर्मी के साथ साझा करने का विकल्प देता है; निर्णय मरीज़ का है।', order: 'प्रयोगशाला को आदेश दें', orderSays: 'यह अभिलेख में लिखा जाता है। मरीज़ का बटुआ प्रयोगशाला के साथ साझा करने का विकल्प देता है, जो परिणाम लिखती है।',
    colleague: 'किसके पास', colleagueHint: 'डॉक्टर या अस्पताल का नाम', laboratory: 'प्रयोगशाला', laboratoryHint: 'प्रयोगशाला का नाम', tests: 'जाँचें', reason: 'कारण', question: 'प्रश्न', questionHint: 'आप क्या जानना चाहते हैं', urgency: 'तात्कालिकता', urgencies: { routine: 'सामान्य', urgent: 'ज़रूरी', asap: 'जितनी जल्दी हो सके', stat: 'तुरंत' },
    refer: 'हस्ताक्षर करके भेजें', send: 'हस्ताक्षर करके आदेश दें', referred: '{name} के पास भेजा गया', ordered: '{name} को आदेश दिया गया', next: 'मरीज़ इसे अब बटुए में पाता है और {name} के साथ साझा कर सकता है।', missing: { member: 'निर्देशिका से चुनें', reason: 'कारण लिखें', tests: 'कम से कम एक चुनें' },
  },
};
