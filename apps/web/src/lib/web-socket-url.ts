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

/**
 * The Host header, where it can be this machine's: an address, localhost, or
 * the machine's own name in any domain. Another name would go into the page's
 * policy because anybody wrote it there; LUNG_IRIS_WEB_URL says which other
 * one is ours.
 */
export function knownHost(host: string | null, machine: string): string {
  if (host === null || !isHost(host)) return LOOPBACK;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  const isAddress = name.startsWith("[") || /^\d+(\.\d+){3}$/.test(name);
  const isOurs =
    name === "localhost" || firstLabel(name) === firstLabel(machine);
  return isAddress || isOurs ? host : LOOPBACK;
}

const LOOPBACK = "127.0.0.1";

function firstLabel(name: string): string {
  return name.toLowerCase().split(".")[0] ?? "";
}

/** A name or an address with an optional port, and nothing around it. */
export function isHost(text: string): boolean {
  return /^([a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(
    text,
  );
}

/**
 * Whether the browser reached this server over https, proxies included; the
 * header is there only where a trusted proxy wrote it (front-door.ts).
 */
export function isSecureRequest(headers: Headers, protocol: string): boolean {
  const forwarded = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? protocol.replace(":", "")) === "https";
}
