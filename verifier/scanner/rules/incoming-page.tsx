// A rule that somebody passes on: `#/rule?t=…`, or its text pasted or scanned. It is shown whole, with who signed it, before it is taken over.
import { useEffect, useState } from 'preact/hooks';
import { to, usePlace } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { TextArea } from '#faces/parts/field.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useSpeech } from '#faces/words/face.tsx';
import { thrownInWords, titleOf } from '#faces/words/sentences/index.ts';
import type { VerifiedRule } from '#formats/rule/index.ts';
import { usePolicies, useSentences } from '../parts/hooks.ts';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { shelfOf } from './open-shelf.ts';
import { RuleWords, SignerLine } from './rule-in-words.tsx';

type Read = { readonly rule: VerifiedRule; readonly isOwn: boolean };

/** Of a link what stands behind `t=`; anything else as it is. */
function ruleTextOf(typed: string): string {
  const at = typed.indexOf('?t=');
  if (at < 0) return typed.trim();
  try {
    return decodeURIComponent(typed.slice(at + 3).trim());
  } catch {
    return typed.trim();
  }
}

export function IncomingPage() {
  const { w: { rules: { incoming: words } } } = useSpeech<Words>();
  const given = usePlace().query.get('t') ?? '';
  const shelf = shelfOf(useScanner());
  const sentences = useSentences();
  const [typed, setTyped] = useState('');
  const [read, setRead] = useState<Read>();
  const [failure, setFailure] = useState<unknown>();
  const look = async (text: string) => {
    try {
      setFailure(undefined);
      const rule = await shelf.read(text);
      setRead({ rule, isOwn: await shelf.isOwn(rule) });
    } catch (error) {
      setRead(undefined);
      setFailure(error);
    }
  };
  useEffect(() => { if (given !== '') void look(given); }, [given]);
  if (!sentences) return null;
  return (
    <Screen title={words.title} back={to('rules')}>
      {failure !== undefined && <Notice kind="bad" alert>{thrownInWords(failure, sentences)}</Notice>}
      {read ? <Incoming read={read} again={() => look(read.rule.jws)} /> : (
        <form class="stack" onSubmit={(event) => { event.preventDefault(); void look(ruleTextOf(typed)); }}>
          <TextArea label={words.text} value={typed} spellcheck={false} onInput={({ currentTarget }) => setTyped(currentTarget.value)} />
          <p><Button type="submit">{words.read}</Button></p>
        </form>
      )}
    </Screen>
  );
}

function Incoming({ read: { rule, isOwn }, again }: { readonly read: Read; readonly again: () => Promise<void> }) {
  const { w: { rules: { incoming: words, list } }, say } = useSpeech<Words>();
  const shelf = shelfOf(useScanner());
  const sentences = useSentences();
  const { policy } = rule;
  const named = usePolicies().filter(({ id }) => id === policy.id);
  const isHere = named.some(({ version, root }) => version === policy.version && root === policy.root);
  // A newer version comes from who came with the rule, or it is another one.
  const isAnother = named.some(({ version }) => version === policy.version) || (named.length > 0 && !shelf.get().some((kept) => kept.policy.id === policy.id && kept.signer.clientId === rule.signer.clientId));
  const [isTaken, setTaken] = useState(false);
  if (!sentences) return null;
  const here = to('rules', policy.id, String(policy.version));
  return (
    <>
      <h2>{titleOf(policy, sentences)}</h2>
      <p class="soft">{say(list.version, { version: policy.version })}</p>
      <SignerLine rule={rule} isOwn={isOwn} onKnow={() => void shelf.know(rule.signer.clientId).then(again)} />
      <RuleWords policy={policy} sentences={sentences} />
      {isTaken || isHere
        ? <Notice kind="good" title={words.taken}><p><ButtonLink href={here}>{titleOf(policy, sentences)}</ButtonLink></p></Notice>
        : isAnother ? <Notice kind="warn" alert>{words.same}</Notice>
          : <p><Button kind={rule.known || isOwn ? 'primary' : 'secondary'} onClick={() => void shelf.take(rule).then(() => setTaken(true))}>{words.take}</Button></p>}
    </>
  );
}
