// Parts of data, as Bee gives them: one range of bytes (RFC 9110, 14), and nothing at all to whoever has the same already.
/** First byte, and the one after the last. */
export type Span = { readonly from: number; readonly to: number };

/** Undefined where the whole is to be sent: no range, several, none that can be read, or no data. `beyond`: none of its bytes are there. */
export function rangeOf(header: string | null, length: number): Span | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (length === 0 || (first === '' && last === '')) return undefined; // some clients ask for a part of everything
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  return from < to ? { from, to } : 'beyond';
}

/** Whether a conditional request names the data by their tag. */
export const isKnown = (ifNoneMatch: string | null, tag: string): boolean => ifNoneMatch !== null && (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === tag));
