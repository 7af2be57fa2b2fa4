// sqs/receipt.ts: receipt handles: what names one receive of one message.
// Called by render.ts, which hands them out, and by settle.ts, which takes them back.
import type { Message } from './message.ts';

export interface Receipt {
  readonly queueName: string;
  readonly messageId: string;
  /** Which receive of the message, from 1. */
  readonly receive: number;
}

/**
 * WHY not random: the handle says everything by itself, so that nothing has to be looked up, and a
 * consumer can still delete after a restart what it received before.
 */
export function receiptHandle(queueName: string, { id, receiveCount }: Message): string {
  return Buffer.from(`${queueName} ${id} ${receiveCount}`).toString('base64');
}

/** @returns undefined for a text that was never handed out */
export function readReceipt(handle: string): Receipt | undefined {
  const text = Buffer.from(handle, 'base64').toString();
  const parts = /^([\w-]+(?:\.fifo)?) ([0-9a-f-]{36}) (\d+)$/.exec(text);
  if (parts === null) return undefined;
  const [, queueName = '', messageId = '', receive] = parts;
  return { queueName, messageId, receive: Number(receive) };
}
