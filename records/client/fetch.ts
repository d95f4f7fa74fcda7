// What the client needs of the network: the part of fetch that it uses, so that tests and browsers bring their own.
export type Fetch = (url: string, init?: { method?: string; headers?: Record<string, string>; body?: Uint8Array | string; redirect?: 'error'; signal?: AbortSignal }) => Promise<Response>;
