// contract/primitives.ts: the small schemas every other schema is made of (ids, money, time, pages).
// Used by the feature schemas beside it; TypeBox values are plain JSON Schema.
import { type Static, type TSchema, Type } from 'typebox';

const id = (prefix: string, example: string) =>
  Type.String({ pattern: `^${prefix}_[0-9A-Za-z_-]{1,40}$`, examples: [example] });

export const ProductId = id('prd', 'prd_0001');
export const CustomerId = id('cus', 'cus_alice');
export const OrderId = id('ord', 'ord_01JZ3V5K8Q0000000000000000');

/** Whole euro cents, 0 to 100 million euros: the largest sum of 50 lines stays a safe integer. */
export const Cents = Type.Integer({ minimum: 0, maximum: 10_000_000_000 });

/** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = Type.String({
  format: 'date-time',
  // No other zone, and no leap second, which JavaScript cannot tell.
  pattern: ':[0-5][0-9]\\.[0-9]{3}Z$',
  examples: ['2026-11-22T09:30:00.000Z'],
});

export const Day = Type.String({ format: 'date', examples: ['2026-11-22'] });

/** How many lines an order may have, and how many of one product: 1–50 and 1–99. */
export const MAX_LINES = 50;
export const Quantity = Type.Integer({ minimum: 1, maximum: 99 });

export const ProductPath = strict({ productId: ProductId });
export const OrderPath = strict({ orderId: OrderId });

/** Query parameters of a listing; `cursor` is the previous page's `nextCursor`, opaque. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
};

/** A page of `item`s; `nextCursor` is null on the last page. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  strict({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

/** One of a few words. An `enum`, not a union of constants: it serialises several times faster. */
export const word = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: words });

/** A schema with one `type` that may also be null, as OpenAPI 3.1 (plain JSON Schema) writes it. */
export const nullable = <Schema extends TSchema & { type: string }>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, type: [schema.type, 'null'] });

/** An object that refuses fields it does not know: a misspelt field is an error, never ignored. */
export function strict<Properties extends Record<string, TSchema>>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}
