// sqs/message.ts: what a queue holds.
// Used by everything that handles messages; the journal stores it as it is.

/** A message attribute as the JSON protocol has it. */
export interface AttributeValue {
  /** `String`, `Number` or `Binary`, perhaps with a label: `Number.cents`. */
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/**
 * - `delayed`: sent, not to be received yet
 * - `visible`: to be received
 * - `in flight`: received, neither deleted nor timed out
 * - `gone`: deleted, expired or moved; a heap may still hold it
 */
export type MessageState = 'delayed' | 'visible' | 'in flight' | 'gone';

export interface Message {
  /** A UUID; a message that comes back from a dead-letter queue has a new one. */
  readonly id: string;
  readonly body: string;
  readonly attributes: AttributeValues;
  /** The one system attribute that a producer may set: the header of X-Ray. */
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** Counts the messages of a queue, from 1. */
  readonly sequence: number;
  readonly sentAtMs: number;
  /** Of the queue that gave it up, in a dead-letter queue. */
  readonly sourceArn?: string | undefined;
  /** Delivered once more after its deletion: a knob asked for it. Not told to clients. */
  readonly isDuplicate?: boolean;

  state: MessageState;
  /** While it is delayed or in flight: when that ends. */
  visibleAtMs: number;
  /** In every queue it was in; the receipt handle carries it. */
  receiveCount: number;
  /** In this queue: what a redrive policy counts. */
  receivesHere: number;
  firstReceivedAtMs?: number | undefined;
  receivedAtMs?: number | undefined;
}

/** What a producer may choose of a message. */
export type Draft = Pick<
  Message,
  'body' | 'attributes' | 'traceHeader' | 'groupId' | 'deduplicationId'
> & { readonly delayMs: number };

/**
 * Bytes that count against the limits: the body in UTF-8 and of each attribute name, type and value
 * ("Amazon SQS message metadata").
 */
export function messageBytes(body: string, attributes: AttributeValues): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue ?? '') +
      Buffer.byteLength(BinaryValue ?? '', 'base64'),
    Buffer.byteLength(body),
  );
}
