// A rule being written: the sentence that people will read follows every change, and is made of the clauses alone.
import { useEffect, useRef, useState } from 'preact/hooks';
import { z } from 'zod';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Field, Select } from '#faces/parts/field.tsx';
import { ErrorSummary, Notice } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import { problemFrom } from '#faces/staff/problem.ts';
import type { Staff } from '#faces/staff/staff.ts';
import { useSpeech } from '#faces/words/face.tsx';
import { LANGUAGE_NAMES } from '#faces/words/language.ts';
import { errorInWords, loadAllSentences, ruleInWords, titleOf, type Sentences } from '#faces/words/sentences/index.ts';
import { bothOf, eitherOf, LANGUAGES, type Language, type Policy } from '#passport';
import { usePolicies, useSentences } from '../parts/hooks.ts';
import { WithStaff } from '../parts/with-staff.tsx';
import { useScanner } from '../scanner-context.tsx';
import type { Words } from '../words/index.ts';
import { ClauseFields } from './clause-fields.tsx';
import { clausesOf, documentOf, draftOf, emptyDraft, FRESHNESS, named, nameOf, WINDOWS, wrongClauses, type Draft, type Lasting, type Strictness } from './draft.ts';
import { RuleWords } from './rule-in-words.tsx';

/** `from`: the rule to begin with; with its `version`, the rule that is changed. */
export function RuleEditor({ from, version }: { readonly from?: string | undefined; readonly version?: number | undefined }) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const policies = usePolicies();
  const [sentences, all] = [useSentences(), useAllSentences()];
  const begin = policies.find(({ id, version: each }) => id === from && (version === undefined || each === version));
  // Rules may come in after the page; a draft that was begun stays.
  if (!sentences || !all || (from !== undefined && !begin)) return null;
  return (
    <Screen title={version === undefined ? words.newTitle : words.changeTitle} back={from === undefined ? to('rules') : to('rules', from, String(begin!.version))} wide>
      <Editing begin={begin ? draftOf(begin.document, { asNew: version === undefined }) : emptyDraft()} isNew={version === undefined} {...{ policies, sentences, all }} />
    </Screen>
  );
}

function useAllSentences(): Readonly<Record<Language, Sentences>> | undefined {
  const [all, setAll] = useState<Readonly<Record<Language, Sentences>>>();
  useEffect(() => void loadAllSentences().then(setAll, () => undefined), []);
  return all;
}

type Shared = { readonly policies: readonly Policy[]; readonly sentences: Sentences; readonly all: Readonly<Record<Language, Sentences>> };

function Editing({ begin, isNew, policies, sentences, all }: Shared & { readonly begin: Draft; readonly isNew: boolean }) {
  const { w: { rules: { edit: words } }, language, say } = useSpeech<Words>();
  const [draft, setDraft] = useState(begin);
  // As they were at the attempt: nothing takes the focus from who mends them.
  const [found, setFound] = useState<readonly { readonly field: string; readonly says: string }[]>();
  const wrong = wrongClauses(draft);
  const name = nameOf(draft, language);
  const problems = [
    ...(name.trim() === '' ? [{ field: 'rule-name', says: words.nameMissing }] : []), ...(draft.clauses.length === 0 ? [{ field: 'rule-add', says: words.noWay }] : []),
    ...wrong.map((i) => ({ field: `rule-way-${i}`, says: say(words.invalid, { count: i + 1 }) })),
  ];
  return (
    <div class="editor">
      <div class="stack">
        {found && <ErrorSummary tried={found} errors={found} />}
        {isNew && <Template {...{ policies, sentences }} onChoose={(chosen) => setDraft({ ...chosen, title: draft.title })} />}
        <Field id="rule-name" label={words.name} hint={words.nameHint} maxLength={100} value={name} error={found && name.trim() === '' ? words.nameMissing : undefined} onInput={({ currentTarget }) => setDraft(named(draft, currentTarget.value, language))} />
        <Ways {...{ draft, setDraft, sentences }} />
        <Timing {...{ draft, setDraft }} />
        <Combining {...{ draft, setDraft, policies, sentences }} />
        <WithStaff>{(_me, staff) => <Save {...{ draft, staff, all, sentences }} check={() => (setFound(problems), problems.length === 0)} />}</WithStaff>
      </div>
      <Preview {...{ draft, sentences, all }} />
    </div>
  );
}

function Template({ policies, sentences, onChoose }: Pick<Shared, 'policies' | 'sentences'> & { readonly onChoose: (draft: Draft) => void }) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  return (
    <Select label={words.template} onChange={({ currentTarget: { value } }) => { const chosen = policies.find(({ id }) => id === value); onChoose(chosen ? draftOf(chosen.document, { asNew: true }) : emptyDraft()); }}>
      <option value="">{words.blank}</option>
      {policies.map((policy) => <option key={`${policy.id}@${policy.version}`} value={policy.id}>{titleOf(policy, sentences)}</option>)}
    </Select>
  );
}

type Drafting = { readonly draft: Draft; readonly setDraft: (draft: Draft) => void };

