// report/page/head.ts: the head of a page that stands alone: no network, whatever the page might ask for.
// Called by page.ts and by the page of `npm run lab -- dremel`.
import { type Markup, markup, trusted } from '../markup.ts';
import { pageStyle } from './style.css.ts';

export interface Head {
  readonly title: string;
  /** A script that the browser may run, as `sha256-…` of its text; none without. */
  readonly script?: string;
  /** After the style that all pages have. */
  readonly css?: string;
}

export function headOf({ title, script, css = '' }: Head): Markup {
  const scripts = script === undefined ? '' : `; script-src '${script}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'${scripts}`;
  return markup`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${trusted(pageStyle() + css)}</style>
</head>`;
}
