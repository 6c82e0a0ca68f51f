import { rm } from "node:fs/promises";
import { startOwnDesk } from "../../scripts/own-desk.ts";
import { arrivingFolders } from "./arriving-model.ts";

/**
 * Starts a desk of its own for the journeys. Returns what stops it and removes
 * its data. A desk whose address is given is used as it is, and left running.
 */
export default async function startDesk(): Promise<() => Promise<void>> {
  // Nothing to start where every journey is skipped.
  const isGiven = process.env["LUNG_IRIS_E2E_URL"] !== undefined;
  if (process.env["LUNG_IRIS_CHROMIUM"] === undefined || isGiven)
    return () => Promise.resolve();
  const { product, candidate } = await arrivingFolders();
  const { web, api, dataDir, stop } = await startOwnDesk({
    LUNG_IRIS_MODEL: `${product},${candidate}`,
    // The receivers of journeys are on this machine.
    LUNG_IRIS_OUTBOUND_NETWORKS: "127.0.0.1/32",
  });
  process.env["LUNG_IRIS_E2E_URL"] = web;
  process.env["LUNG_IRIS_E2E_API_URL"] = api;
  process.env["LUNG_IRIS_E2E_DATA"] = dataDir;
  process.env["LUNG_IRIS_E2E_CANDIDATE"] = candidate;
  return async () => {
    await stop();
    await rm(candidate, { recursive: true, force: true });
  };
}
