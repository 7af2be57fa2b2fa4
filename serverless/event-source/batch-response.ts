// event-source/batch-response.ts: which messages of a batch the function says it could not handle.
// Called by deliver.ts with ReportBatchItemFailures. "Success and failure conditions" of that page.

/**
 * Nothing, null, an empty object, and no or an empty list are a complete success. Anything that does
 * not name messages of this batch is a complete failure: better twice than not at all.
 * @param payload what the function returned
 */
export function failedIds(payload: string, ids: ReadonlySet<string>): ReadonlySet<string> {
  const failures = failuresIn(payload);
  const named = failures?.map(identifierOf);
  if (named?.every((id) => typeof id === 'string' && ids.has(id)))
    return new Set(named as string[]);
  return ids;
}

/** @returns undefined when it is not in the documented form */
function failuresIn(payload: string): unknown[] | undefined {
  try {
    const response: unknown = JSON.parse(payload);
    if (response === null) return [];
    if (typeof response !== 'object' || Array.isArray(response)) return undefined;
    const failures = (response as { batchItemFailures?: unknown }).batchItemFailures ?? [];
    return Array.isArray(failures) ? failures : undefined;
  } catch {
    return undefined;
  }
}

function identifierOf(failure: unknown): unknown {
  return (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
}
