// Who did what with somebody's records, in sentences to that person; and whether the account of it holds.
import type { Catalog } from '../words.ts';

export const accesses = {
  who: { of: '{name} of {organisation}', onBehalf: '{name} (on your behalf)', unnamed: 'a member without a name ({address})' },
  what: {
    all: 'records', allergies: 'allergies', conditions: 'conditions', medications: 'medicines', immunizations: 'vaccinations', results: 'results', imaging: 'medical images', procedures: 'procedures', vitals: 'vital signs',
    encounters: 'visits', documents: 'documents', devices: 'devices', social: 'living conditions', plans: 'plans and orders', sensitive: 'especially sensitive records',
  },
  why: {
    TREAT: 'for treatment', ETREAT: 'for treatment in an emergency', HPAYMT: 'for payment', HOPERAT: 'to run the institution', HRESCH: 'for research', PUBHLTH: 'for public health', PATRQT: 'because you asked for it', CAREMGT: 'to manage your care',
  },
  read: { one: '{who} read your {what} ({count} record) on {when}, {why}.', other: '{who} read your {what} ({count} records) on {when}, {why}.' },
  readInEmergency: { one: 'In an emergency, without your consent, {who} read your {what} ({count} record) on {when}.', other: 'In an emergency, without your consent, {who} read your {what} ({count} records) on {when}.' },
  readNothing: '{who} asked for your {what} on {when}, {why}, and was shown nothing.',
  withheld: { one: '{count} record that was asked for was not shown.', other: '{count} records that were asked for were not shown.' },
  denied: { read: '{who} tried to read your {what} on {when}, {why}, and was refused.', write: '{who} tried to add to your {what} on {when}, {why}, and was refused.' },
  reasons: {
    'no-consent': 'You have allowed nothing of the kind.', revoked: 'You had withdrawn your consent.', changed: 'Your consent had changed and was not known here yet.', 'not-yet': 'Your consent had not begun.', expired: 'Your consent had ended.',
    action: 'Your consent does not allow that.', purpose: 'Your consent is not for this purpose.', category: 'Your consent does not cover these records.', sensitive: 'Especially sensitive records are shown only where you say so.',
    date: 'Your consent does not cover this time.', record: 'Your consent does not cover this record.', author: 'Your consent does not cover records by this author.', exception: 'You had made an exception.', denied: 'You had forbidden it.',
  },
  written: '{who} added a record to your {what} on {when}.',
  own: 'You added a record of your own to your {what} on {when}.',
  consent: {
    granted: 'On {when} you let {recipient} see your {what}.', changed: 'On {when} you changed what {recipient} may see: your {what}.', withdrawn: 'On {when} you withdrew what {recipient} was allowed.',
    grantedBy: 'On {when} {who} let {recipient} see your {what}.', changedBy: 'On {when} {who} changed what {recipient} may see: your {what}.', withdrawnBy: 'On {when} {who} withdrew what {recipient} was allowed.',
  },
  emergency: {
    asked: '{who} asked on {when} to see your records in an emergency.', approved: '{who} agreed on {when} that your records may be seen in an emergency.', opened: 'On {when} your records were opened to {who} for an emergency.',
    ended: 'On {when} the emergency access of {who} ended.', reviewed: 'On {when} {who} reviewed an emergency access to your records.',
  },
  disclosed: { delegate: 'On {when} you let {recipient} act for you, about your {what}.', guardian: 'On {when} you gave {recipient} a part of your key to keep.' },
  unreadable: 'Something was entered here that this program cannot put into words.',
  verdict: {
    complete: { one: 'This account is complete: its {count} entry stands in the public register, unchanged.', other: 'This account is complete: its {count} entries stand in the public register, unchanged and without a gap.' },
    waiting: { one: '{count} entry is so new that it is not in the public register yet.', other: '{count} entries are so new that they are not in the public register yet.' },
    empty: 'Nobody has had access so far, and the public register confirms it.',
    broken: 'This account does not hold. Whoever keeps it has to explain this:',
  },
  findings: {
    gap: 'Entry {entry} is missing.', reordered: 'Entry {entry} is not in its place.', 'event-changed': 'Entry {entry} was changed after it was signed.', 'signature-wrong': 'Entry {entry} is not signed by the gateway.',
    fork: 'There are two histories: entry {entry} differs from what was signed or anchored.', 'missing-from-anchor': 'Nothing was shown for anchor {anchor} of the chain.', 'rolled-back': 'Anchor {anchor} has fewer entries than one before it.',
    'anchor-not-on-chain': 'What was shown for anchor {anchor} is not what the chain has.', 'anchor-overdue': 'Entry {entry} was not anchored in time; it may have been written down later.',
    'receipt-unknown': 'Somebody has a receipt for an access that is not entered here.', 'gateway-without-role': 'Entry {entry} was signed when the gateway had no right to.', 'time-wrong': 'Entry {entry} has an impossible time.',
  },
} as const satisfies Catalog;
