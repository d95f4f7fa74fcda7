import type { Translation } from '#faces/words/words.ts';
import type { prescriptions as en } from '../en/prescriptions.ts';

export const prescriptions: Translation<typeof en> = {
  prescribe: {
    lead: 'यह रिकॉर्ड में और मरीज़ के बटुए में जाता है। मरीज़ जिस भी फ़ार्मेसी को चुने, वह हर बार एक ही बार देती है।', medicine: 'दवा', medicineHint: 'पदार्थ, मात्रा और रूप', code: 'कोड', codeHint: 'यदि आपके पास हो', codeSystem: 'कोड प्रणाली', dosage: 'कैसे लेनी है', quantity: 'मात्रा', unit: 'इकाई', unitHint: 'गोलियाँ, पैक, मिलीलीटर',
    repeats: 'दोहराव', repeatsHint: 'पहली बार के बाद', until: 'कब तक मान्य', note: 'फ़ार्मेसी के लिए', send: 'हस्ताक्षर करके लिखें', done: 'नुस्खा लिखा गया', doneSays: 'मरीज़ के बटुए में है।', another: 'एक और लिखें', missing: { medicine: 'दवा भरें', dosage: 'भरें कि कैसे लेनी है', until: 'एक वर्ष के भीतर का दिन चुनें', quantity: 'यह संख्या संभव नहीं है', unit: 'इकाई भरें' },
  },
  issued: {
    none: 'आपने अभी तक कोई नुस्खा नहीं लिखा।', at: '{time} को लिखा', until: '{date} तक मान्य', states: { unused: 'नहीं दी गई', dispensed: 'दी गई', void: 'वापस लिया गया' }, use: 'क्रमांक {number}', withdraw: 'वापस लें', withdrawTitle: '{title} वापस लें?', withdrawSays: 'अब कोई फ़ार्मेसी इसे नहीं देगी। जो दी जा चुकी, वह दी जा चुकी।', withdrawn: '{title} वापस लिया गया',
  },
  counter: {
    lead: 'मरीज़ अपने बटुए से कोड स्कैन करता है और एक नुस्खा सौंपता है।', show: 'कोड दिखाएँ', code: 'मरीज़ के बटुए के लिए कोड', openWallet: 'इस उपकरण पर बटुआ खोलें', waits: 'मरीज़ की प्रतीक्षा…', over: 'कोड की अवधि समाप्त हो गई', next: 'अगला मरीज़',
    verified: 'दी जा सकती है', verifiedSays: 'नुस्खा लिखने के अधिकारी का हस्ताक्षर, मान्य, अभी तक उपयोग नहीं हुआ। दर्ज करने से पहले कुछ न दें।', person: 'किसके लिए', born: 'जन्म {date}', nameless: 'मरीज़ ने नहीं बताया कि कौन', prescriber: 'किसने लिखा', use: '{all} में से क्रमांक {number}', until: 'कब तक मान्य', dispense: 'हस्ताक्षर करके दर्ज करें', dispensing: 'रजिस्टर ले रहा है…',
    dispensed: 'दर्ज हो गया: अब दवा दें', written: 'यह मरीज़ के रिकॉर्ड में है।', given: 'मरीज़ के बटुए को सूचना दी गई।', refused: 'दवा न दें', unknown: 'अभी दवा न दें', unknownSays: 'रजिस्टर उत्तर नहीं दे रहा, इसलिए कोई नहीं जानता कि यह दी गई या नहीं। फिर से कोशिश करें।',
    reasons: {
      malformed: 'यह कोई नुस्खा नहीं है।', 'signature-invalid': 'लिखने वाले ने इस पर हस्ताक्षर नहीं किए: इसे बदला या जाली बनाया गया है।', 'prescriber-unknown': 'जिसने हस्ताक्षर किए, वह नुस्खा नहीं लिख सकता, या अब नहीं।', 'not-yet': 'यह अभी मान्य नहीं है।', expired: 'इसकी अवधि समाप्त हो गई है।', 'use-unknown': 'इस बार का प्रमाण ग़लत है।', void: 'लिखने वाले ने इसे वापस ले लिया है।', 'already-dispensed': 'यह पहले ही दी जा चुकी है।',
    },
    tell: 'मरीज़ को बताएँ', told: 'मरीज़ को बता दिया गया।',
  },
};
