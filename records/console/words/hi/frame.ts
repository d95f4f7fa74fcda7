import type { Translation } from '#faces/words/words.ts';
import type { frame as en } from '../en/frame.ts';

export const frame: Translation<typeof en> = {
  name: 'healthpass अभिलेख',
  menu: 'खंड',
  offline: 'आप ऑफ़लाइन हैं। नेटवर्क आने तक कुछ पढ़ा या लिखा नहीं जा सकता।',
  lockNow: 'अभी लॉक करें',
  starting: 'खुल रहा है…',
  notHere: 'यहाँ कुछ नहीं है।',
  places: { patients: 'मरीज़', counter: 'काउंटर', prescriptions: 'नुस्खे', emergency: 'आपातकाल', reviews: 'समीक्षाएँ', applications: 'आवेदन', members: 'सदस्य', staff: 'हमारे लोग', membership: 'मेरी भूमिका', account: 'कुंजियाँ और लॉक' },
  errors: {
    'wallet-locked': 'कुंजियाँ लॉक हैं, या इससे नहीं खुलतीं।', 'wallet-corrupt': 'इस डिवाइस की कुंजियाँ क्षतिग्रस्त हैं। इन्हें अपनी कुंजी फ़ाइल से वापस लाएँ।', 'wallet-newer': 'ये कुंजियाँ नए संस्करण की हैं। उसे पाने के लिए पृष्ठ फिर लोड करें।',
    'wallet-missing': 'इस डिवाइस पर कोई कुंजी नहीं है।', 'wallet-exists': 'इस डिवाइस पर कुंजियाँ पहले से हैं।', 'backup-invalid': 'यह ऐसी कुंजी फ़ाइल नहीं है जो यहाँ पढ़ी जा सके।',
    'passkey-refused': 'यह नहीं हुआ: रद्द किया गया, बहुत देर लगी, या पासकी हटा दी गई।', 'passkey-unsupported': 'इस ब्राउज़र में पासकी आपकी कुंजियों की रक्षा नहीं कर सकती। पासफ़्रेज़ लें।',
    'storage-full': 'इस डिवाइस पर जगह नहीं बची। कुछ और हटाकर फिर कोशिश करें।', 'service-unavailable': 'सेवा तक पहुँचा नहीं जा सका। कनेक्शन देखकर फिर कोशिश करें।',
  },
};
