// bench/blocks.ts: blocks are measured until enough of them count, or as many do not.
// Called by each part of the bench that measures in blocks.

/**
 * @param wanted accepted ones, ≥ 1
 * @param measure told which one is due, as words for the progress display
 */
export async function measureBlocks<Block extends { readonly discarded: boolean }>(
  wanted: number,
  measure: (which: string, index: number) => Promise<Block>,
): Promise<Block[]> {
  const blocks: Block[] = [];
  const count = (discarded: boolean) =>
    blocks.filter((block) => block.discarded === discarded).length;
  while (count(false) < wanted && count(true) < wanted) {
    const gone = count(true) === 0 ? '' : ` (${count(true)} discarded)`;
    const which = `block ${count(false) + 1} of ${wanted}${gone}`;
    blocks.push(await measure(which, blocks.length));
  }
  return blocks;
}
