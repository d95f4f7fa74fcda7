import type { CodeWords } from '../types.ts';

export const codes: CodeWords = {
  diseases: {
    'covid-19': 'كوفيد-19', measles: 'الحصبة', mumps: 'النكاف', rubella: 'الحصبة الألمانية', diphtheria: 'الخناق', tetanus: 'الكزاز', pertussis: 'السعال الديكي', poliomyelitis: 'شلل الأطفال',
    'hepatitis-a': 'التهاب الكبد A', 'hepatitis-b': 'التهاب الكبد B', hib: 'المستدمية النزلية (Hib)', pneumococcal: 'المكورات الرئوية', meningococcal: 'المكورات السحائية', rotavirus: 'الفيروس العجلي',
    hpv: 'فيروس الورم الحليمي (HPV)', influenza: 'الإنفلونزا', 'influenza-a': 'الإنفلونزا A', 'influenza-b': 'الإنفلونزا B', typhoid: 'حمى التيفوئيد', rabies: 'داء الكلب',
    'japanese-encephalitis': 'التهاب الدماغ الياباني', 'tick-borne-encephalitis': 'التهاب الدماغ المنقول بالقراد', cholera: 'الكوليرا', varicella: 'جدري الماء', zoster: 'الحزام الناري',
    'yellow-fever': 'الحمى الصفراء', tuberculosis: 'السل', rsv: 'الفيروس المخلوي (RSV)', dengue: 'حمى الضنك', ebola: 'إيبولا', mpox: 'جدري القردة (إمبوكس)', smallpox: 'الجدري', anthrax: 'الجمرة الخبيثة',
    chikungunya: 'الشيكونغونيا', adenovirus: 'الفيروس الغدي', malaria: 'الملاريا', hiv: 'فيروس نقص المناعة (HIV)',
  },
  tests: {
    naat: 'فحص PCR', 'rapid-antigen': 'فحص سريع للمستضد', 'laboratory-antigen': 'فحص مخبري للمستضد', antibody: 'فحص الأجسام المضادة', culture: 'زرع مخبري', microscopy: 'فحص مجهري',
    'interferon-gamma': 'فحص إنترفيرون غاما', 'other-laboratory': 'فحص مخبري آخر',
  },
  results: { none: 'دون نتيجة', notDetected: 'سلبية', detected: 'إيجابية' },
  kinds: { vaccination: ['تطعيم', 'تطعيم'], test: ['نتيجة فحص', 'نتيجة فحص'], recovery: ['تعافٍ', 'تعافٍ من مرض'] },
  vaccine: 'لقاح ضد {diseases}',
  traits: {
    unspecified: 'المنتج غير مذكور', mRNA: 'mRNA', vector: 'ناقل فيروسي', protein: 'بروتيني', dna: 'DNA', particle: 'جسيمات شبيهة بالفيروس', inactivated: 'معطّل', live: 'حي', oral: 'فموي', nasal: 'أنفي',
    conjugate: 'مقترن', polysaccharide: 'عديد السكاريد', acellular: 'السعال الديكي اللاخلوي', wholeCell: 'السعال الديكي كامل الخلية', children: 'للأطفال', adults: 'للبالغين', highDose: 'جرعة عالية',
    recombinant: 'مؤتلف', adjuvanted: 'مع مادة مساعدة', monovalent: 'أحادي التكافؤ', bivalent: 'ثنائي التكافؤ', trivalent: 'ثلاثي التكافؤ', quadrivalent: 'رباعي التكافؤ', pentavalent: 'خماسي التكافؤ',
    cell: 'زرع خلوي', threeAntigens: 'ثلاثة مستضدات', pandemic2009: 'سلالة جائحة 2009', toxoid: 'ذوفان',
  },
};
