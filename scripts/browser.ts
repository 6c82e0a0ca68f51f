import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

/** Flags for Chromium without a display, a sandbox user or the internet. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-swiftshader",
];

/** @throws Error when this machine has no Chromium. */
export function launchBrowser() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error(
      "No Chromium found: install chromium or set LUNG_IRIS_CHROMIUM to its path.",
    );
  return chromium.launch({ executablePath, args: FLAGS });
}
