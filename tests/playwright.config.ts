import { defineConfig } from "@playwright/test";

const chromium = process.env["LUNG_IRIS_CHROMIUM"];

/** Journeys of real users in a real browser, on the product as `npm start` runs it. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  // One desk serves all journeys; they run one after another.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  globalSetup: "./e2e/start-desk.ts",
  use: {
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
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
