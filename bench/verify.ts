// Verify: from the text of a code to the verdict, beside snarkjs, which is given the proof alone. docs/protocol.md has the checks.
import { encodeProof, decodeProof } from '#circuits';
import { decodePass, encodePass, presentPass, type PresentedPass } from '#passport';
import { candidateSignals, examinePass, isVerdict, verifyPass, verifyPasses, type Ask, type VerifierContext } from '#verifier/checks/index.ts';
import type { ReadyPass } from '#wallet';
import { bodyOf } from '#wallet/make-pass.ts';
import { packages } from './groth16/contenders.ts';
import { multiply, type ProvenStatement, type VerificationKey } from './groth16/statement.ts';
import { medians, type Row } from './measure.ts';
import { askFor, BINDING, textOf, verifierContext, type Passes } from './passes.ts';
import type { Scene } from './scene.ts';

const GROUP = 'verify: whole pass';
const ROUNDS = 9;
const EACH = 4;
const BATCH = 64;
const CORONACHECK_MS = 9.6;

type Step = { readonly verify: (texts: readonly string[]) => Promise<boolean[]>; readonly texts: readonly string[] };

export async function verifyRows(scene: Scene, passes: Passes): Promise<Row[]> {
  const context = await verifierContext(scene, passes);
  const plain = passes.of('plain');
  const full = passes.of('scope and match');
  const [plainAsk, fullAsk] = [await askFor(scene, 'plain', plain), await askFor(scene, 'scope and match', full, BINDING)];
  const texts = manyTexts(scene, plain);
  const ours: Record<string, Step> = {
    'one pass': { verify: oneByOne(plainAsk, context), texts: texts.slice(0, EACH) },
    'one pass with scope, match, audience and challenge': { verify: oneByOne(fullAsk, context), texts: Array.from({ length: EACH }, () => textOf(scene, full, BINDING)) },
    [`batch of ${BATCH}`]: { verify: together(plainAsk, context), texts },
  };
  const sound = await Promise.all(Object.entries(ours).map(async ([name, step]) => [name, await isSound(step)] as const));
  const taking = Object.fromEntries(sound.filter(([, good]) => good).map(([name]) => [name, ours[name]!]));
  const contenders = await packages({ label: '', key: passes.artifacts.verificationKey as VerificationKey, statements: [], repeatingSignals: [] }); // checked when loaded
  const snarkjs = contenders[0]!; // on one thread
  const statements = texts.slice(0, EACH).map((text) => statementOf(text, plainAsk, context));
  const times = await medians(
    { ...Object.fromEntries(Object.entries(taking).map(([name, step]) => [name, () => step.verify(step.texts)])), [snarkjs.name]: snarkjs.prepare(statements) }, ROUNDS,
    { ...Object.fromEntries(Object.entries(taking).map(([name, step]) => [name, step.texts.length])), [snarkjs.name]: EACH },
  );
  for (const { close } of contenders) await close?.();
  context.proofs.free();
  const baseline = times[snarkjs.name]!.cpu;
  return [
    ...Object.entries(times).map(([name, { cpu, wall }]): Row => ({
      group: GROUP, name: name === snarkjs.name ? `${name}, proof alone` : `${name}, text to verdict`, value: cpu, unit: 'ms CPU', note: `${wall.toFixed(2)} ms wall`,
      ...(name === 'one pass' && { target: { atMost: CORONACHECK_MS } }),
    })),
    ...sound.filter(([, good]) => !good).map(([name]): Row => ({ group: GROUP, name, value: Number.NaN, unit: '', note: 'out of the table: accepts a tampered copy, or refuses a true one' })),
    ...Object.keys(taking).filter((name) => name !== 'one pass with scope, match, audience and challenge').map((name): Row => ({
      group: GROUP, name: `${name}: times as fast as snarkjs on one thread`, value: baseline / times[name]!.cpu, unit: 'x', target: { atLeast: name === 'one pass' ? 2.3 : 6 },
    })),
  ];
}

/** As many presentations of one pass as a batch takes, each with its own points and signature. */
function manyTexts(scene: Scene, pass: ReadyPass): string[] {
  const statement: ProvenStatement = { proof: decodeProof(pass.proof), signals: [] };
  return multiply([statement], BATCH).map(({ proof }) => encodePass(presentPass({ ...bodyOf(pass), proof: encodeProof(proof) }, pass.deviceSecret, scene.now())));
}

/** What the verifier would ask of the proof of a text. */
function statementOf(text: string, ask: Ask, context: VerifierContext): ProvenStatement {
  const pass = decodePass(text);
  const candidate = examinePass(pass, ask, context);
  if (isVerdict(candidate)) throw new Error('a pass made for this run is refused');
  return { proof: decodeProof(pass.proof), signals: candidateSignals(candidate, candidate.roots[0]!) };
}

const oneByOne = (ask: Ask, context: VerifierContext): Step['verify'] => async (texts) => {
  const answers: boolean[] = [];
  for (const text of texts) answers.push((await verifyPass(text, ask, context)).outcome === 'accepted');
  return answers;
};

const together = (ask: Ask, context: VerifierContext): Step['verify'] => async (texts) =>
  (await verifyPasses(texts, ask, context)).map((answer) => 'verdict' in answer && answer.verdict.outcome === 'accepted');

/** Whether every true text is accepted and every copy of it that was changed in one place refused. */
async function isSound({ verify, texts }: Step): Promise<boolean> {
  const accepted = await verify(texts);
  const refused = await verify(texts.slice(0, EACH).flatMap(tampered));
  return accepted.every(Boolean) && !refused.some(Boolean);
}

/** Copies that must be refused: another point in the proof, another moment of signing, another signature. */
function tampered(text: string): string[] {
  const pass = decodePass(text);
  const [first, ...rest] = pass.proof;
  const changes: Partial<PresentedPass>[] = [
    { proof: Uint8Array.of(first! ^ 0x80, ...rest) },
    { signedAt: (pass.signedAt - 1) as PresentedPass['signedAt'] },
    { parity: pass.parity === 0 ? 1 : 0 },
  ];
  return changes.map((change) => encodePass({ ...pass, ...change }));
}
