// What a verifier answers: accepted, refused with a reason of a closed list, or undecided with what is missing.
// Every refusal says who can fix it and what to do next; the words are for the person at the counter.
import type { UnixSeconds } from './time.ts';

/** Who can do something about it. */
export type Fixer = 'holder' | 'verifier' | 'issuer' | 'nobody';

const refusal = (fixer: Fixer, says: string, next: string) => ({ outcome: 'refused', fixer, says, next }) as const;
const open = (fixer: Fixer, says: string, next: string) => ({ outcome: 'undecided', fixer, says, next }) as const;

/** Every reason, with its outcome, who can fix it and what to do next (English; other languages key on the code). */
export const REASONS = {
  // the pass
  'policy-mismatch': refusal('holder', 'The pass was made for another rule than the one asked here.', 'Make a pass for the rule asked here.'),
  'window-not-begun': refusal('holder', 'The pass is for a later time.', 'Show it when its time has begun, or make a new pass.'),
  'window-over': refusal('holder', 'The time of this pass is over.', 'Make a new pass.'),
  'window-invalid': refusal('holder', 'The pass names a time span that the rule does not allow.', 'Make a new pass.'),
  'code-expired': refusal('holder', 'The code on the screen is too old, perhaps a picture of it.', 'Show the live code in the wallet.'),
  'code-from-future': refusal('holder', 'The code says it was made in the future.', 'Correct the clock of the phone, or of this device.'),
  'challenge-missing': refusal('holder', 'The pass does not answer the question asked here.', 'Scan the code of this counter first.'),
  'challenge-wrong': refusal('holder', 'The pass answers another question, or one asked before.', 'Scan the code of this counter again.'),
  'audience-wrong': refusal('holder', 'The pass was made for another verifier.', 'Scan the code of this counter first.'),
  'root-superseded': refusal('holder', 'The pass rests on trust data that have been replaced since.', 'Bring the wallet up to date and make a new pass.'),
  'proof-invalid': refusal('holder', 'The proof in the pass does not hold.', 'Make a new pass; if this repeats, ask the provider.'),
  'scope-missing': refusal('holder', 'The pass lacks the mark that lets one person enter once.', 'Scan the code of this counter first.'),
  'scope-used': refusal('nobody', 'This person has entered already.', 'Nothing: one entry a person.'),
  'scope-unasked': refusal('holder', 'The pass carries the mark of an entry that is not checked here.', 'Make a pass for this counter.'),
  'match-missing': refusal('holder', 'The pass cannot be compared with an identity document.', 'Make a pass that allows the comparison.'),
  'match-wrong': refusal('holder', 'The pass belongs to somebody else than the document says.', 'Compare the typed name and birth date with the document.'),
  // credentials shown openly
  'signature-invalid': refusal('holder', 'The signature does not hold.', 'Ask the provider for a new credential.'),
  'algorithm-refused': refusal('holder', 'The signature is of a kind that is not accepted.', 'Ask the provider for a new credential.'),
  'issuer-unknown': refusal('issuer', 'The issuer is not accredited.', 'The issuer has to be accredited first.'),
  'issuer-suspended': refusal('issuer', 'The accreditation of the issuer is suspended.', 'The issuer has to settle this with its accrediting body.'),
  'issuer-removed': refusal('issuer', 'The issuer is no longer accredited.', 'Ask another provider for a new credential.'),
  'issuer-key-unlisted': refusal('issuer', 'The issuer never listed the key that signed.', 'Ask the provider for a new credential.'),
  'issuer-key-retired': refusal('issuer', 'The key that signed was retired, and nothing shows that it signed before.', 'Ask the provider for a new credential.'),
  'certificate-invalid': refusal('issuer', 'The certificates do not show that the issuer is who it says.', 'Ask the provider for a new credential.'),
  'list-foreign': refusal('issuer', 'The credential names a status list of another issuer.', 'Ask the provider for a new credential.'),
  'credential-malformed': refusal('issuer', 'The credential lacks something that it must have.', 'Ask the provider for a new credential.'),
  'credential-expired': refusal('holder', 'The credential has expired.', 'Ask the provider for a new credential.'),
  'credential-not-yet-valid': refusal('holder', 'The credential is not valid yet.', 'Show it later.'),
  'credential-revoked': refusal('issuer', 'The credential was revoked.', 'Ask the provider why.'),
  'credential-suspended': refusal('issuer', 'The credential is suspended.', 'Ask the provider; it may be reinstated.'),
  'disclosure-invalid': refusal('holder', 'What is disclosed does not belong to the credential.', 'Present it again from the wallet.'),
  'holder-binding-missing': refusal('holder', 'Nothing shows that the presenter holds the credential.', 'Present it from the wallet that holds it.'),
  'holder-binding-invalid': refusal('holder', 'The presenter is not the holder of the credential.', 'Present it from the wallet that holds it.'),
  'document-needed': refusal('verifier', 'This is a certificate on paper, which anybody could carry.', 'Compare it with an identity document: enter the name and birth date that stand there.'),
  'policy-unsatisfied': refusal('holder', 'What is shown does not meet the rule.', 'See which credentials the rule asks for.'),
  'nothing-presented': refusal('holder', 'The presentation holds no credential.', 'Choose a credential to present.'),
  // what a query asked for
  'query-unsatisfied': refusal('holder', 'What is shown is not what was asked, or not all of it.', 'See what is asked and choose again.'),
  'claim-missing': refusal('holder', 'The credential was shown without something that was asked, or says something else.', 'Show all that is asked.'),
  'issuer-unasked': refusal('holder', 'The credential is not by one of the issuers that are asked for.', 'Choose a credential of one of them.'),
  // not decided
  'policy-unknown': open('verifier', 'This device does not know the rule that the pass was made for.', 'Bring this device up to date.'),
  'root-unknown': open('verifier', 'This device does not know the trust data that the pass rests on.', 'Bring this device up to date and try again.'),
  'root-not-final': open('verifier', 'The trust data that the pass rests on are too new to rely on.', 'Wait a moment and try again.'),
  'trust-missing': open('verifier', 'This device has no trust data.', 'Connect once to fetch them.'),
  'trust-stale': open('verifier', 'The trust data of this device are too old.', 'Connect to bring them up to date.'),
  'status-unknown': open('verifier', 'Whether the credential was revoked is not known here.', 'Connect to bring the status lists up to date.'),
  'keys-unknown': open('verifier', 'The keys of the issuer are not known here.', 'Connect to bring the trust data up to date.'),
  'clock-wrong': open('verifier', 'The clock of this device is before the trust data it holds.', 'Correct the clock of this device.'),
} as const;
export type Reason = keyof typeof REASONS;
type ReasonOf<O extends string> = { [R in Reason]: (typeof REASONS)[R]['outcome'] extends O ? R : never }[Reason];
export type RefusalReason = ReasonOf<'refused'>;
export type UndecidedReason = ReasonOf<'undecided'>;
export const isRefusal = (reason: Reason): reason is RefusalReason => REASONS[reason].outcome === 'refused';

