// How something stands, as a shape: never colour alone, and never without a word beside it.
const MARKS = { good: 'M3 8.5l3.5 3.5L13 4.5', warn: 'M8 3v6.5M8 12v1', bad: 'M4 4l8 8M12 4l-8 8' } as const;

export const Mark = ({ kind }: { readonly kind: keyof typeof MARKS }) => <svg class="mark" data-kind={kind} viewBox="0 0 16 16" aria-hidden="true"><path d={MARKS[kind]} /></svg>;
