// browser/tried.ts: what became of a call of the SDK: the data, or a sentence for a person.
// Used wherever the shop is asked for something.

/** Never rejects: a shop that does not answer is a problem as well. */
export async function tried<Data>(
  asking: Promise<{ data?: Data; error?: { title?: string; detail?: string } | undefined }>,
): Promise<{ data?: Data; problem?: string }> {
  try {
    const { data, error } = await asking;
    if (error !== undefined) return { problem: error.detail ?? error.title ?? 'It was refused.' };
    return data === undefined ? { problem: 'The answer was empty.' } : { data };
  } catch {
    return { problem: 'The shop does not answer.' };
  }
}
