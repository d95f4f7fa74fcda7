// The verdict on one pass, or on many whose proofs are checked together.
import { decodePass, isHealthpassError, type PresentedPass, type Verdict } from '#passport';
import { candidateSignals, concludePass, examinePass, isVerdict, type Ask, type Candidate, type VerifierContext } from './check-pass.ts';

/**
 * The verdict on the text of one pass.
 * @throws HealthpassError for a text that is no pass at all (`pass-malformed`, `text-too-long`, `field-not-canonical`)
 */
export async function verifyPass(text: string, ask: Ask, context: VerifierContext): Promise<Verdict> {
  const examined = examinePass(decodePass(text), ask, context);
  if (isVerdict(examined)) return examined;
  return concludePass(examined, await isProven(examined, context), ask, context);
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
  const proven = new Map<Candidate, boolean>();
  for (const [i, candidate] of candidates.entries()) proven.set(candidate, first[i]! || await isProvenByOthers(candidate, context));
  const answers: BatchAnswer[] = [];
  for (const entry of examined) {
    if ('unreadable' in entry) answers.push(entry);
    else answers.push({ verdict: isVerdict(entry) ? entry : await concludePass(entry, proven.get(entry)!, ask, context) });
  }
  return answers;
}

/** Under the newest of the roots that its short id may mean, or one of the others. */
async function isProven(candidate: Candidate, { proofs, checkProof }: VerifierContext): Promise<boolean> {
  const check = checkProof ?? (async ({ proof, signals }) => proofs.verify(proof, signals));
  for (const root of candidate.roots) {
    if (await check({ proof: candidate.pass.proof, signals: candidateSignals(candidate, root) })) return true;
  }
  return false;
}

const isProvenByOthers = async (candidate: Candidate, context: VerifierContext): Promise<boolean> =>
  candidate.roots.length > 1 && isProven({ ...candidate, roots: candidate.roots.slice(1) }, context);

function tryDecode(text: string): PresentedPass | { unreadable: string } {
  try {
    return decodePass(text);
  } catch (error) {
    if (isHealthpassError(error)) return { unreadable: error.code };
    throw error;
  }
}
