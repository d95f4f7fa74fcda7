import type { Catalog } from '#faces/words/words.ts';

export const rules = {
  menu: { rules: 'Rules', events: 'Events' },
  signIn: { text: 'Staff sign in for this. Scanning goes without.', button: 'Sign in', failed: 'That did not happen. Try again.', offline: 'The service cannot be reached. What is kept on this device goes on working.' },
  list: {
    title: 'Rules', text: 'What passes are checked against.', create: 'New rule', take: 'Take over a rule', inUse: 'In use here', shipped: 'Comes with the service', own: 'Made here', passedOn: 'Passed on',
    version: 'Version {version}', ways: { one: '{count} way to meet it', other: '{count} ways to meet it' },
  },
  view: {
    says: 'What a wallet says to its owner', ways: 'Ways to meet it', use: 'Use this rule here', edit: 'Change', copy: 'Make a new rule of it', retire: 'Retire', retireSure: 'Retire this rule?',
    retireText: 'Passes for it are not accepted any more. It cannot be brought back.', share: 'Pass it on', print: 'Print', copyLink: 'Copy the link', copied: 'Copied', code: 'Code of the rule {rule}', gone: 'This rule is not known here.',
    unsigned: 'This rule is not signed, so it cannot be passed on.', shareText: 'Another scanner or a wallet reads this code. It shows who signed.', remove: 'Remove from this device',
  },
  signer: {
    by: 'Signed by {name}', self: 'Signed by this service', unknown: 'Signed by somebody this device does not know', unknownText: 'Anybody can sign a rule. Use it only if you were told to expect it, and from whom.',
    key: 'Mark of the signer', know: 'I know this signer', unsigned: 'Nobody has signed this rule.',
  },
  incoming: { title: 'A rule was passed on to you', take: 'Take it over', taken: 'The rule is kept on this device.', text: 'Text or link of the rule', read: 'Read it', same: 'There is another rule of this name here. It stays what it is.' },
  edit: {
    newTitle: 'New rule', changeTitle: 'Change the rule', template: 'Begin with', blank: 'An empty rule', name: 'Name', nameHint: 'People read it in their wallet.', nameMissing: 'Enter a name.',
    lasts: 'How long a pass lasts', hours2: '2 hours', hours4: '4 hours', day: 'A day', strictness: 'How new the data must be', strict: 'Strict: withdrawn certificates are noticed within the hour', usual: 'Usual: within a day', relaxed: 'Relaxed: three days, for places without a network',
    way: 'Way {count}', addWay: 'Add a way', removeWay: 'Remove way {count}', kind: 'What is asked', anyKind: 'Any health record', disease: 'Disease', anyDisease: 'Any', vaccines: 'Vaccines', anyVaccine: 'Any vaccine against it', euVaccines: 'Authorised in the EU',
    someVaccines: 'Only certain ones', addVaccine: 'Add a vaccine', removeVaccine: 'Remove {name}', dose: 'At least dose', complete: 'All doses of the course', from: 'At least this long ago', until: 'No longer ago than', unit: 'Unit', days: 'days', hours: 'hours',
    tests: 'Kinds of test', result: 'Result', anyResult: 'Any', age: 'Youngest age', preview: 'What the person will read', languages: 'In the other languages', combine: 'Combine with another rule', otherRule: 'Other rule',
    either: 'Either of the two', both: 'Both of the two', twoRecords: 'No single record can meet both rules. A pass rests on one record: ask for two passes instead.', tooMany: 'That would be more than 32 ways.',
    dropped: { one: '{count} combination was left out: it would take two records.', other: '{count} combinations were left out: they would take two records.' }, invalid: 'Way {count} has a value that is not possible.', save: 'Sign and save', noWay: 'Add at least one way.',
  },
  events: {
    title: 'Events', text: 'One entry per person, at as many lanes as you like. Nothing about people is kept.', create: 'New event', none: 'There is no event yet.', name: 'Name of the event', nameHint: 'Without the day. People read it in their wallet.',
    nameDay: 'Leave the day out of the name.', audience: 'Who asks', audienceHint: 'People read it in their wallet.', rule: 'Rule', firstDay: 'First day', lastDay: 'Last day', dayWrong: 'Choose days from today, 31 at most.', capacity: 'How many people may enter', missing: 'Fill this in.',
    save: 'Make the event', over: 'Over', today: 'Today', entered: { one: '{count} person entered', other: '{count} people entered' }, of: 'of {capacity}', full: 'The event is full.', doubles: { one: '{count} double entry', other: '{count} double entries' },
    doublesText: 'Somebody entered at two lanes while one of them had no network.', overTime: 'Entries over time', lanes: 'Lanes', lane: 'Lane', entries: 'Entries', heard: 'Last heard', service: 'Through the service', noLane: 'No lane has reported yet.', code: 'Code for wallets: {event}',
    codeText: 'Put it up at the entrance. People scan it with their wallet and show the pass at a lane.', start: 'Make this device a lane', laneName: 'Name of the lane', laneHint: 'For example North entrance', started: 'This device is a lane of the event.',
    scan: 'Start scanning', stop: 'Stop being a lane', stopSure: 'What this device knows of entries is deleted.', unsent: { one: '{count} entry has not been reported yet.', other: '{count} entries have not been reported yet.' },
    blind: 'Entries at other lanes since {time} are unknown.', blindAll: 'Entries at other lanes are unknown.', inTouch: 'The lanes are in touch.', letInTwice: 'Entered at {lane} at {time} already', letInElsewhere: 'Entered elsewhere already', fleeting: 'This browser keeps nothing: a reload would forget who entered.',
    remove: 'Delete the event', removeSure: 'Delete this event?', removeText: 'Its counts and all that lanes have reported are deleted.', sync: 'Report now',
  },
} as const satisfies Catalog;
