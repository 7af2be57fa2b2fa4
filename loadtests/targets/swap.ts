// targets/swap.ts: bundles a component with some of its files exchanged: a control arm of an experiment.
// Called by bundle.ts and artefacts.ts; control-targets.ts says what is exchanged for what.
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/** What a component is built with in place of its own. */
export interface Swap {
  /** Ends the name of the zip: `catalog` with `on-express` is `catalog-on-express.zip`. */
  readonly name: string;
  /** Paths relative to the root: the file that an import names, and the one that it gets. */
  readonly files: Readonly<Record<string, string>>;
}

/** The zip's name without its ending. */
export function zipName({ name, swap }: { name: string; swap?: Swap | undefined }): string {
  return swap === undefined ? name : `${name}-${swap.name}`;
}

/** Makes each file that is exchanged pass on the exports of the other, and nothing of its own. */
export function swapPlugin({ name, files }: Swap, root: string): Plugin {
  return {
    name,
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const other = files[relative(root, path).split(sep).join('/')];
        if (other === undefined) return undefined;
        return { contents: `export * from ${JSON.stringify(join(root, other))};` };
      });
    },
  };
}
