// shop/shop-policy.ts: what the storefront may load and call, for the browser to hold it to.
// Sent by the console with the page.

/** It may call shops of this machine, as its visitors do; nothing else is loaded from elsewhere. */
export const shopPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:*; img-src 'self' data:; base-uri 'none'; form-action 'none'";
