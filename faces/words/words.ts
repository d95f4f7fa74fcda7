// Words that people read. The English catalog is the source; the others have its type, so a missing key does not compile. A text may hold
// `{name}` for what is put in, and may come in the plural forms of its language (CLDR), chosen by `count`.

export type Plural = { readonly other: string } & { readonly [category in Exclude<Intl.LDMLPluralRule, 'other'>]?: string };
export type Text = string | Plural;
export type Catalog = { readonly [key: string]: Text | Catalog };

/** The same keys, in another language. */
export type Translation<C> = {
  readonly [K in keyof C]: C[K] extends string ? string : C[K] extends Plural ? Plural : Translation<C[K]>;
};

export type Values = Readonly<Record<string, string | number>>;

const PLACE = /\{(\w+)\}/g;

/** Whether a value of a catalog is a text, in one form or several. */
export const isText = (value: Text | Catalog): value is Text => typeof value === 'string' || typeof (value as Plural).other === 'string';

/** The text with its places filled; numbers are written as the language does. */
export function fill(text: Text, values: Values, language: string): string {
  const form = formOf(text, values, language);
  return form.replace(PLACE, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : isolate(value);
  });
}

function formOf(text: Text, { count }: Values, language: string): string {
  if (typeof text === 'string') return text;
  return text[new Intl.PluralRules(language).select(Number(count))] ?? text.other;
}

/** A name put in between words of the other direction must not turn their order around (Unicode bidirectional isolates). */
const isolate = (value: string): string => `\u2068${value.replace(/[\u2066-\u2069\u202a-\u202e]/g, '')}\u2069`;

/** The text in pieces, for elements between the words: what is put in by name stands at its place. */
export function pieces<T>(text: Text, elements: Readonly<Record<string, T>>, language: string, values: Values = {}): (string | T)[] {
  const form = formOf(text, values, language);
  return form.split(/(\{\w+\})/g).filter((piece) => piece !== '').map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    return name !== undefined && name in elements ? elements[name]! : fill(piece, values, language);
  });
}

/** Names of the places of a text, over all its forms, sorted. */
export function placesOf(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return [...new Set(forms.flatMap((form) => [...form.matchAll(PLACE)].map((match) => match[1]!)))].toSorted();
}
