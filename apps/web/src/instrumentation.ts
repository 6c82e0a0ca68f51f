/** Next.js runs this once in each server process, before its first request. */
export async function register(): Promise<void> {
  // eslint-disable-next-line no-restricted-properties -- not a setting: Next writes it into each runtime's build
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { allowSlowRequests } = await import("./lib/slow-requests.ts");
  allowSlowRequests();
}
