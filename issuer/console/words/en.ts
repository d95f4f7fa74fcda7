// Words of this app; English is the source of the others.
import type { Catalog } from '#faces/words/words.ts';

export const en = {
  name: 'healthpass console',
  menu: 'Places', all: 'All', more: 'Show more', copy: 'Copy', actions: 'Actions', family: 'Family name', given: 'Given names', birthDate: 'Date of birth',
  records: 'Patient records',
  places: {
    visit: 'After a visit', import: 'Import', offers: 'Offers', register: 'Certificates', patients: 'Patients', dashboard: 'Overview', staff: 'Staff and programs', audit: 'Audit trail',
    keys: 'Keys and accreditation', network: 'Providers of the network', account: 'My account',
  },
  problems: { notHere: 'There is nothing here.', invalid: 'Something in this is not possible. Check what you entered.' },
  visit: {
    title: 'After a visit', kind: 'Kind', patient: 'Patient', patientHint: 'Name or date of birth. Add a new patient by typing the name.', born: 'born {date}', nameless: 'No name', known: { one: '{count} certificate', other: '{count} certificates' },
    addPatient: 'Add {name} as a new patient', newPatient: 'New patient', vaccine: 'Vaccine', lot: 'Lot', expires: 'Expires {date}', dose: 'Dose', series: 'Doses in all', date: 'Date', test: 'Test', result: 'Result',
    sampled: 'Sample taken on', time: 'Time', disease: 'Disease', firstPositive: 'First positive test on', more: 'Place and country', performer: 'Performed by', country: 'Country', issue: 'Issue', clear: 'Start over',
    preview: 'The certificate will say', doseOf: 'dose {dose} of {series}', doseAlone: 'dose {dose}', scan: 'Scan the package', scanning: 'Hold the code of the package in front of the camera.', scanNothing: 'This code is not that of a package.', noCamera: 'The camera cannot be used. Allow it in the browser, or type the lot.',
    missing: { patient: 'Choose the patient', family: 'Enter the family name', given: 'Enter the given names', birthDate: 'Enter the date of birth', product: 'Choose the vaccine', test: 'Choose the test', disease: 'Choose the disease', result: 'Choose the result', date: 'Enter the date' },
    faults: { missing: 'Enter this', future: 'The date lies in the future', beforeBirth: 'The date lies before the patient was born', dose: 'Enter a number from 1 to 255', expired: 'This lot had expired on that day' },
  },
  handout: {
    title: 'Ready for the patient', code: 'Code for the patient’s phone', pin: 'PIN', progress: 'What the patient has done', until: 'The code can be used until {time}.', print: 'Print the code', printPin: 'Print the PIN', paper: 'Print a paper certificate', copyLink: 'Copy the link',
    reissue: 'New code and PIN', next: 'Next patient', refused: { one: '{count} entry of the record could not be certified.', other: '{count} entries of the record could not be certified.' },
    steps: { created: 'Shown', fetched: 'Scanned', redeemed: 'PIN entered', accepted: 'In the wallet' },
    states: { created: 'Waiting to be scanned', fetched: 'Scanned, waiting for the PIN', redeemed: 'Being added', accepted: 'In the wallet', failed: 'The wallet could not add it', deleted: 'The patient deleted it', cancelled: 'Cancelled', locked: 'Locked: the wrong PIN too often', expired: 'Expired' },
  },
  sheet: {
    title: 'Your health certificate', paper: 'Health certificate on paper', paperSays: 'Show this together with your passport or identity card. Keep it like a document: whoever reads the code sees what it says.', validUntil: 'Valid until {date}', until: 'Use this code until {date}. It works once.',
    pinSays: 'Your PIN', pinApart: 'Keep this slip apart from the sheet with the code.', steps: { one: 'Open your wallet app.', two: 'Choose “Add a certificate” and scan this code.', three: 'Enter the PIN that you were given apart from this sheet.' },
  },
  statuses: { valid: 'Valid', suspended: 'Suspended', revoked: 'Revoked', expired: 'Expired', waiting: 'Not taken yet', unknown: 'Unknown' },
  pending: { revoke: 'being revoked', suspend: 'being suspended', reinstate: 'being reinstated' },
  changeStates: { pending: 'Under way', done: 'Done', refused: 'Refused' },
  status: {
    reason: 'Reason', note: 'Note', noteHint: 'For colleagues. It is kept sealed, and erased with the patient.', writing: 'Being written to the register. This can take a minute; you may close this, it goes on.',
    revoke: { verb: 'Revoke', done: 'Revoked', act: { one: 'Revoke {count} certificate', other: 'Revoke {count} certificates' }, says: 'This cannot be undone. The certificate has to be issued anew.' },
    suspend: { verb: 'Suspend', done: 'Suspended', act: { one: 'Suspend {count} certificate', other: 'Suspend {count} certificates' }, says: 'Checks refuse it until it is reinstated.' },
    reinstate: { verb: 'Reinstate', done: 'Reinstated', act: { one: 'Reinstate {count} certificate', other: 'Reinstate {count} certificates' }, says: 'Checks accept it again.' },
  },
  reasons: {
    'issued-in-error': 'Issued by mistake', 'data-wrong': 'Something in it is wrong', superseded: 'Replaced by another', 'holder-request': 'The patient asked for it', fraud: 'Fraud', 'key-compromise': 'A key came into wrong hands', 'under-review': 'It is being looked into', 'review-closed': 'It was looked into', unspecified: 'No reason given',
  },
  register: {
    search: 'Find by name, lot or number', status: 'Status', person: 'Patient', what: 'What', recorded: 'Recorded', choose: 'Choose', chooseOne: 'Choose {name}', erased: 'Erased', erasedSays: 'The person was erased, or you may not see what it says. It can still be revoked by its number.',
    export: 'Save as CSV', recall: 'Recall a lot', recallSays: 'All certificates of this lot are found and checked first. Nothing changes before you start it.', recallAct: 'Find certificates', recallHow: 'What should happen to them?', searching: 'Searching…', total: { one: '{count} certificate', other: '{count} certificates' },
    shown: { one: '{count} shown', other: '{count} shown' }, nothing: 'No certificate fits this.', empty: 'Nothing was issued yet.', emptySays: 'Issue the first certificate', chosenRegion: 'Chosen certificates', chosen: { one: '{count} chosen', other: '{count} chosen' }, clear: 'Choose none', one: 'Certificate', when: 'When',
    validUntil: 'Valid until', copies: 'Copies', number: 'Number', history: 'History', toPatient: 'All certificates of this patient', toOffers: 'Nobody has taken it yet. Cancel it, or give it out anew, among the offers.',
  },
  offers: { all: 'Also those that are over', open: { one: '{count} offer waits for its patient', other: '{count} offers wait for their patients' }, empty: 'No offer is waiting.', cancel: 'Cancel the offer' },
  patients: {
    search: 'Find a patient', searchHint: 'Three letters of the name or more', nothing: 'No patient fits this.', empty: 'There are no patients yet.', shown: { one: '{count} patient', other: '{count} patients' }, since: 'Since', one: 'Patient', erase: 'Erase this person', eraseTitle: 'Erase {name} for good?',
    eraseSays: 'Name, date of birth and everything recorded go for good, here and in every backup. Certificates that the person has stay valid; revoke them first if they should not.', eraseCount: { one: 'One certificate is concerned.', other: '{count} certificates are concerned.' }, eraseSure: 'I know that this cannot be undone',
  },
  import: {
    what: 'What do you have?', record: 'One record', recordHint: 'FHIR R4, of one patient', file: 'A file of many people', fileHint: 'CSV, or FHIR as NDJSON or Bundle', fhirFile: 'FHIR file', paste: 'Or paste it', several: 'Is it about several people? Import it as a file of many people.',
    rowsFile: 'File', rowsHint: 'UTF-8, at most 500 MB. It can also be dropped here.', noHeader: 'The file has no line with the names of its columns.', mapping: 'What the columns mean', means: 'Column {name} means', ignored: 'Not used', dates: 'Dates look like', pin: 'Everybody gets a PIN, apart from the code', again: 'Issue again what an earlier file issued',
    needs: { date: 'Say which column is the date of the event.', what: 'Say which column is the vaccine, the test or the disease.' }, dryRun: 'Every row is checked first. Nothing is issued before you start it.', check: 'Check the file', sending: 'The file is being sent…',
  },
  columns: {
    id: 'Your own number', kind: 'Kind', family: 'Family name', given: 'Given names', birthDate: 'Date of birth', product: 'Vaccine', dose: 'Dose', doses: 'Doses in all', date: 'Date of the event', lot: 'Lot', performer: 'Performed by', country: 'Country', disease: 'Disease', test: 'Test', result: 'Result', commitment: 'Holder commitment', keyX: 'Holder key x', keyY: 'Holder key y',
  },
  campaign: {
    list: 'Files so far', none: 'No file was imported yet.', title: 'Import of a file', kinds: { issue: 'Issue certificates', revoke: 'Revoke certificates', suspend: 'Suspend certificates', reinstate: 'Reinstate certificates' },
    states: { uploading: 'Being sent', checking: 'Being checked', draft: 'Checked: ready to start', running: 'Running', paused: 'Paused', done: 'Done', cancelled: 'Cancelled' }, total: 'Rows', ready: 'Ready', done: 'Done', refused: 'Refused', checking: '{done} of {total} rows checked', progress: '{done} of {total} rows done', eta: 'done at {time}',
    sameAs: 'The same file was imported before.', earlier: 'Show that one', report: 'Report (CSV)', pins: 'PINs (CSV, once)', row: 'Row', field: 'Field', why: 'Why', moreRows: { one: '{count} more row is in the report.', other: '{count} more rows are in the report.' },
    actions: { start: 'Start', pause: 'Pause', resume: 'Go on', cancel: 'Cancel the rest', erase: 'Forget what the rows said' },
    asks: {
      start: { title: { one: 'Start with {count} row?', other: 'Start with {count} rows?' }, says: 'It can be paused. What is done stays done.' },
      cancel: { title: 'Cancel what is not done?', says: 'This ends it for good. What is done stays done.' },
      erase: { title: 'Forget what the rows said?', says: 'Your own numbers, links and PINs are erased. The certificates stay in the register.' },
    },
  },
  dashboard: {
    span: 'Time', spans: { day: '24 hours', month: '30 days', year: 'A year' }, issued: 'Issued', revoked: 'Revoked', suspended: 'Suspended', outstanding: 'Offers waiting', patients: 'Patients', changes: 'Revoked and suspended', chain: 'Register on the chain', lag: 'Newest block', stands: 'it stands still', block: 'Block', final: 'final: {block}', waiting: 'Waiting to be written', writer: 'Writer',
    trouble: 'Nothing can be written to the register at the moment', slow: { one: '{count} change waits for the register longer than usual.', other: '{count} changes wait for the register longer than usual.' }, empty: 'Nothing was issued yet. What you issue will show here.', noData: 'No figures', asTable: '{name} as a table',
  },
  writers: { writing: 'writing', 'standing by': 'another process writes', stopped: 'stopped' },
  standings: { accredited: 'Accredited', active: 'Accredited', suspended: 'Suspended', removed: 'Removed', unknown: 'Unknown' },
  keys: {
    accreditation: 'Accreditation', name: 'Name', accreditedBy: 'Accredited by', notAccredited: 'This provider is not accredited. Nothing can be issued.', account: 'Account', balance: 'Balance', writes: { one: 'enough for {count} write', other: 'enough for {count} writes' }, lowGas: { one: 'The account can pay for {count} more write only. Send it some ether.', other: 'The account can pay for {count} more writes only. Send it some ether.' },
    notOnChain: 'The register does not have the key in use. Passes made with it are refused.', lists: 'Status lists', list: 'List {id}', blocked: { one: '{count} blocked', other: '{count} blocked' }, keys: 'Keys', key: 'Key', type: 'Used for', passes: 'Passes', current: 'In use', former: 'Former', missing: 'Not in the register',
    anchors: { one: '{count} anchor', other: '{count} anchors' }, unanchored: { one: '{count} signature is not anchored yet', other: '{count} signatures are not anchored yet' }, anchor: 'Anchor now',
  },
  rotation: {
    title: 'New keys', says: 'Give yourself new keys from time to time, and at once when an old one may be in wrong hands. Certificates that patients have stay valid.', which: 'Which keys?',
    keys: { did: { label: 'Keys of certificates', hint: 'You can go back to the old ones for seven days.' }, claims: { label: 'Key of passes', hint: 'Everything that is valid is signed again. Once switched, the old one cannot come back.' }, all: { label: 'Both', hint: 'The key of passes cannot come back.' } },
    work: { one: '{count} certificate is signed again.', other: '{count} certificates are signed again.' }, prepare: 'Prepare', prepareSays: 'Nothing changes yet, and it can be discarded.', stages: { prepared: 'Prepared', switched: 'Switched', confirmed: 'Confirmed' }, 
    now: {
      preparing: 'The new keys are being prepared.', prepared: 'The new keys are ready and nobody sees them yet.', switching: 'Being switched. This takes some blocks of the chain.', switched: 'The new keys are in use. The old ones are still listed.', confirming: 'The old keys are being taken off.', 'going-back': 'Going back.',
    },
    backUntil: 'You can go back until {date}.',
    steps: { switch: { act: 'Switch to the new keys', says: 'From now on everything is signed with the new keys.' }, confirm: { act: 'Confirm the new keys', says: 'The old keys are taken off. Going back is not possible after that.' }, back: { act: 'Go back' } },
    claimsForGood: 'The register takes a key of passes once: after switching, the old one cannot come back.', backNothing: 'The prepared keys are discarded, and nothing has happened.', backKeys: 'The old keys of certificates are in use again.', backDocument: 'The old keys of certificates are in use again. The key of passes stays the new one.',
  },
  network: {
    accredit: 'Accredit a provider', accreditSays: 'The provider sends you a file that its service wrote at its first start ({file}). Compare its account with the provider by another way first.', requestFile: 'File of the provider', notJson: 'This is no such file', lists: 'Status lists', listsTitle: 'Status lists for {name}', listsAct: 'Add lists', listsHint: 'From 1 to 16; each has room for a million certificates', own: 'this service', ownSays: 'This is the service you are working with: it cannot issue after that.', pays: 'Account of the network', done: 'What was done', none: 'Nothing yet.',
    acts: {
      suspend: { act: 'Suspend', title: 'Suspend {name}?', says: 'Everything this provider issued is refused until it is reinstated.' }, reinstate: { act: 'Reinstate', title: 'Reinstate {name}?', says: 'What this provider issued is accepted again.' }, remove: { act: 'Remove', title: 'Remove {name} for good?', says: 'Everything this provider issued is refused for good. This cannot be undone.' },
    },
    actions: { accredit: 'Accredited', suspend: 'Suspended', reinstate: 'Reinstated', remove: 'Removed', 'assign-lists': 'Lists added' },
    reasons: { 'accreditation-lapsed': 'The accreditation has run out', misconduct: 'Misconduct', 'key-compromise': 'A key came into wrong hands', 'issuer-request': 'The provider asked for it', 'under-review': 'It is being looked into', 'review-closed': 'It was looked into', ceased: 'The provider has closed', unspecified: 'No reason given' },
  },
  roles: { clinician: { name: 'Clinician', may: 'Issues certificates and changes their status' }, admin: { name: 'Administrator', may: 'Looks after staff, keys and the audit trail; erases persons' }, verifier: { name: 'Checker', may: 'Asks for passes at a counter' }, operator: { name: 'Network operator', may: 'Accredits, suspends and removes providers' } },
  staffing: {
    invite: 'Invite somebody', invited: 'Invitation', invitedSays: 'Give this link to the person by a way you trust. It works once, within three days, and is not shown again.', name: 'Name', nameHint: 'As colleagues know the person', roles: 'Roles', rolesOf: 'Roles of {name}', setRoles: 'Change the roles', rolesSays: 'Their sessions end, and they sign in again.', you: 'you', again: 'New invitation',
    states: { invited: 'Invited', active: 'Active', suspended: 'Suspended' },
    acts: { suspend: { title: 'Suspend {name}?', says: 'They are signed out at once and cannot sign in.', act: 'Suspend' }, reinstate: { title: 'Reinstate {name}?', says: 'They can sign in again.', act: 'Reinstate' }, again: { title: 'Invite {name} again?', says: 'For who lost a passkey, or the invitation.', act: 'New invitation' } },
  },
  clients: {
    title: 'Programs', says: 'Other software that acts for your organisation, such as a laboratory system.', add: 'Add a program', secret: 'Secret', id: 'Id', once: 'Both are for the program. The secret is not shown again.', none: 'There are no programs.', may: 'May', ended: 'Ended', newSecret: 'New secret', remove: 'End',
    asks: { secret: { title: 'Give {name} a new secret?', says: 'The one before goes on for an hour.' }, remove: { title: 'End {name}?', says: 'It cannot do anything from now on.' } },
  },
  permissions: {
    'credentials:issue': 'Issue certificates', 'credentials:read': 'See the register', 'credentials:status': 'Revoke and suspend', 'offers:write': 'Make offers', 'campaigns:write': 'Import files', 'patients:read': 'See patients', 'patients:write': 'Add patients', 'presentations:request': 'Ask for passes', 'anchors:write': 'Anchor', 'audit:read': 'See the audit trail',
  },
  account: { passkeys: 'My passkeys', oneOnly: 'You have one passkey only. Add another on a second device, so that losing one does not lock you out.', passkey: 'Passkey {number}', used: 'used', add: 'Add a passkey', remove: 'Remove', sessions: 'Where I am signed in', thisOne: 'here', end: 'End', page: 'This page', singleKeys: 'Single keys as shortcuts', singleKeysHint: 'Switch them off if you use speech input.' },
  audit: { action: 'What', actionHint: 'For example {example}', target: 'Of what', time: 'When', actor: 'Who', detail: 'Details', none: 'No entry fits this.', check: 'Check the trail', checkSays: 'Whether anybody changed or took out entries.', intact: { one: 'The trail is whole: {count} entry.', other: 'The trail is whole: {count} entries.' }, head: 'Keep this line elsewhere: compared later, it shows whether the whole trail was written anew.', broken: 'The trail was changed at entry {entry}. Tell whoever runs the service.', kinds: { staff: 'Staff', client: 'Program', operator: 'Operator', nobody: 'Nobody' } },
  palette: { title: 'Go to or find', label: 'Place, patient or number' },
  keysHelp: { title: 'Keys', search: 'Search', move: 'Next and previous row', open: 'Open', choose: 'Choose a row', clear: 'Choose none' },
} as const satisfies Catalog;
