// Readers that type: a burst of keys faster than hands, ended by Enter, wherever on the page. A document reader sends its zone line by line.
import { isWholeZone, looksLikeZone } from '../document/mrz.ts';

/** Milliseconds between the keys of a reader at most; hands are slower over a whole burst. */
const QUICK = 50;
const LEAST = 8;
/** Within so many milliseconds the next line of a zone follows. */
const NEXT_LINE = 600;

export type Wedge = {
  /** @returns whether the key belongs to a burst, and is nobody else's */
  readonly key: (key: string, at: number) => boolean;
};
export type WedgeText = { readonly kind: 'text' | 'zone'; readonly text: string; /** Characters that went elsewhere before it was known to be a burst. */ readonly strayed: number };

export function createWedge(onText: (read: WedgeText) => void): Wedge {
  let burst = '';
  let strayed = 0;
  let last = -Infinity;
  let lines: string[] = [];
  let lineAt = -Infinity;

  function ended(at: number): boolean {
    const text = burst;
    const stray = strayed;
    burst = '';
    strayed = 0;
    if (text.length < LEAST) return false;
    if (!looksLikeZone(text)) {
      lines = [];
      onText({ kind: 'text', text, strayed: stray });
      return true;
    }
    lines = at - lineAt <= NEXT_LINE ? [...lines, text] : [text];
    lineAt = at;
    const zone = lines.join('\n');
    if (isWholeZone(zone)) {
      lines = [];
      onText({ kind: 'zone', text: zone, strayed: stray });
    }
    return true;
  }

  return {
    key(key, at) {
      const isQuick = at - last <= QUICK;
      last = at;
      if (key === 'Enter') return isQuick ? ended(at) : ((burst = ''), false);
      if (key.length !== 1) return key === 'Shift' && isQuick;
      if (!isQuick) {
        burst = key;
        strayed = 1;
        return false;
      }
      burst += key;
      // Two quick keys may be hands; what follows them is taken away from whatever has the focus.
      if (burst.length > 3) return true;
      strayed++;
      return false;
    },
  };
}
