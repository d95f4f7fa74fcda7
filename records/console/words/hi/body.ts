import type { Translation } from '#faces/words/words.ts';
import type { body as en } from '../en/body.ts';

export const body: Translation<typeof en> = {
  applications: {
    sending: 'रजिस्टर की ओर जा रहा है…', none: 'कोई आवेदन प्रतीक्षा में नहीं है।', appliedAt: 'आवेदन की तारीख़', approve: 'स्वीकार करें', refuse: 'अस्वीकार करें', until: 'कब तक', untilHint: 'उस दिन भूमिका अपने आप समाप्त होती है।',
    approveTitle: '{name} को {role} के रूप में पंजीकृत करें?', approveSays: 'पहले संख्या अपने रजिस्टर से मिलाएँ। इस पर आपकी कुंजी से हस्ताक्षर होता है और तब से यह सार्वजनिक रजिस्टर में रहता है।', refuseTitle: '{name} का आवेदन अस्वीकार करें?', reason: 'कारण', reasonHint: 'आवेदक इसे पढ़ता है।', approved: '{name} पंजीकृत है।', refused: '{name} का आवेदन अस्वीकार हुआ।',
    missing: { until: 'आगे का कोई दिन चुनें, अधिकतम पाँच वर्ष बाद', reason: 'कारण लिखें' },
  },
  members: {
    none: 'अभी कोई सदस्य नहीं है।', search: 'नाम से खोजें', role: 'भूमिका', name: 'नाम', status: 'स्थिति', until: 'कब तक', actions: 'क्रियाएँ', active: 'पंजीकृत', suspended: 'निलंबित', over: 'समाप्त',
    acts: {
      suspend: { act: 'निलंबित करें', title: '{name} को निलंबित करें?', says: 'तुरंत: सत्र समाप्त होते हैं, कोई उत्तर नहीं मिलता, उनके साथ कुछ साझा नहीं हो सकता।', done: '{name} निलंबित है।' },
      reinstate: { act: 'बहाल करें', title: '{name} को बहाल करें?', says: 'वे फिर साइन इन कर सकते हैं। मरीज़ों का साझा किया हुआ पहले जैसा रहता है।', done: '{name} बहाल है।' },
      withdraw: { act: 'वापस लें', title: '{name} की भूमिका वापस लें?', says: 'भूमिका हमेशा के लिए समाप्त होती है। लौटने के लिए फिर आवेदन करना होगा।', done: '{name} की भूमिका वापस ली गई।' },
    },
  },
};
