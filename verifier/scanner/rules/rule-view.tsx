// One rule: what it says, who signed it, and what can be done with it; passed on as a code, a link, or on paper.
import { useEffect, useState } from 'preact/hooks';
import { z } from 'zod';
import { go, to } from '#faces/navigation.ts';
import { Button, ButtonLink } from '#faces/parts/button.tsx';
import { Code } from '#faces/parts/code.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { useValue } from '#faces/value.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { errorInWords, titleOf, type Sentences } from '#faces/words/sentences/index.ts';
import { problemFrom } from '#faces/staff/problem.ts';
import { encodeRuleText, type VerifiedRule } from '#formats/rule/index.ts';
import { parsePolicy, type Policy } from '#passport';
import { usePolicies, useSentences } from '../parts/hooks.ts';
import { WithStaff } from '../parts/with-staff.tsx';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { shelfOf } from './open-shelf.ts';
import { RuleWords, SignerLine } from './rule-in-words.tsx';
import { useOwnRules } from './rule-list.tsx';

type Named = { readonly id: string; readonly version: number };

export function RuleView({ id, version }: Named) {
  const { w: { rules: { view: words, list } }, say } = useSpeech<Words>();
  const { settings } = useScanner();
  const [policy, sentences] = [useKnownRule({ id, version }), useSentences()];
  const own = useOwnRules()?.includes(id) ?? false;
  const { rule } = useValue(settings);
  if (!sentences) return null;
  if (!policy) return <Screen title={list.title} back={to('rules')}><Notice kind="warn">{words.gone}</Notice></Screen>;
  const isInUse = rule === id || rule === `${id}@${version}`;
  return (
    <Screen title={titleOf(policy, sentences)} back={to('rules')}>
      <p class="soft">{say(list.version, { version })}{isInUse && ` · ${list.inUse}`}</p>
      <h2>{words.says}</h2>
      <RuleWords policy={policy} sentences={sentences} />
      <p class="row">
        {!isInUse && <Button onClick={() => settings.change({ rule: id })}>{words.use}</Button>}
        {own && <ButtonLink kind="secondary" href={to('rules', id, String(version), 'change')}>{words.edit}</ButtonLink>}
        <ButtonLink kind="secondary" href={to('rules', 'new', id)}>{words.copy}</ButtonLink>
      </p>
      <Sharing policy={policy} sentences={sentences} />
      {own && <Retire id={id} sentences={sentences} />}
    </Screen>
  );
}

/** Of those in use; else the service may still have it. */
export function useKnownRule({ id, version }: Named): Policy | undefined {
  const known = usePolicies().find((policy) => policy.id === id && policy.version === version);
  const [fetched, setFetched] = useState<Policy>();
  useEffect(() => {
    if (known || !Number.isInteger(version)) return;
    fetch(`/rules/${encodeURIComponent(id)}/${version}`).then(async (response) => response.ok && setFetched(parsePolicy(((await response.json()) as { document?: unknown }).document))).catch(() => undefined);
  }, [known, id, version]);
  return known ?? fetched;
}

const signedSchema = z.object({ signed: z.object({ did: z.string().optional() }) });

/** The rule with its signature: as it was passed on, or as the service signs it. */
function useSigned(policy: Policy): { readonly rule: VerifiedRule; readonly isOwn: boolean } | undefined {
  const shelf = shelfOf(useScanner());
  const taken = useValue(shelf).find((rule) => rule.policy.root === policy.root && rule.policy.id === policy.id && rule.policy.version === policy.version);
  const [signed, setSigned] = useState<{ rule: VerifiedRule; isOwn: boolean }>();
  useEffect(() => {
    let current = true;
    const load = async () => {
      const jws = taken?.jws ?? signedSchema.parse(await (await fetch(`/rules/${policy.id}/${policy.version}`)).json()).signed.did;
      if (jws === undefined) return;
      const rule = await shelf.read(jws);
      if (current && rule.policy.root === policy.root) setSigned({ rule, isOwn: await shelf.isOwn(rule) });
    };
    load().catch(() => undefined);
    return () => { current = false; };
  }, [taken, policy]);
  return signed;
}

function Sharing({ policy, sentences }: { readonly policy: Policy; readonly sentences: Sentences }) {
  const { w: { rules: { view: words, signer } }, say } = useSpeech<Words>();
  const scanner = useScanner();
  const shelf = shelfOf(scanner);
  const signed = useSigned(policy);
  const [text, setText] = useState<string>();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => { if (signed) void encodeRuleText(signed.rule.jws).then(setText, () => undefined); }, [signed]);
  if (!signed) return <Notice kind="info" title={signer.unsigned}>{words.unsigned}</Notice>;
  const link = text === undefined ? '' : `${location.origin}${location.pathname}#/rule?t=${encodeURIComponent(text)}`;
  const { rule, isOwn } = signed;
  return (
    <section class="stack printed" aria-label={words.share}>
      <h2>{words.share}</h2>
      <SignerLine rule={rule} isOwn={isOwn} onKnow={() => void shelf.know(rule.signer.clientId)} />
      <p>{words.shareText}</p>
      {text !== undefined && <Code text={text} name={say(words.code, { rule: titleOf(policy, sentences) })} />}
      <p class="row unprinted">
        <Button kind="secondary" onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true), () => undefined)}>{words.copyLink}</Button>
        <Button kind="secondary" onClick={() => print()}>{words.print}</Button>
        {!isOwn && <Button kind="quiet" onClick={() => void shelf.remove(rule).then(() => go(to('rules')))}>{words.remove}</Button>}
        <span role="status">{isCopied && words.copied}</span>
      </p>
    </section>
  );
}

function Retire({ id, sentences }: { readonly id: string; readonly sentences: Sentences }) {
  const { w: { rules: { view: words } }, shared } = useSpeech<Words>();
  const scanner = useScanner();
  const [asks, setAsks] = useState(false);
  const [failure, setFailure] = useState<string>();
  return (
    <div class="unprinted">
      <Button kind="quiet" onClick={() => setAsks(true)}>{words.retire}</Button>
      {asks && (
        <Dialog title={words.retireSure} onClose={() => setAsks(false)}>
          <p>{words.retireText}</p>
          {failure !== undefined && <Notice kind="bad" alert>{failure}</Notice>}
          <WithStaff>
            {(_me, staff) => (
              <div class="row">
                <Button kind="danger" onClick={() => void staff.call('DELETE', `/rules/${id}`).then(() => (scanner.refresh(), go(to('rules'))), (error: unknown) => setFailure(errorInWords(problemFrom(error).code, sentences)))}>{words.retire}</Button>
                <Button kind="quiet" onClick={() => setAsks(false)}>{shared.cancel}</Button>
              </div>
            )}
          </WithStaff>
        </Dialog>
      )}
    </div>
  );
}

