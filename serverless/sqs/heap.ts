// sqs/heap.ts: a binary heap: whatever comes first is found at once, a change costs log n.
// Used for what becomes visible next and for what is handed out next.

export interface Heap<Item> {
  size(): number;
  push(item: Item): void;
  /** The first one, left where it is. */
  peek(): Item | undefined;
  /** @param at 0 is the first; any other place up to size() - 1 holds one that is not the first */
  pop(at?: number): Item | undefined;
}

/** @param isBefore a strict order: of two equal items neither is before the other */
export function createHeap<Item>(isBefore: (one: Item, other: Item) => boolean): Heap<Item> {
  const items: Item[] = [];

  function push(item: Item): void {
    items.push(item);
    rise(items, isBefore, items.length - 1);
  }

  function pop(at = 0): Item | undefined {
    if (at >= items.length) return undefined;
    const item = items[at];
    const last = items.pop() as Item;
    if (at < items.length) {
      items[at] = last;
      rise(items, isBefore, at);
      sink(items, isBefore, at);
    }
    return item;
  }

  return { size: () => items.length, push, peek: () => items[0], pop };
}

type Order<Item> = (one: Item, other: Item) => boolean;

function rise<Item>(items: Item[], isBefore: Order<Item>, from: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!isBefore(items[at] as Item, items[parent] as Item)) return;
    swap(items, at, parent);
    at = parent;
  }
}

function sink<Item>(items: Item[], isBefore: Order<Item>, from: number): void {
  let at = from;
  for (;;) {
    const first = firstOfThree(items, isBefore, at);
    if (first === at) return;
    swap(items, at, first);
    at = first;
  }
}

/** A parent and its two children: the place of the first of them. */
function firstOfThree<Item>(items: Item[], isBefore: Order<Item>, parent: number): number {
  let first = parent;
  for (const child of [2 * parent + 1, 2 * parent + 2])
    if (child < items.length && isBefore(items[child] as Item, items[first] as Item)) first = child;
  return first;
}

function swap<Item>(items: Item[], one: number, other: number): void {
  [items[one], items[other]] = [items[other] as Item, items[one] as Item];
}
