// The little of the WebAssembly interface that the witness calculator needs: neither lib es2024 nor Node's types carry it.
declare namespace WebAssembly {
  class Module {
    private readonly brand;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Record<string, Record<string, (...args: number[]) => unknown>>): Promise<Instance>;
}
