// What to make of the codes that one picture shows: exactly one that may be a pass or a certificate is looked at. Of two it is not for a
// machine to say whose turn it is. Codes of others (a poster, a ticket) are passed over beside one of ours.
import { textOfCode, type FoundCode } from '#faces/camera/found-code.ts';
import { PAPER_PREFIX } from '#formats/paper/index.ts';
import { RULE_PREFIX } from '#formats/rule/index.ts';
import { PASS_PREFIX } from '#passport';

export type Sighting =
  | { readonly name: 'nothing' }
  | { readonly name: 'one'; readonly text: string }
  | { readonly name: 'several' }
  /** Bytes that are no text at all. */
  | { readonly name: 'not-text' };

/** A text that could be a presentation, whatever becomes of it; everything else is a code of somebody else's. */
const looksPresented = (text: string): boolean => text.startsWith(PASS_PREFIX) || text.startsWith(PAPER_PREFIX) || text.startsWith(RULE_PREFIX) || /^[\w-]{8,}\.[\w-]+\.[\w~.-]*$/.test(text.trim());

export function sightingOf(codes: readonly FoundCode[]): Sighting {
  const texts = [...new Set(codes.map(textOfCode))];
  const presented = texts.filter((text) => text !== undefined && looksPresented(text));
  if (presented.length > 1) return { name: 'several' };
  const [text] = presented.length === 1 ? presented : texts;
  if (text !== undefined) return { name: 'one', text };
  return { name: texts.length === 0 ? 'nothing' : 'not-text' };
}
