// calls.d.ts: how an operation of schema.d.ts is called, and what comes back.
// The generator copies this file into every SDK; client.ts beside it keeps what is promised here.

export interface Options {
  /** Without a slash at the end; default: where the SDK was generated from. */
  readonly baseUrl?: string;
  /** Sent with every call, in the header that the document names. */
  readonly apiKey?: string;
  /** Default: the platform's own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** An operation as openapi-typescript writes it. */
export interface Described {
  parameters: { path?: unknown; query?: unknown; header?: unknown };
  responses: object;
}

/** What a call takes: each part only where the operation has it. */
export type Input<Operation extends Described> = Pick<
  Operation['parameters'],
  keyof Operation['parameters'] & ('path' | 'query' | 'header')
> &
  BodyOf<Operation> & { signal?: AbortSignal };

type BodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Operation extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : unknown;

/** A call of an operation; `More` is what it takes beside, as `idempotencyKey`. */
export type Call<Operation extends Described, More = unknown> =
  Partial<Input<Operation> & More> extends Input<Operation> & More
    ? (input?: Input<Operation> & More) => Promise<Answer<Operation>>
    : (input: Input<Operation> & More) => Promise<Answer<Operation>>;

/**
 * The data of a success or the problem of a refusal, never both. A promise of it is rejected when
 * nobody answers, and when somebody else does: a refusal that is no JSON object.
 */
export type Answer<Operation extends Described> =
  | { data: Data<Operation>; error?: undefined; response: Response }
  | { data?: undefined; error: Refusal<Operation>; response: Response };

type Done = 200 | 201 | 202 | 203 | 204 | 205 | 206 | '2XX';
type ContentOf<Answer> = Answer extends { content: infer Content }
  ? Content[keyof Content]
  : undefined;

export type Data<Operation extends Described> = {
  [Status in keyof Operation['responses']]: Status extends Done
    ? ContentOf<Operation['responses'][Status]>
    : never;
}[keyof Operation['responses']];

export type Refusal<Operation extends Described> = {
  [Status in keyof Operation['responses']]: Status extends Done
    ? never
    : ContentOf<Operation['responses'][Status]>;
}[keyof Operation['responses']];
