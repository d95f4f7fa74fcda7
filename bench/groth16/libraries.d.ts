// The part of ffjavascript that the contenders use; the package carries no types. Points and field elements are bytes in its own form.
declare module 'ffjavascript' {
  type Bytes = Uint8Array;
  interface Group {
    fromObject(point: readonly unknown[]): Bytes;
    toJacobian(point: Bytes): Bytes;
    isValid(point: Bytes): boolean;
    neg(point: Bytes): Bytes;
    add(p: Bytes, q: Bytes): Bytes;
    timesFr(point: Bytes, scalar: Bytes): Bytes;
  }
  export interface Bn128 {
    readonly G1: Group;
    readonly G2: Group;
    readonly Fr: { fromObject(value: bigint): Bytes };
    readonly Gt: { mul(x: Bytes, y: Bytes): Bytes; eq(x: Bytes, y: Bytes): boolean };
    prepareG1(point: Bytes): Bytes;
    prepareG2(point: Bytes): Bytes;
    millerLoop(p: Bytes, q: Bytes): Bytes;
    finalExponentiation(x: Bytes): Bytes;
    terminate(): Promise<void>;
  }
  export function buildBn128(singleThread?: boolean): Promise<Bn128>;
}
