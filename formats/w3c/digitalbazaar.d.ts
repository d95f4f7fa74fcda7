// What is used of packages that come without types.
declare module '@digitalbazaar/vc' {
  type RemoteDocument = { contextUrl: null; documentUrl: string; document: object };
  type Loader = (url: string) => Promise<RemoteDocument>;
  type ProofResult = { verified: boolean; error?: unknown };
  export const defaultDocumentLoader: Loader;
  export function issue(options: { credential: object; suite: object; documentLoader: Loader; now: Date; maxClockSkew: number }): Promise<object>;
  export function verifyCredential(options: {
    credential: object; suite: object; documentLoader: Loader; now: Date; maxClockSkew: number; checkStatus: () => Promise<{ verified: boolean }>;
  }): Promise<{ verified: boolean; results?: ProofResult[]; error?: unknown }>;
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object; signer?: object; date?: string });
  }
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
  type Result = { verified: boolean; results?: { verified: boolean; error?: unknown }[]; error?: unknown };
  const jsigs: {
    verify(document: object, options: { suite: object; purpose: object; documentLoader: Loader }): Promise<Result>;
    sign(document: object, options: { suite: object; purpose: object; documentLoader: Loader }): Promise<object>;
    purposes: { AuthenticationProofPurpose: new (options: { challenge: string; domain?: string }) => object };
  };
  // oxlint-disable-next-line import/no-default-export -- the package has no other
  export default jsigs;
}
