import type { Translation } from '#faces/words/words.ts';
import type { membership as en } from '../en/membership.ts';

export const membership: Translation<typeof en> = {
  signIn: { signing: 'Anmeldung läuft …', failed: 'Sie sind nicht angemeldet', anonymous: 'Noch nicht registriert' },
  apply: {
    title: 'Registrieren', lead: 'Sagen Sie, wer Sie sind. Die Stelle, die Ihren Beruf zulässt, prüft es und entscheidet. Bis dahin sehen Sie von keinem Patienten etwas.', again: 'Erneut bewerben', role: 'Sie sind',
    hints: {
      doctor: 'Liest und schreibt in Akten, verordnet, überweist', nurse: 'Liest und schreibt in Akten', pharmacy: 'Löst Rezepte ein', hospital: 'Eine Einrichtung mit eigenen Leuten', laboratory: 'Nimmt Aufträge an, schreibt Befunde',
      researcher: 'Bittet Patienten um Daten', 'device-operator': 'Schreibt, was Geräte messen', verifier: 'Prüft Gesundheitspässe',
    },
    name: 'Name', nameHint: 'Wie Patienten und Kollegen Sie kennen', organisation: 'Einrichtung, für die Sie arbeiten', organisationHint: 'Sie bestätigt Sie und übergibt Ihnen den Schlüssel, der öffnet, was Patienten mit ihr teilen.',
    country: 'Land', licence: 'Approbations- oder Registernummer', licenceHint: 'Die Stelle schlägt sie nach.', send: 'Antrag senden',
    missing: { role: 'Wählen Sie, was Sie sind', name: 'Geben Sie Ihren Namen ein', country: 'Wählen Sie das Land', licence: 'Geben Sie die Nummer ein' },
  },
  standing: {
    confirming: 'Ihre Einrichtung muss Sie zuerst bestätigen', waiting: 'Ihr Antrag wird geprüft', waitingSays: 'Sie haben sich am {date} als {role} beworben. Kommen Sie später wieder, oder lassen Sie die Seite offen: sie bemerkt die Antwort.', refused: 'Ihr Antrag wurde abgelehnt', refusedReason: 'Angegebener Grund: {reason}', takeBack: 'Antrag zurückziehen',
    approved: 'Sie sind registriert', until: 'Registriert bis', role: 'Rolle', country: 'Land', licence: 'Approbations- oder Registernummer', organisation: 'Arbeitet für',
    body: 'Sie entscheiden über Anträge', credential: 'Nachweis Ihrer Rolle', credentialSays: 'Vom Aktendienst unterschrieben. Jeder kann ihn prüfen, ohne uns zu fragen.', copy: 'Kopieren', copied: 'Kopiert.', address: 'Nummer Ihres Kontos',
    keyWaits: 'Ihre Einrichtung hat Ihnen ihren Schlüssel noch nicht übergeben. Bis dahin können Sie nicht öffnen, was Patienten mit ihr teilen.', keyHere: 'Ihre Einrichtung hat Ihnen ihren Schlüssel übergeben.',
  },
  suspended: { title: 'Ihre Mitgliedschaft ist ausgesetzt', says: 'Die Stelle, die Sie registriert hat, hat Sie ausgesetzt. Sie können ab sofort nichts lesen und nichts schreiben, und niemand kann etwas mit Ihnen teilen. Fragen Sie die Stelle nach dem Grund.', look: 'Erneut nachsehen' },
  staff: {
    key: 'Schlüssel', handedTo: '{name} hat jetzt den Schlüssel.', asks: 'Sagen, dass sie für Sie arbeiten', confirm: 'Bestätigen', confirmTitle: 'Arbeitet {name} für Sie?', confirmSays: 'Danach entscheidet die Stelle über den Antrag. {name} handelt für Sie, bis Sie oder die Stelle es beenden.', confirmed: '{name} ist bestätigt.', decline: 'Ablehnen', declineTitle: '{name} ablehnen?', declined: '{name} wurde abgelehnt.',
    says: 'Alle, die Sie als ihre Einrichtung nennen. Übergeben Sie Ihren Schlüssel nur denen, die für Sie arbeiten: damit öffnen sie, was Patienten mit Ihnen teilen.', none: 'Noch nennt Sie niemand als Einrichtung.', handOver: 'Schlüssel übergeben', handed: 'Hat den Schlüssel',
    handTitle: 'Schlüssel an {name} übergeben?', handSays: '{name} kann dann alles öffnen, was Patienten mit Ihnen teilen, jetzt und später. Der Schlüssel kann nicht zurückgenommen werden.',
  },
};