/** How old what the verdict rests on is. */
export type Freshness = {
  /** When the chain was last read. */
  readonly syncedAt: UnixSeconds;
  /** Time of the finalised block that "valid" rests on. */
  readonly finalizedAt: UnixSeconds;
  /** When the root that the pass rests on was replaced; absent while it is the current one. */
  readonly rootSupersededAt?: UnixSeconds;
};

/** What an accepted verdict lets the verifier know, and nothing more. */
export type Shown =
  | { readonly form: 'pass'; readonly policy: string; readonly version: number; readonly windowEnd: UnixSeconds; readonly scope: string | undefined; readonly nullifier: string | undefined; readonly matched: boolean }
  | { readonly form: 'vc-jwt' | 'sd-jwt-vc'; readonly issuer: string; readonly issuerName: string; readonly claims: Readonly<Record<string, unknown>>; readonly holderBound: boolean; /** No device holds it: it was compared with a document. */ readonly onPaper?: boolean }
  | { readonly form: 'vp-jwt'; readonly holder: string; readonly credentials: readonly Shown[] };

export type Verdict =
  | { readonly outcome: 'accepted'; readonly shown: Shown; readonly freshness: Freshness }
  | { readonly outcome: 'refused'; readonly reason: RefusalReason; readonly freshness: Freshness | undefined }
  | { readonly outcome: 'undecided'; readonly reason: UndecidedReason; readonly freshness: Freshness | undefined };

/** The verdict for a reason: its outcome is the one of the table, so no caller can soften it. */
export function verdictFor(reason: Reason, freshness?: Freshness): Verdict {
  return isRefusal(reason)
    ? { outcome: 'refused', reason, freshness }
    : { outcome: 'undecided', reason: reason as UndecidedReason, freshness };
}
