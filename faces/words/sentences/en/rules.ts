import type { MissWords, RuleWords } from '../types.ts';

export const rule: RuleWords = {
  units: {
    minute: { one: '{count} minute', other: '{count} minutes' }, hour: { one: '{count} hour', other: '{count} hours' },
    day: { one: '{count} day', other: '{count} days' }, year: { one: '{count} year', other: '{count} years' },
  },
  facts: {
    vaccinated: 'you were vaccinated against {diseases}', vaccinatedAny: 'you were vaccinated', negative: 'you tested negative for {diseases}', positive: 'you tested positive for {diseases}',
    antibodies: 'a test found antibodies against {diseases}', tested: 'you were tested for {diseases}', testedAny: 'you were tested', recovered: 'you had {diseases} and recovered',
    recoveredAny: 'you recovered from an illness', record: 'you have a health record about {diseases}', recordAny: 'you have a valid health record',
  },
  heads: {
    vaccinated: 'Vaccination against {diseases}', vaccinatedAny: 'Vaccination', negative: 'Negative test for {diseases}', positive: 'Positive test for {diseases}',
    antibodies: 'Antibodies against {diseases} found by a test', tested: 'Test for {diseases}', testedAny: 'Test', recovered: 'Recovery from {diseases}', recoveredAny: 'Recovery from an illness',
    record: 'Any health record about {diseases}', recordAny: 'Any health record',
  },
  age: { fact: { one: 'you are at least {count} year old', other: 'you are at least {count} years old' }, head: { one: 'Age of {count} year or more', other: 'Age of {count} years or more' } },
  conditions: {
    complete: 'with all doses of the course', dose: { one: 'at least dose {count}', other: 'at least dose {count}' }, from: 'at least {time} ago', until: 'no more than {time} ago',
    between: 'at least {from} and no more than {to} ago', products: 'with {products}', productsMany: { one: 'with {count} accepted vaccine', other: 'with one of {count} accepted vaccines' },
    euVaccines: 'with a vaccine authorised in the EU', tests: 'by {tests}', results: 'with the result {results}', age: { one: 'by a person of at least {count} year', other: 'by a person of at least {count} years' },
  },
  comma: ', ',
  sentence: {
    one: 'Proves that {facts}.', oneOf: 'Proves that {facts}, without saying which.',
    waysOf: { one: 'Proves that {facts}.', other: 'Proves that {facts}, in one of {count} ways, without saying which.' },
    many: { one: 'Proves that {count} condition of this rule is met.', other: 'Proves that one of the {count} conditions of this rule is met, without saying which.' },
    also: 'It also proves that {facts}.', nothingElse: 'Nothing else is shown.', secret: 'This stays secret: {items}.',
  },
  secrets: {
    which: 'which of the ways applies to you', name: 'your name', birth: 'your date of birth', when: 'the exact dates', provider: 'who treated you', rest: 'everything else in your health records',
  },
  extras: {
    match: 'Staff compare the code with the name and date of birth in your identity document.',
    once: 'A mark of this event lets you in once. It says nothing about you and cannot be used to follow you anywhere else.',
  },
};

export const miss: MissWords = {
  conditions: {
    kind: 'This is {has}; {needs} is asked for.', disease: 'This is about {has}, not {needs}.', product: 'The vaccine {has} does not count for this rule.',
    dose: 'Dose {needs} is missing; the record is of dose {has}.', series: 'The course is not complete: the record is of dose {has} of {needs}.',
    seriesUnknown: 'The record does not say that the course is complete.', tooEarly: 'It counts from {date}.', tooOld: 'It counted until {date}.',
    test: 'The test was {has}; {needs} is asked for.', result: 'The result is {has}; {needs} is asked for.', age: 'You will be old enough from {date}.', expires: 'The record runs out on {date}.',
  },
  blocks: {
    revoked: 'The provider has withdrawn this record.', suspended: 'The provider has put this record on hold.', 'issuer-removed': 'The provider of this record is not recognised any more.',
    'issuer-suspended': 'The provider of this record is not recognised at the moment.', 'status-unknown': 'Whether this record still holds is not known yet. Connect to the internet once.',
    'signature-superseded': 'This record has to be renewed. Connect to the internet once.', 'name-missing': 'This record has no name that could be compared with a document.',
  },
  why: { 'no-credential': 'There is no health record for this person yet.', 'not-yet': 'None of the records counts yet.', unmet: 'None of the records meets this rule.' },
  fitsFrom: 'It will fit from {date}.', afterDose: 'A new dose counts after {time}.', needed: 'What would fit: {way}.',
};
