import type { Translation } from '#faces/words/words.ts';
import type { body as en } from '../en/body.ts';

export const body: Translation<typeof en> = {
  applications: {
    sending: 'Auf dem Weg zum Register …', none: 'Kein Antrag wartet.', appliedAt: 'Beworben', approve: 'Zulassen', refuse: 'Ablehnen', until: 'Bis', untilHint: 'An diesem Tag endet die Rolle von selbst.',
    approveTitle: '{name} als {role} registrieren?', approveSays: 'Vergleichen Sie zuerst die Nummer mit Ihrem Register. Es wird mit Ihrem Schlüssel unterschrieben und steht von da an im öffentlichen Register.', refuseTitle: 'Antrag von {name} ablehnen?', reason: 'Grund', reasonHint: 'Der Antragsteller liest ihn.', approved: '{name} ist registriert.', refused: 'Der Antrag von {name} wurde abgelehnt.',
    missing: { until: 'Wählen Sie einen Tag in der Zukunft, höchstens fünf Jahre voraus', reason: 'Geben Sie den Grund ein' },
  },
  members: {
    none: 'Es gibt noch keine Mitglieder.', search: 'Nach Namen suchen', role: 'Rolle', name: 'Name', status: 'Status', until: 'Bis', actions: 'Aktionen', active: 'Registriert', suspended: 'Ausgesetzt', over: 'Beendet',
    acts: {
      suspend: { act: 'Aussetzen', title: '{name} aussetzen?', says: 'Sofort: Sitzungen enden, nichts wird beantwortet, nichts kann mit ihnen geteilt werden.', done: '{name} ist ausgesetzt.' },
      reinstate: { act: 'Wieder zulassen', title: '{name} wieder zulassen?', says: 'Sie können sich wieder anmelden. Was Patienten mit ihnen teilen, gilt wie zuvor.', done: '{name} ist wieder zugelassen.' },
      withdraw: { act: 'Entziehen', title: '{name} die Rolle entziehen?', says: 'Die Rolle endet für immer. Um zurückzukommen, müssen sie sich neu bewerben.', done: 'Die Rolle von {name} ist entzogen.' },
    },
  },
};
