// A rule as the person with the wallet reads it, and who signed it.
import { Button } from '#faces/parts/button.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import type { VerifiedRule } from '#formats/rule/index.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { ruleInWords, type Sentences } from '#faces/words/sentences/index.ts';
import type { Policy } from '#passport';
import type { Words } from '../words/index.ts';

export function RuleWords({ policy, sentences }: { readonly policy: Pick<Policy, 'clauses'>; readonly sentences: Sentences }) {
  const { w: { rules: { view: words } } } = useSpeech<Words>();
  const { proves, secret, ways } = ruleInWords(policy, sentences);
  return (
    <>
      <blockquote class="said"><p>{proves}</p><p>{secret}</p></blockquote>
      <h3>{words.ways}</h3>
      <ol>{ways.map((way) => <li key={way}>{way}</li>)}</ol>
    </>
  );
}

/** A name only where somebody known vouches for it; a signer that is not known is never shown as harmless. */
export function SignerLine({ rule, isOwn, onKnow }: { readonly rule: VerifiedRule; readonly isOwn: boolean; readonly onKnow?: (() => void) | undefined }) {
  const { w: { rules: { signer: words } }, say } = useSpeech<Words>();
  const { signer, known } = rule;
  if (isOwn) return <Notice kind="good" title={words.self} />;
  const mark = <p class="small"><span class="soft">{words.key}</span> <span class="mono">{markOf(signer.clientId)}</span></p>;
  if (known) return <Notice kind="good" title={say(words.by, { name: signer.by === 'certificate' && signer.name !== undefined ? signer.name : markOf(signer.clientId) })}>{mark}</Notice>;
  return (
    <Notice kind="warn" title={words.unknown}>
      <p>{words.unknownText}</p>
      {mark}
      {onKnow && <p><Button kind="secondary" onClick={onKnow}>{words.know}</Button></p>}
    </Notice>
  );
}

/** The end of a name, in groups that two people can compare by voice. */
const markOf = (clientId: string): string => clientId.slice(-16).match(/.{4}/g)!.join(' ');
