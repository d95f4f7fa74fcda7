// A member by the name in the directory.
import { useEffect, useState } from 'preact/hooks';
import { useDesk } from '../desk-context.tsx';

/** Undefined while it is looked up, and for whoever is not there. */
export function useMemberName(address: string | undefined): string | undefined {
  const desk = useDesk();
  const [name, setName] = useState<string>();
  useEffect(() => {
    let current = true;
    void (async () => {
      const found = address === undefined ? undefined : await desk.names(address);
      if (current) setName(found);
    })();
    return () => { current = false; };
  }, [address]);
  return name;
}
