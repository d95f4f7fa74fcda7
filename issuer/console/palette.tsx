// Everything of the console by typing: its places, and people and certificates by name or number (Ctrl+K).
import { useEffect, useState } from 'preact/hooks';
import { go, to } from '#faces/navigation.ts';
import { Combobox, type ComboboxOption } from '#faces/parts/combobox.tsx';
import { Dialog } from '#faces/parts/dialog.tsx';
import { Button } from '#faces/parts/button.tsx';
import { useConsole, useWords } from './console.tsx';
import { nameOf } from './events.ts';
import { pagesFor } from './pages.ts';

const PAUSE = 150;

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { w, shared, dates } = useWords();
  const { may, api } = useConsole();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly ComboboxOption[]>([]);
  useEffect(() => void requestAnimationFrame(() => document.getElementById('palette')?.focus()), []);
  useEffect(() => {
    setFound([]);
    if ([...typed.trim()].length < 3 || !may('patients:read')) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void api.patients.search({ name: typed.trim() }, stop.signal).then(({ patients }) => setFound(patients.slice(0, 6).map(({ id, person }) => ({ value: to('patients', id), label: nameOf(person), hint: person?.birthDate && dates.day(person.birthDate) }))), () => {});
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [typed]);
  const search = (text: string): ComboboxOption[] => {
    const words = text.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const places = pagesFor(may).map(({ path, key }) => ({ value: to(path), label: w.places[path], hint: `g ${key}` })).filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)));
    const id = /^(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text.trim()) && may('credentials:read') ? [{ value: to('register', text.trim()), label: w.register.one, hint: text.trim() }] : [];
    return [...places, ...found, ...id];
  };
  return (
    <Dialog title={w.palette.title} onClose={onClose}>
      <div class="palette"><Combobox id="palette" label={w.palette.label} search={search} value={undefined} onType={setTyped} onChoose={(option) => { if (option) { onClose(); go(option.value); } }} /></div>
      <div class="row"><Button kind="quiet" onClick={onClose}>{shared.close}</Button></div>
    </Dialog>
  );
}
