// A page that is fetched when it is first shown; the service worker has it by then, so this works without a network too.
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../words/face.tsx';

export function createLazy<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Lazy(props: P) {
    const [Page, setPage] = useState(() => loaded);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      if (Page) return;
      let current = true;
      void (async () => {
        try {
          loaded = await load();
          if (current) setPage(() => loaded);
        } catch {
          if (current) setFailed(true);
        }
      })();
      return () => { current = false; };
    }, [Page]);
    if (Page) return <Page {...props} />;
    return hasFailed ? <NotFetched /> : <Waiting />;
  };
}

const Waiting = () => <p class="waiting" role="status">{useSpeech().shared.loading}</p>;
const NotFetched = () => <p class="waiting" role="alert">{useSpeech().shared.errors.offline}</p>;
