// A member by name, where one is known; else by the number, so that two unknown ones are not taken for the same.
import { Text } from '#faces/parts/text.tsx';
import { useMemberName } from './member-name.ts';

export function Name({ of }: { readonly of: string }) {
  const name = useMemberName(of);
  return name === undefined ? <span class="mono small" dir="ltr">{`${of.slice(0, 8)}…${of.slice(-4)}`}</span> : <Text>{name}</Text>;
}