function Ways({ draft, setDraft, sentences }: Drafting & { readonly sentences: Sentences }) {
  const { w: { rules: { edit: words } }, say } = useSpeech<Words>();
  const { clauses } = draft;
  return (
    <>
      {clauses.map((clause, i) => (
        // A way has no name of its own: its place is what it is known by.
        <fieldset key={i} id={`rule-way-${i}`} tabIndex={-1} class="card way"> {/* oxlint-disable-line react/no-array-index-key */}
          <legend class="strong">{say(words.way, { count: i + 1 })}</legend>
          <ClauseFields {...{ clause, sentences }} onChange={(next) => setDraft({ ...draft, clauses: clauses.with(i, next) })} />
          {clauses.length > 1 && <p><Button kind="quiet" onClick={() => setDraft({ ...draft, clauses: clauses.toSpliced(i, 1) })}>{say(words.removeWay, { count: i + 1 })}</Button></p>}
        </fieldset>
      ))}
      {clauses.length < 32 && <p><Button id="rule-add" kind="secondary" onClick={() => setDraft({ ...draft, clauses: [...clauses, { kind: 'vaccination' }] })}>{words.addWay}</Button></p>}
    </>
  );
}

const sameAs = <T,>(table: Readonly<Record<string, T>>, value: T): string => Object.keys(table).find((key) => JSON.stringify(table[key]) === JSON.stringify(value)) ?? '';

function Timing({ draft, setDraft }: Drafting) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const [lasting, strictness] = [sameAs(WINDOWS, draft.window), sameAs(FRESHNESS, draft.freshness)];
  return (
    <>
      <Select label={words.lasts} value={lasting} onChange={({ currentTarget: { value } }) => setDraft({ ...draft, window: WINDOWS[value as Lasting] ?? draft.window })}>
        {lasting === '' && <option value="">…</option>}
        <option value="hours2">{words.hours2}</option><option value="hours4">{words.hours4}</option><option value="day">{words.day}</option>
      </Select>
      <Select label={words.strictness} value={strictness} onChange={({ currentTarget: { value } }) => setDraft({ ...draft, freshness: FRESHNESS[value as Strictness] ?? draft.freshness })}>
        {strictness === '' && <option value="">…</option>}
        <option value="strict">{words.strict}</option><option value="usual">{words.usual}</option><option value="relaxed">{words.relaxed}</option>
      </Select>
    </>
  );
}

function Combining({ draft, setDraft, policies, sentences }: Drafting & Pick<Shared, 'policies' | 'sentences'>) {
  const { w: { rules: { edit: words } }, say } = useSpeech<Words>();
  const [other, setOther] = useState('');
  const [told, setTold] = useState<{ kind: 'warn' | 'bad'; says: string }>();
  const combine = (how: typeof bothOf) => {
    const chosen = policies.find(({ id }) => id === other);
    if (!chosen || wrongClauses(draft).length > 0) return;
    const combined = how(draft.clauses, chosen.document.clauses);
    if ('problem' in combined) return setTold({ kind: 'bad', says: combined.problem === 'two-records' ? words.twoRecords : words.tooMany });
    setDraft({ ...draft, clauses: combined.clauses });
    setTold(combined.dropped > 0 ? { kind: 'warn', says: say(words.dropped, { count: combined.dropped }) } : undefined);
  };
  return (
    <details class="card">
      <summary>{words.combine}</summary>
      <div class="stack">
        <Select label={words.otherRule} value={other} onChange={({ currentTarget }) => setOther(currentTarget.value)}>
          <option value="">–</option>
          {policies.map((policy) => <option key={`${policy.id}@${policy.version}`} value={policy.id}>{titleOf(policy, sentences)}</option>)}
        </Select>
        <p class="row">
          <Button kind="secondary" disabled={other === ''} onClick={() => combine(eitherOf)}>{words.either}</Button>
          <Button kind="secondary" disabled={other === ''} onClick={() => combine(bothOf)}>{words.both}</Button>
        </p>
        <div role="status">{told && <Notice kind={told.kind}>{told.says}</Notice>}</div>
      </div>
    </details>
  );
}

function Preview({ draft, sentences, all }: { readonly draft: Draft } & Pick<Shared, 'sentences' | 'all'>) {
  const { w: { rules: { edit: words } }, language } = useSpeech<Words>();
  const policy = clausesOf(draft);
  return (
    <section class="preview stack" aria-label={words.preview}>
      <h2>{words.preview}</h2>
      <div role="status" class="stack">{policy && <RuleWords policy={policy} sentences={sentences} />}</div>
      {policy && (
        <details>
          <summary>{words.languages}</summary>
          <dl class="stack-s">
            {LANGUAGES.filter((each) => each !== language).map((each) => [
              <dt key={`${each}-name`} class="soft" lang={each}>{LANGUAGE_NAMES[each]}</dt>,
              <dd key={each} lang={each} dir={each === 'ar' ? 'rtl' : 'ltr'}>{ruleInWords(policy, all[each]).proves}</dd>,
            ])}
          </dl>
        </details>
      )}
    </section>
  );
}

const savedSchema = z.object({ id: z.string(), version: z.int() });

function Save({ draft, staff, all, sentences, check }: { readonly draft: Draft; readonly staff: Staff; readonly check: () => boolean } & Pick<Shared, 'sentences' | 'all'>) {
  const { w: { rules: { edit: words } } } = useSpeech<Words>();
  const scanner = useScanner();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // The same for every attempt: a name in other letters is made one id, not several.
  const random = useRef(crypto.randomUUID().slice(0, 8));
  const save = async () => {
    if (!check()) return;
    setBusy(true);
    try {
      const document = documentOf(draft, all, () => random.current);
      const body = { document, ...(draft.replaces !== undefined && { replaces: draft.replaces }) };
      const { id, version } = savedSchema.parse(await staff.json('POST', '/rules', { body }));
      scanner.refresh();
      go(to('rules', id, String(version)));
    } catch (error) {
      setFailure(errorInWords(problemFrom(error).code, sentences));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {failure !== undefined && <Notice kind="bad" alert>{failure}</Notice>}
      <p><Button busy={busy} onClick={() => void save()}>{words.save}</Button></p>
    </>
  );
}
