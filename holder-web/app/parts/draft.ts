// What a person was typing, kept for this tab until it is done: a reload loses nothing. Never for passphrases and numbers.
import { useState } from 'preact/hooks';

const PREFIX = 'draft-';

/** @returns the text, what changes it, and what forgets it */
export function useDraft(name: string, initial = ''): readonly [string, (text: string) => void, () => void] {
  const key = PREFIX + name;
  const [text, setText] = useState(() => read(key) ?? initial);
  const change = (next: string) => {
    setText(next);
    write(key, next);
  };
  return [text, change, () => write(key, undefined)];
}

/** What was typed in this tab goes with the wallet. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has none.
  }
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing loses drafts when it loads the page again.
  }
}
