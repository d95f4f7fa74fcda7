// Verify: whatever a person presents, one verdict. A pass, a VC-JWT, an SD-JWT VC or a presentation of several.
import { decodePass, isHealthpassError, type PresentedPass, type Verdict } from '#passport';
import { candidateSignals, concludePass, examinePass, isVerdict, type Ask, type Candidate, type VerifierContext } from './check-pass.ts';

/**
 * The verdict on the text of one pass.
 * @throws HealthpassError for a text that is no pass at all (`pass-malformed`, `text-too-long`, `field-not-canonical`)
 */
export async function verifyPass(text: string, ask: Ask, context: VerifierContext): Promise<Verdict> {
  const examined = examinePass(decodePass(text), ask, context);
  if (isVerdict(examined)) return examined;
  return concludePass(examined, isProven(examined, context), ask, context);
}

/** One answer of {@link verifyPasses}: a verdict, or the code of what made the text unreadable. */
export type BatchAnswer = { readonly verdict: Verdict } | { readonly unreadable: string };

/** The verdicts on many passes at once; the proofs are checked together, and each still gets its own answer. */
export async function verifyPasses(texts: readonly string[], ask: Ask, context: VerifierContext): Promise<BatchAnswer[]> {
  const examined = texts.map((text) => {
    const pass = tryDecode(text);
    return 'unreadable' in pass ? pass : examinePass(pass, ask, context);
  });
  const candidates = examined.filter((entry): entry is Candidate => !('unreadable' in entry) && !isVerdict(entry));
  const first = context.proofs.verifyBatch(candidates.map((candidate) => ({ proof: candidate.pass.proof, signals: candidateSignals(candidate, candidate.roots[0]!) })));
  const proven = new Map(candidates.map((candidate, i) => [candidate, first[i]! || isProvenByOthers(candidate, context)]));
  const answers: BatchAnswer[] = [];
  for (const entry of examined) {
    if ('unreadable' in entry) answers.push(entry);
    else answers.push({ verdict: isVerdict(entry) ? entry : await concludePass(entry, proven.get(entry)!, ask, context) });
  }
  return answers;
}

const isProven = (candidate: Candidate, { proofs }: VerifierContext): boolean =>
  candidate.roots.some((root) => proofs.verify(candidate.pass.proof, candidateSignals(candidate, root)));

const isProvenByOthers = (candidate: Candidate, context: VerifierContext): boolean =>
  candidate.roots.length > 1 && isProven({ ...candidate, roots: candidate.roots.slice(1) }, context);

function tryDecode(text: string): PresentedPass | { unreadable: string } {
  try {
    return decodePass(text);
  } catch (error) {
    if (isHealthpassError(error)) return { unreadable: error.code };
    throw error;
  }
}
