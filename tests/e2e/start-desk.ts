import { startOwnDesk } from "../../scripts/own-desk.ts";

/**
 * Starts a desk of its own for the journeys. Returns what stops it and removes
 * its data. A desk whose address is given is used as it is, and left running.
 */
export default async function startDesk(): Promise<() => Promise<void>> {
  // Nothing to start where every journey is skipped.
  const isGiven = process.env["LUNG_IRIS_E2E_URL"] !== undefined;
  if (process.env["LUNG_IRIS_CHROMIUM"] === undefined || isGiven)
    return () => Promise.resolve();
  const { web, api, stop } = await startOwnDesk();
  process.env["LUNG_IRIS_E2E_URL"] = web;
  process.env["LUNG_IRIS_E2E_API_URL"] = api;
  return stop;
}
