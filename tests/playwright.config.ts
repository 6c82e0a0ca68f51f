import { defineConfig } from "@playwright/test";

const chromium = process.env["LUNG_IRIS_CHROMIUM"];

/** Journeys of real users in a real browser, on the product as `npm start` runs it. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  // One desk serves all journeys; they run one after another.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  // A browser on a busy machine may lose a moment; what passes only so is named.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json"], ["./e2e/say-failures.ts"]],
  globalSetup: "./e2e/start-desk.ts",
  use: {
    // A browser's cache outlives a journey, as at work; its storage does not.
    reuseContext: true,
    viewport: { width: 1280, height: 800 },
    // Without a picture of every frame, which takes a core of its own.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        // Debian's starter switches it on, though there is no GPU.
        "--disable-gpu-rasterization",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-unsafe-swiftshader",
      ],
    },
  },
});
