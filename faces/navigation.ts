// Where in an app a person is: the fragment of the address. What stands there never reaches a server, and any static host will do.
import { useEffect, useMemo, useState } from 'preact/hooks';

export type Place = {
  /** `#/offers/12?x=1` -> ['offers', '12'] */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
};

export function readPlace(fragment: string): Place {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2) as [string?, string?];
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** An address for links: `to('offers', id)`. */
export const to = (...path: readonly string[]): string => `#/${path.map(encodeURIComponent).join('/')}`;

/** Goes there; `replace` leaves no step to come back to. */
export function go(address: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) location.replace(address);
  else location.hash = address;
}

export function usePlace(): Place {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = () => setFragment(location.hash);
    follow(); // it may have changed since the page was drawn
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return useMemo(() => readPlace(fragment), [fragment]);
}
