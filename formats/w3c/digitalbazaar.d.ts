// What is used of packages that come without types.
declare module '@digitalbazaar/vc' {
  type RemoteDocument = { contextUrl: null; documentUrl: string; document: object };
  type Loader = (url: string) => Promise<RemoteDocument>;
  export const defaultDocumentLoader: Loader;
  export function issue(options: { credential: object; suite: object; documentLoader: Loader; now: Date; maxClockSkew: number }): Promise<object>;
}

declare module '@digitalbazaar/data-integrity' {
  export const DataIntegrityProof: (new (options: { cryptosuite: object; signer?: object; date?: string }) => object) & {
    readonly prototype: { createVerifyData(this: object, options: { document: object; proof: object; documentLoader: object }): Promise<Uint8Array> };
  };
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: { canonize(input: object, options: object): Promise<string> };
}

declare module '@digitalbazaar/ed25519-multikey' {
  type Signer = { id: string; algorithm: string; sign(options: { data: Uint8Array }): Promise<Uint8Array> };
  export function generate(options: { id?: string; controller?: string; seed?: Uint8Array }): Promise<{ publicKeyMultibase: string; id: string; controller: string; signer(): Signer }>;
}

declare module 'jsonld-signatures' {
  type RemoteDocument = { contextUrl: null; documentUrl: string; document: object };
  type Loader = (url: string) => Promise<RemoteDocument>;
  type Result = { verified: boolean; results?: { verified: boolean; verificationMethod?: { id: string; controller: string } }[]; error?: unknown };
  const jsigs: {
    verify(document: object, options: { suite: object; purpose: object; documentLoader: Loader }): Promise<Result>;
    sign(document: object, options: { suite: object; purpose: object; documentLoader: Loader }): Promise<object>;
    purposes: { AssertionProofPurpose: new () => object; AuthenticationProofPurpose: new (options: { challenge: string; domain?: string }) => object };
  };
  // oxlint-disable-next-line import/no-default-export -- the package has no other
  export default jsigs;
}
