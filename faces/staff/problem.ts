// What a service said was wrong: problem details (RFC 9457), by code and field, never with a value.

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly field: string | undefined;
  readonly status: number;

  /** `status` 0: nothing was heard from the service at all. */
  constructor(status: number, code: string, field?: string) {
    super(code);
    this.code = code;
    this.field = field;
    this.status = status;
  }
}

/** What was thrown, as a problem; code `internal` for anything unforeseen. */
export const problemFrom = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, 'internal'));

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as { code?: unknown; field?: unknown };
  return new Problem(response.status, typeof body.code === 'string' ? body.code : 'internal', typeof body.field === 'string' ? body.field : undefined);
}
