// The little of circomlibjs that tests compare with.
declare module 'circomlibjs' {
  type Element = Uint8Array;
  export function buildEddsa(): Promise<{
    readonly F: { readonly e: (value: bigint) => Element };
    readonly verifyPoseidon: (message: Element, signature: { R8: readonly Element[]; S: bigint }, key: readonly Element[]) => boolean;
  }>;
  /** Poseidon as its paper writes it, without short cuts. */
  export function buildPoseidonReference(): Promise<{
    (inputs: readonly bigint[]): Element;
    readonly F: { readonly toObject: (element: Element) => bigint };
  }>;
}
