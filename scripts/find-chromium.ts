import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** A Chromium on this machine: LUNG_IRIS_CHROMIUM, the PATH, the usual places. */
export function findChromium(): string | undefined {
  const named = process.env["LUNG_IRIS_CHROMIUM"];
  if (named !== undefined && existsSync(named)) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  );
  return [...candidates, MAC].find((path) => existsSync(path));
}

/**
 * Finds Chromium, or installs Debian's where this user may; undefined where
 * neither works, with the reason in one line through `say`.
 */
export function provideChromium(
  say: (line: string) => void,
): string | undefined {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    say(
      "No Chromium here and no right to install one: browser tests are skipped (install chromium or set LUNG_IRIS_CHROMIUM).",
    );
    return undefined;
  }
  say("Installing Debian's chromium for the browser tests");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
  const installed = spawnSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    { stdio: "ignore", env },
  );
  if (installed.status !== 0)
    say("Chromium could not be installed: browser tests are skipped.");
  return findChromium();
}
