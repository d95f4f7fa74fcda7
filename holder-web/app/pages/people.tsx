// Whose certificates are shown; adding, renaming and removing people.
import { useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Button } from '#faces/parts/button.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Field } from '#faces/parts/field.tsx';
import { Notice, Tag } from '#faces/parts/notice.tsx';
import { Screen } from '#faces/parts/screen.tsx';
import type { Holdings, Person } from '#wallet-app/states.ts';
import { useAttempt } from '../parts/attempt.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useDraft } from '../parts/draft.ts';
import { nameOf } from '../parts/names.ts';
import { useWords } from '../speech.tsx';
import { useWallet } from '../wallet-context.tsx';

type Attempt = ReturnType<typeof useAttempt>[1];

export function PeoplePage({ held }: { readonly held: Holdings }) {
  const { w, failure } = useWords();
  const [failed, attempt] = useAttempt();
  return (
    <Screen title={w.people.title} back={to()}>
      {failed && <Notice kind="bad" alert>{failure(failed)}</Notice>}
      <p>{w.people.lead}</p>
      <ul class="lines">{held.people.map((person) => <PersonLine key={person.id} person={person} held={held} attempt={attempt} />)}</ul>
      <AddPerson attempt={attempt} />
    </Screen>
  );
}

function PersonLine({ person, held, attempt }: { readonly person: Person; readonly held: Holdings; readonly attempt: Attempt }) {
  const { w, say } = useWords();
  const { holdings } = useWallet();
  const [asking, setAsking] = useState<'rename' | 'remove'>();
  const name = nameOf(person, held, w.home.me, w.people.unnamed);
  const isShown = person.id === held.person.id;
  const choose = async () => {
    if (await attempt(() => holdings.choosePerson(person.id))) go(to());
  };
  return (
    <li class="person">
      <button type="button" class="person-name" aria-current={isShown ? 'true' : undefined} onClick={() => void choose()}>
        <span class="initial" aria-hidden="true">{[...name][0]}</span><bdi class="strong">{name}</bdi> <span class="unseen">{w.people.choose}</span>{isShown && <Tag kind="good">{w.people.shown}</Tag>}
      </button>
      <div class="row">
        <Button kind="quiet" onClick={() => setAsking('rename')}>{w.people.rename} <bdi class="unseen">{name}</bdi></Button>
        {held.people.length > 1 && <Button kind="quiet" onClick={() => setAsking('remove')}>{w.people.remove} <bdi class="unseen">{name}</bdi></Button>}
      </div>
      {asking === 'rename' && <Rename person={person} attempt={attempt} onDone={() => setAsking(undefined)} />}
      {asking === 'remove' && <Confirm title={say(w.people.removeTitle, { name })} text={w.people.removeText} yes={w.people.remove} onYes={() => { setAsking(undefined); void attempt(() => holdings.removePerson(person.id)); }} onNo={() => setAsking(undefined)} />}
    </li>
  );
}

function Rename({ person, attempt, onDone }: { readonly person: Person; readonly attempt: Attempt; readonly onDone: () => void }) {
  const { w, shared } = useWords();
  const { holdings } = useWallet();
  const [name, setName] = useState(person.name);
  const [isEmpty, setEmpty] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === '') return setEmpty(true);
    onDone();
    await attempt(() => holdings.renamePerson(person.id, name.trim()));
  };
  return (
    <Dialog title={w.people.rename} onClose={onDone}>
      <form class="stack" onSubmit={(event) => void save(event)} noValidate>
        <Field label={w.people.name} value={name} maxLength={80} dir="auto" error={isEmpty ? w.people.nameEmpty : undefined} onInput={(event) => setName(event.currentTarget.value)} />
        <div class="row"><Button type="submit">{shared.save}</Button><Button kind="secondary" onClick={onDone}>{shared.cancel}</Button></div>
      </form>
    </Dialog>
  );
}

function AddPerson({ attempt }: { readonly attempt: Attempt }) {
  const { w } = useWords();
  const { holdings } = useWallet();
  const [name, setName, forget] = useDraft('person');
  const [isEmpty, setEmpty] = useState(false);
  const add = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === '') return setEmpty(true);
    const isDone = await attempt(async () => holdings.choosePerson(await holdings.addPerson(name.trim())));
    if (!isDone) return;
    forget();
    go(to());
  };
  return (
    <form class="stack panel" onSubmit={(event) => void add(event)} noValidate>
      <h2>{w.people.add}</h2>
      <Field id="person" label={w.people.name} hint={w.people.addHint} value={name} maxLength={80} dir="auto" error={isEmpty ? w.people.nameEmpty : undefined} onInput={(event) => { setName(event.currentTarget.value); setEmpty(false); }} />
      <div><Button type="submit" kind="secondary">{w.people.add}</Button></div>
    </form>
  );
}
