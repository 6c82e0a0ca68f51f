export interface WebSocketSettings {
  apiPort: number;
  apiPublicUrl: string | null;
}

/**
 * Where a page opens its WebSocket: the configured public address of the API,
 * or the API's port on the host the page was asked from.
 * @param host the Host header, for example "10.1.2.3:3000" or "[::1]:3000"
 * @param isSecure whether the page itself came over https
 */
export function webSocketOrigin(
  settings: WebSocketSettings,
  host: string,
  isSecure: boolean,
): string {
  if (settings.apiPublicUrl) {
    return settings.apiPublicUrl.replace(/^http/, "ws");
  }
  const name = host.replace(/:\d+$/, "") || "127.0.0.1";
  return `${isSecure ? "wss" : "ws"}://${name}:${settings.apiPort}`;
}

/** Whether the browser reached this server over https, proxies included. */
export function isSecureRequest(headers: Headers, protocol: string): boolean {
  const forwarded = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? protocol.replace(":", "")) === "https";
}
