// A code as a decoder found it.

export type FoundCode = { readonly bytes: Uint8Array };

/** The text, only where the bytes are UTF-8: a decoder that guesses another encoding makes texts that nobody wrote. */
export function textOfCode({ bytes }: FoundCode): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
