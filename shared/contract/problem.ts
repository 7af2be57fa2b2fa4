// contract/problem.ts: the one error format, RFC 9457 problem details with a stable `code`.
// Sent by every process for every refusal; read by every client.
import { type Static, Type } from 'typebox';

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.String({ examples: ['OUT_OF_STOCK'] }),
    detail: Type.String(),
  },
  // RFC 9457 extension members: the values that the error carries (productId, wanted, left, …)
  { additionalProperties: true },
);
export type Problem = Static<typeof Problem>;
