interface Header {
  key: string;
  value: string;
}

/** Headers that are the same on every answer of this server. */
export function staticSecurityHeaders(): Header[] {
  return [
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
    { key: "Referrer-Policy", value: "same-origin" },
    { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
    { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
    {
      key: "Permissions-Policy",
      value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    },
  ];
}

interface PolicyOptions {
  nonce: string;
  /** Where the page opens its WebSocket, for example ws://127.0.0.1:4000. */
  webSocketOrigin: string;
  isDevelopment: boolean;
}

/**
 * The Content-Security-Policy of a page. Scripts run by nonce only. Styles may
 * be inline because Mantine sets sizes through style attributes, which a nonce
 * cannot cover; a style cannot run code. `blob:` serves the viewer: its codec
 * workers and the thumbnails made from local files.
 */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, webSocketOrigin, isDevelopment } = options;
  // React's development build evaluates code for its stack traces.
  const evaluation = isDevelopment ? " 'unsafe-eval'" : "";
  const reload = isDevelopment ? " ws:" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' blob: ${webSocketOrigin}${reload}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
