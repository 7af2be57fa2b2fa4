// event-source/gather.ts: fills a batch: one long poll, or as many as the batching window allows.
// Called by event-source.ts. "Polling and batching streams" and "Using Lambda with Amazon SQS".
import { mostEventBytes } from './limits.ts';
import { type QueueMessage, receive } from './queue.ts';
import type { MappingSettings } from './settings.ts';

/**
 * The window begins with the first message and ends when the batch is full or its event too large.
 * @param closing ends the wait as well; what has been received until then is returned
 * @returns nothing after a long poll without a message
 */
export async function gather(
  settings: MappingSettings,
  closing: AbortSignal,
): Promise<QueueMessage[]> {
  const { batchSize, windowMs } = settings;
  const messages = await receive(settings, batchSize, closing);
  if (messages.length === 0 || windowMs === 0) return messages;
  const window = new AbortController();
  const timer = setTimeout(() => window.abort(), windowMs);
  const ended = AbortSignal.any([closing, window.signal]);
  try {
    while (messages.length < batchSize && bytesOf(messages) < mostEventBytes && !ended.aborted)
      messages.push(...(await receive(settings, batchSize - messages.length, ended)));
  } catch (error) {
    // What was received is handled all the same; the next poll meets the same queue.
    settings.emit({ kind: 'error', error });
  } finally {
    clearTimeout(timer);
  }
  return messages;
}

function bytesOf(messages: readonly QueueMessage[]): number {
  return messages.reduce((sum, { Body }) => sum + Body.length, 0);
}
