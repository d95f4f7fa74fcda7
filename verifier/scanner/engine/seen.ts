// What was judged a moment ago is not judged again while it stays in view. A live code is signed anew every few seconds: once its pass was
// accepted, the pass is what is known again; before that only the very same text is, so that a live code follows a picture at once.
import { decodePass, PASS_PREFIX } from '#passport';

/** Milliseconds after which something out of view is new again. */
const FORGOTTEN_AFTER = 4000;
const MOST = 64;

export type Seen = {
  /** Whether it is to be judged now. What is known stays known for as long as it is looked at. */
  readonly isNew: (text: string, now: number) => boolean;
  /** Told how the judgement of a text came out. */
  readonly note: (text: string, accepted: boolean, now: number) => void;
  readonly forget: () => void;
};

export function createSeen(): Seen {
  const until = new Map<string, number>();
  const keep = (key: string, now: number) => {
    until.delete(key);
    until.set(key, now + FORGOTTEN_AFTER);
    if (until.size > MOST) until.delete(until.keys().next().value!); // the one seen longest ago
  };
  return {
    isNew(text, now) {
      for (const [key, end] of until) if (end <= now) until.delete(key);
      const known = [text, proofOf(text)].find((key) => key !== undefined && until.has(key));
      if (known === undefined) return true;
      keep(known, now);
      return false;
    },
    note(text, accepted, now) {
      const proof = accepted ? proofOf(text) : undefined;
      keep(proof ?? text, now);
    },
    forget: () => until.clear(),
  };
}

function proofOf(text: string): string | undefined {
  if (!text.startsWith(PASS_PREFIX)) return undefined;
  try {
    return `proof ${decodePass(text).proof.join()}`;
  } catch {
    return undefined;
  }
}
