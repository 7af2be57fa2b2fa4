// sqs/batch.ts: up to ten requests in one, each of which may fail by itself.
// Called by the actions whose names end in Batch; "Amazon SQS batch actions".
import { invalidValue, missing, SqsError } from './errors.ts';
import { mostBatchEntries } from './limits.ts';
import { type Input, isObject, requiredText } from './parameters.ts';

export interface BatchResult {
  readonly Successful: object[];
  readonly Failed: object[];
}

/**
 * The entries, each with an id of its own.
 * @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId,
 *   BatchEntryIdsNotDistinct (all 400): the whole batch is refused
 */
export function batchEntries(input: Input): Input[] {
  const entries = input.Entries ?? undefined;
  if (entries === undefined) throw missing('Entries');
  if (!Array.isArray(entries) || !entries.every(isObject))
    throw invalidValue('Entries', JSON.stringify(entries), 'Must be a list of objects.');
  if (entries.length === 0)
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > mostBatchEntries)
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${mostBatchEntries}. ` +
        `You have sent ${entries.length}.`,
    );
  checkIds(entries.map((entry) => requiredText(entry, 'Id')));
  return entries;
}

/** @param each throws SqsError to fail its entry; anything else fails the batch */
export function runBatch(entries: readonly Input[], each: (entry: Input) => object): BatchResult {
  const result: BatchResult = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      result.Successful.push({ Id: entry.Id, ...each(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      const { queryCode, message, isSenderFault } = error;
      result.Failed.push({
        Id: entry.Id,
        SenderFault: isSenderFault,
        Code: queryCode,
        Message: message,
      });
    }
  }
  return result;
}

function checkIds(ids: readonly string[]): void {
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
        'It can be at most 80 letters long.',
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw new SqsError('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}
