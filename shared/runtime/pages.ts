// runtime/pages.ts: the pages for people: plain text for curl at /, Swagger UI at /docs, the shop at /shop/.
// Called by operating.ts.
import { DEMO_CUSTOMER_KEY } from './config.ts';
import type { About } from './operating.ts';

/** What this is and what to try, for `curl`. */
export function welcome(about: About): string {
  const { component, title, operations } = about;
  const width = Math.max(...operations.map((row) => row.method.length + row.path.length)) + 3;
  const routes = operations.map((row) => {
    const key = keyNotes[row.access] ?? '';
    return `  ${`${row.method} ${row.path}`.padEnd(width)}${row.summary}${key}`;
  });
  return `${component}: ${title}

${routes.join('\n')}

  GET /health /ready /topology /metrics /openapi.json /docs${about.shop ? ' /shop/' : ''}
  GET PUT DELETE /chaos  (the instructor's x-api-key)

Try:
${examples(about).join('\n')}
`;
}

const keyNotes: Readonly<Record<string, string>> = {
  customer: '  (x-api-key)',
  instructor: "  (the instructor's x-api-key)",
};

function examples({ operations, baseUrl, exampleKey = DEMO_CUSTOMER_KEY }: About): string[] {
  const has = (id: string) => operations.some((row) => row.id === id);
  const order =
    '{"customerId":"cus_alice","lines":[{"productId":"prd_0001","quantity":1}],"cardToken":"tok_visa"}';
  return [
    has('listProducts') && `  curl '${baseUrl}/products?q=tea&limit=3'`,
    has('placeOrder') &&
      `  curl ${baseUrl}/orders -H 'x-api-key: ${exampleKey}' -H 'content-type: application/json' -d '${order}'`,
    `  curl ${baseUrl}/topology`,
  ].filter((line) => typeof line === 'string');
}

/** Swagger UI over /openapi.json; its two files come from this process, nothing from elsewhere. */
export function docsPage(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: 'openapi.json', dom_id: '#docs', deepLinking: true });</script>
</body>
</html>
`;
}

/** What the storefront names beside itself is found below a slash only. */
export const toShop = `<!doctype html>
<html lang="en"><title>The shop</title><meta http-equiv="refresh" content="0; url=shop/"></html>
`;

/** The storefront may call shops of this machine; nothing else is loaded from elsewhere. */
export const shopPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:*; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** The docs page runs its own script and style: the one exception to the security headers. */
export const docsPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";
