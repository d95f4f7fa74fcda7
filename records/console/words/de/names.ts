import type { Translation } from '#faces/words/words.ts';
import type { names as en } from '../en/names.ts';

export const names: Translation<typeof en> = {
  roles: {
    patient: 'Patient', doctor: 'Arzt oder Ärztin', nurse: 'Pflegefachkraft', pharmacy: 'Apotheke', hospital: 'Krankenhaus', laboratory: 'Labor', researcher: 'Forschung', 'device-operator': 'Betreiber von Geräten', verifier: 'Prüfstelle', gateway: 'Aktendienst',
  },
  categories: {
    allergies: 'Allergien', conditions: 'Erkrankungen', medications: 'Medikamente', immunizations: 'Impfungen', results: 'Befunde', imaging: 'Bildgebung', procedures: 'Eingriffe', vitals: 'Vitalwerte', encounters: 'Besuche', documents: 'Dokumente',
    devices: 'Geräte', social: 'Lebensumstände', plans: 'Pläne und Aufträge', sensitive: 'Besonders sensibel',
  },
  purposes: {
    TREAT: 'Behandlung', ETREAT: 'Notfallbehandlung', HPAYMT: 'Abrechnung', HOPERAT: 'Betrieb der Einrichtung', HRESCH: 'Forschung', PUBHLTH: 'Öffentliche Gesundheit', PATRQT: 'Auf Wunsch des Patienten', CAREMGT: 'Versorgungssteuerung',
  },
  cautions: { 'do-not-perform': 'Nicht geben und nicht durchführen', 'entered-in-error': 'Irrtümlich eingetragen', refuted: 'Ausgeschlossen', 'not-done': 'Nicht gemacht', 'not-taken': 'Nicht genommen', 'not-ordered': 'Nur vorgeschlagen oder geplant, nicht angeordnet', qualified: 'Vom Verfasser auf eine Weise eingeschränkt, die hier nicht gezeigt wird' },
  statuses: {
    active: 'Aktiv', amended: 'Später geändert', cancelled: 'Abgesagt', completed: 'Erledigt', corrected: 'Berichtigt', current: 'Aktuell', draft: 'Entwurf', 'entered-in-error': 'Irrtümlich eingetragen', final: 'Endgültig', finished: 'Vorbei', 'in-progress': 'Läuft', intended: 'Vorgesehen', 'not-done': 'Nicht gemacht', 'not-taken': 'Nicht genommen', 'on-hold': 'Unterbrochen', planned: 'Geplant', preliminary: 'Vorläufig', registered: 'Erwartet', stopped: 'Abgesetzt', superseded: 'Ersetzt', unknown: 'Nicht bekannt',
  },
  inside: {
    categories: { allergies: 'Allergien', conditions: 'Erkrankungen', medications: 'Medikamente', immunizations: 'Impfungen', results: 'Befunde', imaging: 'Bildgebung', procedures: 'Eingriffe', vitals: 'Vitalwerte', encounters: 'Besuche', documents: 'Dokumente', devices: 'Geräte', social: 'Lebensumstände', plans: 'Pläne und Aufträge', sensitive: 'besonders sensible Einträge' },
    purposes: { TREAT: 'Behandlung', ETREAT: 'Notfallbehandlung', HPAYMT: 'Abrechnung', HOPERAT: 'Betrieb der Einrichtung', HRESCH: 'Forschung', PUBHLTH: 'öffentliche Gesundheit', PATRQT: 'Wunsch des Patienten', CAREMGT: 'Versorgungssteuerung' },
  },
  actions: { read: 'lesen', write: 'schreiben' },
};
