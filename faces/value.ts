// A value that pages follow.
import { useEffect, useState } from 'preact/hooks';

export type Followed<T> = { readonly get: () => T; readonly subscribe: (listener: (value: T) => void) => () => void };
export type Value<T> = Followed<T> & { readonly set: (value: T) => void };

export function createValue<T>(first: T): Value<T> {
  let current = first;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => current,
    set(value) {
      current = value;
      listeners.forEach((listener) => listener(value));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function useValue<T>(value: Followed<T>): T {
  const [current, follow] = useState(value.get());
  useEffect(() => {
    follow(value.get());
    return value.subscribe((next) => follow(() => next));
  }, [value]);
  return current;
}
