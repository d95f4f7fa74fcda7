import type { MissWords, RuleWords } from '../types.ts';

// Lengths of time stand in the dative here: "vor mindestens 14 Tagen".
export const rule: RuleWords = {
  units: {
    minute: { one: '{count} Minute', other: '{count} Minuten' }, hour: { one: '{count} Stunde', other: '{count} Stunden' },
    day: { one: '{count} Tag', other: '{count} Tagen' }, year: { one: '{count} Jahr', other: '{count} Jahren' },
  },
  facts: {
    vaccinated: 'Sie gegen {diseases} geimpft sind', vaccinatedAny: 'Sie geimpft sind', negative: 'Sie negativ auf {diseases} getestet wurden', positive: 'Sie positiv auf {diseases} getestet wurden',
    antibodies: 'bei Ihnen Antikörper gegen {diseases} gefunden wurden', tested: 'Sie auf {diseases} getestet wurden', testedAny: 'Sie getestet wurden', recovered: 'Sie {diseases} überstanden haben',
    recoveredAny: 'Sie eine Krankheit überstanden haben', record: 'Sie einen Gesundheitsnachweis zu {diseases} haben', recordAny: 'Sie einen gültigen Gesundheitsnachweis haben',
  },
  heads: {
    vaccinated: 'Impfung gegen {diseases}', vaccinatedAny: 'Impfung', negative: 'Negativer Test auf {diseases}', positive: 'Positiver Test auf {diseases}',
    antibodies: 'Antikörper gegen {diseases}, durch einen Test gefunden', tested: 'Test auf {diseases}', testedAny: 'Test', recovered: 'Genesung: {diseases}',
    recoveredAny: 'Genesung von einer Krankheit', record: 'Irgendein Gesundheitsnachweis zu {diseases}', recordAny: 'Irgendein Gesundheitsnachweis',
  },
  age: { fact: { one: 'Sie mindestens {count} Jahr alt sind', other: 'Sie mindestens {count} Jahre alt sind' }, head: { one: 'Alter ab {count} Jahr', other: 'Alter ab {count} Jahren' } },
  conditions: {
    complete: 'mit allen Dosen der Impfserie', dose: { other: 'mindestens Dosis {count}' }, from: 'vor mindestens {time}', until: 'vor höchstens {time}',
    between: 'vor mindestens {from} und höchstens {to}', products: 'mit {products}', productsMany: { one: 'mit {count} anerkannten Impfstoff', other: 'mit einem von {count} anerkannten Impfstoffen' },
    euVaccines: 'mit einem in der EU zugelassenen Impfstoff', tests: 'durch {tests}', results: 'mit Ergebnis {results}', age: { one: 'ab einem Alter von {count} Jahr', other: 'ab einem Alter von {count} Jahren' },
  },
  comma: ', ',
  sentence: {
    one: 'Weist nach, dass {facts}.', oneOf: 'Weist nach, dass {facts}, ohne zu sagen, was davon.',
    waysOf: { one: 'Weist nach, dass {facts}.', other: 'Weist nach, dass {facts}, auf einem von {count} Wegen, ohne zu sagen, auf welchem.' },
    many: { one: 'Weist nach, dass {count} Bedingung dieser Regel erfüllt ist.', other: 'Weist nach, dass eine der {count} Bedingungen dieser Regel erfüllt ist, ohne zu sagen, welche.' },
    also: 'Weist außerdem nach, dass {facts}.', nothingElse: 'Sonst wird nichts gezeigt.', secret: 'Geheim bleibt: {items}.',
  },
  secrets: {
    which: 'welcher der Wege auf Sie zutrifft', name: 'Ihr Name', birth: 'Ihr Geburtsdatum', when: 'die genauen Tage', provider: 'wer Sie behandelt hat', rest: 'alles andere in Ihren Gesundheitsnachweisen',
  },
  extras: {
    match: 'Das Personal vergleicht den Code mit Name und Geburtsdatum in Ihrem Ausweis.',
    once: 'Ein Zeichen nur für diese Veranstaltung lässt Sie einmal ein. Es sagt nichts über Sie, und niemand kann Ihnen damit anderswohin folgen.',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'Das ist {has}; verlangt wird {needs}.', disease: 'Hier geht es um {has}, nicht um {needs}.', product: 'Dieser Impfstoff zählt für diese Regel nicht: {has}.',
    dose: 'Dosis {needs} fehlt; der Nachweis ist über Dosis {has}.', series: 'Die Impfserie ist nicht vollständig: Der Nachweis ist über Dosis {has} von {needs}.',
    seriesUnknown: 'Der Nachweis sagt nicht, dass die Impfserie vollständig ist.', tooEarly: 'Es zählt ab {date}.', tooOld: 'Es zählte bis {date}.',
    test: 'Getestet wurde durch {has}; verlangt wird der Nachweis durch {needs}.', result: 'Das Ergebnis ist {has}; verlangt wird {needs}.', age: 'Alt genug sind Sie ab {date}.', expires: 'Der Nachweis läuft am {date} ab.',
  },
  blocks: {
    revoked: 'Die ausstellende Stelle hat diesen Nachweis zurückgezogen.', suspended: 'Die ausstellende Stelle hat diesen Nachweis ausgesetzt.',
    'issuer-removed': 'Die Stelle, die diesen Nachweis ausgestellt hat, ist nicht mehr anerkannt.', 'issuer-suspended': 'Die Stelle, die diesen Nachweis ausgestellt hat, ist zurzeit nicht anerkannt.',
    'status-unknown': 'Ob dieser Nachweis noch gilt, ist noch nicht bekannt. Gehen Sie einmal ins Internet.', 'signature-superseded': 'Dieser Nachweis muss erneuert werden. Gehen Sie einmal ins Internet.',
    'name-missing': 'Dieser Nachweis trägt keinen Namen, der sich mit einem Ausweis vergleichen lässt.',
  },
  why: { 'no-credential': 'Für diese Person gibt es noch keinen Gesundheitsnachweis.', 'not-yet': 'Noch zählt keiner der Nachweise.', unmet: 'Keiner der Nachweise erfüllt diese Regel.' },
  fitsFrom: 'Es passt ab {date}.', afterDose: 'Eine neue Dosis zählt nach {time}.', needed: 'Passen würde: {way}.',
};
