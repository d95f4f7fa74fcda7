import type { VerdictWords } from '../types.ts';

const makeNew = 'Make a new pass.';
const scanFirst = 'Scan the code of this counter with the wallet, then show the pass.';
const askProvider = 'Ask the provider for a new certificate.';
const openWallet = 'Show it again from the wallet that holds it.';
const connect = 'Connect this device to the internet and try again.';

export const verdict: VerdictWords = {
  fixers: {
    holder: 'The person with the pass can fix this.', verifier: 'You can fix this on this device.', issuer: 'Only the provider who issued it can fix this.', nobody: 'Nobody can change this.',
  },
  reasons: {
    'policy-mismatch': { says: 'The pass was made for another rule.', next: 'Make a pass for the rule that is asked here.' },
    'window-not-begun': { says: 'The pass is for a later time.', next: 'Show it when its time has come, or make a new pass.' },
    'window-over': { says: 'The time of this pass is over.', next: makeNew },
    'window-invalid': { says: 'The pass is for a span of time that the rule does not allow.', next: makeNew },
    'code-expired': { says: 'The code is too old. It may be a picture of a code.', next: 'Show the live code in the wallet.' },
    'code-from-future': { says: 'The clocks of the phone and of this device differ.', next: 'Set both clocks to the right time.' },
    'challenge-missing': { says: 'The pass does not answer this counter.', next: scanFirst },
    'challenge-wrong': { says: 'The pass answers another counter, or an earlier question.', next: scanFirst },
    'audience-wrong': { says: 'The pass was made for somebody else.', next: scanFirst },
    'root-superseded': { says: 'The pass was made with data that are out of date.', next: 'Connect the wallet to the internet and make a new pass.' },
    'proof-invalid': { says: 'The pass is not genuine, or was damaged.', next: 'Make a new pass. If this happens again, do not accept it.' },
    'scope-missing': { says: 'The pass lacks the mark for one entry per person.', next: scanFirst },
    'scope-used': { says: 'This person has already entered.', next: 'One entry per person. Nothing more can be done here.' },
    'scope-unasked': { says: 'The pass was made for an event with one entry per person.', next: 'Make a pass for this counter.' },
    'match-missing': { says: 'The pass cannot be compared with a document.', next: 'Make a pass that allows the comparison.' },
    'match-wrong': { says: 'Name or date of birth differ from the document.', next: 'Check what was typed. If it is right, the pass belongs to somebody else.' },
    'document-needed': { says: 'This is a certificate on paper. Anybody could carry it.', next: 'Compare it with an identity document: enter the name and date of birth.' },
    'signature-invalid': { says: 'The signature is not genuine.', next: askProvider },
    'algorithm-refused': { says: 'It is signed in a way that is not accepted.', next: askProvider },
    'issuer-unknown': { says: 'The provider is not recognised.', next: 'The provider has to be recognised by the health authority first.' },
    'issuer-suspended': { says: 'The provider is suspended at the moment.', next: 'The provider has to settle this with the health authority.' },
    'issuer-removed': { says: 'The provider is not recognised any more.', next: 'Ask another provider for a new certificate.' },
    'issuer-key-unlisted': { says: 'The provider never published the key that signed this.', next: askProvider },
    'issuer-key-retired': { says: 'The key that signed this has been retired.', next: askProvider },
    'certificate-invalid': { says: 'Nothing shows that the provider is who it says.', next: askProvider },
    'list-foreign': { says: 'The certificate points to the records of another provider.', next: askProvider },
    'credential-malformed': { says: 'The certificate lacks something that it must have.', next: askProvider },
    'credential-expired': { says: 'The certificate has run out.', next: askProvider },
    'credential-not-yet-valid': { says: 'The certificate is not valid yet.', next: 'Show it later.' },
    'credential-revoked': { says: 'The provider has withdrawn the certificate.', next: 'Ask the provider why.' },
    'credential-suspended': { says: 'The provider has put the certificate on hold.', next: 'Ask the provider. It may become valid again.' },
    'disclosure-invalid': { says: 'What is shown does not belong to the certificate.', next: openWallet },
    'holder-binding-missing': { says: 'Nothing shows that the certificate belongs to this wallet.', next: openWallet },
    'holder-binding-invalid': { says: 'The certificate belongs to another wallet.', next: openWallet },
    'policy-unsatisfied': { says: 'What is shown does not meet the rule.', next: 'See what the rule asks for and show something else.' },
    'nothing-presented': { says: 'Nothing was shown.', next: 'Choose a certificate to show.' },
    'query-unsatisfied': { says: 'What is shown is not all that was asked for.', next: 'See what is asked for and choose again.' },
    'claim-missing': { says: 'A detail that was asked for is missing or differs.', next: 'Show everything that is asked for.' },
    'issuer-unasked': { says: 'The certificate is not from one of the providers that are asked for.', next: 'Choose a certificate from one of them.' },
    'policy-unknown': { says: 'This device does not know the rule of the pass.', next: connect },
    'root-unknown': { says: 'This device does not know the data that the pass was made with.', next: connect },
    'root-not-final': { says: 'The data that the pass was made with are too new to rely on.', next: 'Wait a minute and scan again.' },
    'trust-missing': { says: 'This device has no data to check passes with.', next: 'Connect this device to the internet once.' },
    'trust-stale': { says: 'The data on this device are too old.', next: connect },
    'status-unknown': { says: 'Whether the certificate was withdrawn is not known here.', next: connect },
    'keys-unknown': { says: 'The keys of the provider are not known here.', next: connect },
    'clock-wrong': { says: 'The clock of this device is wrong.', next: 'Set the clock of this device.' },
  },
};
