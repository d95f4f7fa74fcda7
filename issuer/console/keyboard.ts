// Keys without a modifier, for people who do the same thing a hundred times a day. They rest while something is typed, and can be switched off
// (WCAG 2.1.4): speech input would trigger them.
import { useEffect, useRef, useState } from 'preact/hooks';

const KEPT_AS = 'single-keys';
const changed = new EventTarget();

export function singleKeys(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) !== 'off';
  } catch {
    return true;
  }
}

export function switchSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEPT_AS, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
  changed.dispatchEvent(new Event('change'));
}

export function useSingleKeys(): boolean {
  const [on, set] = useState(singleKeys);
  useEffect(() => {
    const follow = () => set(singleKeys());
    changed.addEventListener('change', follow);
    return () => changed.removeEventListener('change', follow);
  }, []);
  return on;
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));
const isAsked = (): boolean => document.querySelector('dialog[open]') !== null;

/** Names of keys as `event.key` has them; `mod+k` is Ctrl or Command, and works while typing too. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || isAsked()) return;
      const mod = event.ctrlKey || event.metaKey;
      const act = latest.current[mod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (!act || (!mod && (isTyping(event.target) || !singleKeys()))) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
