// The desk of a body that registers members.
import type { Catalog } from '#faces/words/words.ts';

export const body = {
  applications: {
    sending: 'On its way to the register…', none: 'No application is waiting.', appliedAt: 'Applied', approve: 'Approve', refuse: 'Refuse', until: 'Until', untilHint: 'The role ends by itself on that day.',
    approveTitle: 'Register {name} as {role}?', approveSays: 'Compare the licence with your register first. It is signed with your key and stands in the public register from then on.', refuseTitle: 'Refuse the application of {name}?', reason: 'Reason', reasonHint: 'The applicant reads it.', approved: '{name} is registered.', refused: 'The application of {name} was refused.',
    missing: { until: 'Choose a day in the future, at most five years ahead', reason: 'Enter the reason' },
  },
  members: {
    none: 'There are no members yet.', search: 'Find by name', role: 'Role', name: 'Name', status: 'Status', until: 'Until', actions: 'Actions', active: 'Registered', suspended: 'Suspended', over: 'Ended',
    acts: {
      suspend: { act: 'Suspend', title: 'Suspend {name}?', says: 'At once: sessions end, nothing is answered, nothing can be shared with them.', done: '{name} is suspended.' },
      reinstate: { act: 'Reinstate', title: 'Reinstate {name}?', says: 'They can sign in again. What patients share with them stands as before.', done: '{name} is reinstated.' },
      withdraw: { act: 'Withdraw', title: 'Withdraw the role of {name}?', says: 'The role ends for good. To come back they have to apply again.', done: 'The role of {name} is withdrawn.' },
    },
  },
} as const satisfies Catalog;
