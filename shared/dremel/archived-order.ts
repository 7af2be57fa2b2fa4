// dremel/archived-order.ts: the forty columns of an archived order, and how they are nested.
// Shredded by the experiment on columns and its page; the orders are those of fixtures/archived-orders.ts.
import { type Field, type Repetition, schemaOf } from './schema.ts';

/** `name`, `name?` or `name*`: required, optional, repeated. */
const field = (word: string, fields?: readonly Field[]): Field => {
  const repetition = repetitions[word.at(-1) ?? ''] ?? 'required';
  const name = word.replace(/[?*]$/, '');
  return fields === undefined ? { name, repetition } : { name, repetition, fields };
};
const repetitions: Readonly<Record<string, Repetition>> = { '?': 'optional', '*': 'repeated' };
const values = (...words: string[]) => words.map((word) => field(word));

export const archivedOrderFields: readonly Field[] = [
  ...values('id', 'status', 'placedAt', 'channel', 'currency', 'totalCents', 'taxCents'),
  ...values('shippingCents', 'note?'),
  field('customer', values('id', 'name', 'email', 'phone?', 'since', 'segment')),
  field('payment', values('method', 'brand?', 'lastDigits?', 'authorisation', 'capturedAt')),
  field('delivery', [
    ...values('method', 'street', 'city', 'postcode', 'country', 'promisedOn', 'deliveredAt?'),
  ]),
  field('coupons*', values('code', 'cents')),
  field('lines*', [
    ...values('productId', 'name', 'category', 'quantity', 'unitPriceCents', 'totalCents'),
    ...values('giftMessage?'),
    field('discounts*', values('code', 'cents')),
  ]),
  field('history*', values('at', 'status')),
];

export const archivedOrder = schemaOf(archivedOrderFields);
