import type { VerdictWords } from '../types.ts';

const makeNew = 'Einen neuen Pass machen.';
const scanFirst = 'Den Code dieses Schalters mit der Brieftasche scannen, dann den Pass zeigen.';
const askProvider = 'Bei der ausstellenden Stelle um ein neues Zertifikat bitten.';
const openWallet = 'Noch einmal aus der Brieftasche zeigen, in der es liegt.';
const connect = 'Dieses Gerät mit dem Internet verbinden und noch einmal versuchen.';

export const verdict: VerdictWords = {
  fixers: {
    holder: 'Die Person mit dem Pass kann das beheben.', verifier: 'Sie können das an diesem Gerät beheben.', issuer: 'Nur die ausstellende Stelle kann das beheben.', nobody: 'Daran kann niemand etwas ändern.',
  },
  reasons: {
    'policy-mismatch': { says: 'Der Pass wurde für eine andere Regel gemacht.', next: 'Einen Pass für die Regel machen, die hier gilt.' },
    'window-not-begun': { says: 'Der Pass ist für eine spätere Zeit.', next: 'Zu seiner Zeit zeigen oder einen neuen Pass machen.' },
    'window-over': { says: 'Die Zeit dieses Passes ist vorbei.', next: makeNew },
    'window-invalid': { says: 'Der Pass ist für eine Zeitspanne, die die Regel nicht erlaubt.', next: makeNew },
    'code-expired': { says: 'Der Code ist zu alt. Vielleicht ist es das Foto eines Codes.', next: 'Den laufenden Code in der Brieftasche zeigen.' },
    'code-from-future': { says: 'Die Uhren des Telefons und dieses Geräts gehen verschieden.', next: 'Beide Uhren richtig stellen.' },
    'challenge-missing': { says: 'Der Pass antwortet nicht auf diesen Schalter.', next: scanFirst },
    'challenge-wrong': { says: 'Der Pass antwortet auf einen anderen Schalter oder eine frühere Frage.', next: scanFirst },
    'audience-wrong': { says: 'Der Pass wurde für eine andere Stelle gemacht.', next: scanFirst },
    'root-superseded': { says: 'Der Pass wurde mit veralteten Daten gemacht.', next: 'Die Brieftasche mit dem Internet verbinden und einen neuen Pass machen.' },
    'proof-invalid': { says: 'Der Pass ist nicht echt oder beschädigt.', next: 'Einen neuen Pass machen. Geschieht das wieder, nicht annehmen.' },
    'scope-missing': { says: 'Dem Pass fehlt das Zeichen für einen Eintritt je Person.', next: scanFirst },
    'scope-used': { says: 'Diese Person ist schon eingetreten.', next: 'Ein Eintritt je Person. Mehr lässt sich hier nicht tun.' },
    'scope-unasked': { says: 'Der Pass wurde für eine Veranstaltung mit einem Eintritt je Person gemacht.', next: 'Einen Pass für diesen Schalter machen.' },
    'match-missing': { says: 'Der Pass lässt sich nicht mit einem Ausweis vergleichen.', next: 'Einen Pass machen, der den Vergleich erlaubt.' },
    'match-wrong': { says: 'Name oder Geburtsdatum stimmen nicht mit dem Ausweis überein.', next: 'Die Eingabe prüfen. Stimmt sie, gehört der Pass jemand anderem.' },
    'document-needed': { says: 'Das ist ein Zertifikat auf Papier. Jeder könnte es bei sich tragen.', next: 'Mit einem Ausweis vergleichen: Name und Geburtsdatum eingeben.' },
    'signature-invalid': { says: 'Die Unterschrift ist nicht echt.', next: askProvider },
    'algorithm-refused': { says: 'Es ist auf eine Weise unterschrieben, die nicht angenommen wird.', next: askProvider },
    'issuer-unknown': { says: 'Die ausstellende Stelle ist nicht anerkannt.', next: 'Die Gesundheitsbehörde muss die Stelle erst anerkennen.' },
    'issuer-suspended': { says: 'Die ausstellende Stelle ist zurzeit gesperrt.', next: 'Die Stelle muss das mit der Gesundheitsbehörde klären.' },
    'issuer-removed': { says: 'Die ausstellende Stelle ist nicht mehr anerkannt.', next: 'Bei einer anderen Stelle um ein neues Zertifikat bitten.' },
    'issuer-key-unlisted': { says: 'Der Schlüssel der Unterschrift wurde nie von der Stelle veröffentlicht.', next: askProvider },
    'issuer-key-retired': { says: 'Der Schlüssel der Unterschrift ist außer Dienst.', next: askProvider },
    'certificate-invalid': { says: 'Nichts zeigt, dass die Stelle die ist, für die sie sich ausgibt.', next: askProvider },
    'list-foreign': { says: 'Das Zertifikat verweist auf die Listen einer anderen Stelle.', next: askProvider },
    'credential-malformed': { says: 'Dem Zertifikat fehlt etwas, das es haben muss.', next: askProvider },
    'credential-expired': { says: 'Das Zertifikat ist abgelaufen.', next: askProvider },
    'credential-not-yet-valid': { says: 'Das Zertifikat gilt noch nicht.', next: 'Später zeigen.' },
    'credential-revoked': { says: 'Das Zertifikat wurde zurückgezogen.', next: 'Die ausstellende Stelle nach dem Grund fragen.' },
    'credential-suspended': { says: 'Das Zertifikat ist ausgesetzt.', next: 'Die ausstellende Stelle fragen. Es kann wieder gültig werden.' },
    'disclosure-invalid': { says: 'Was gezeigt wird, gehört nicht zum Zertifikat.', next: openWallet },
    'holder-binding-missing': { says: 'Nichts zeigt, dass das Zertifikat zu dieser Brieftasche gehört.', next: openWallet },
    'holder-binding-invalid': { says: 'Das Zertifikat gehört zu einer anderen Brieftasche.', next: openWallet },
    'policy-unsatisfied': { says: 'Was gezeigt wird, erfüllt die Regel nicht.', next: 'Nachsehen, was die Regel verlangt, und etwas anderes zeigen.' },
    'nothing-presented': { says: 'Es wurde nichts gezeigt.', next: 'Ein Zertifikat zum Zeigen wählen.' },
    'query-unsatisfied': { says: 'Es wird nicht alles gezeigt, was verlangt ist.', next: 'Nachsehen, was verlangt ist, und noch einmal wählen.' },
    'claim-missing': { says: 'Eine verlangte Angabe fehlt oder ist anders.', next: 'Alles zeigen, was verlangt ist.' },
    'issuer-unasked': { says: 'Das Zertifikat ist von keiner der verlangten Stellen.', next: 'Ein Zertifikat einer dieser Stellen wählen.' },
    'policy-unknown': { says: 'Dieses Gerät kennt die Regel des Passes nicht.', next: connect },
    'root-unknown': { says: 'Dieses Gerät kennt die Daten nicht, mit denen der Pass gemacht wurde.', next: connect },
    'root-not-final': { says: 'Die Daten, mit denen der Pass gemacht wurde, sind noch zu neu.', next: 'Eine Minute warten und noch einmal scannen.' },
    'trust-missing': { says: 'Dieses Gerät hat keine Daten zum Prüfen.', next: 'Dieses Gerät einmal mit dem Internet verbinden.' },
    'trust-stale': { says: 'Die Daten auf diesem Gerät sind zu alt.', next: connect },
    'status-unknown': { says: 'Ob das Zertifikat zurückgezogen wurde, ist hier nicht bekannt.', next: connect },
    'keys-unknown': { says: 'Die Schlüssel der ausstellenden Stelle sind hier nicht bekannt.', next: connect },
    'clock-wrong': { says: 'Die Uhr dieses Geräts geht falsch.', next: 'Die Uhr dieses Geräts stellen.' },
  },
};
