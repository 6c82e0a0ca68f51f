import { randomInt } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Bytes a second: a film of two megabytes takes some twenty seconds. */
const SLOW = 100_000;

test("an upload that breaks goes on where it stopped, and is there once", async ({
  page,
  context,
}) => {
  test.setTimeout(480_000);
  const seed = randomInt(1_000_000);
  const film = encodePhantomDicom(makePhantom({ seed, size: 1024 }), {
    familyName: "RESUME",
    givenName: String(seed),
    id: `resume-${String(seed)}`,
    sex: "F",
    birthDate: "19700302",
  });
  expect(film.length).toBeGreaterThan(1024 * 1024);
  const offsets: number[] = [];
  page.on("request", (request) => {
    if (request.method() !== "PATCH") return;
    offsets.push(Number(request.headers()["upload-offset"] ?? Number.NaN));
  });
  await signIn(page, "staff", "/upload");
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const speed = (bytes: number) =>
    line.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes,
    });
  await speed(SLOW);
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-resume-"));
  const path = join(folder, `resume-${String(seed)}.dcm`);
  await writeFile(path, film);
  const choose = () =>
    page.locator('input[type="file"]').first().setInputFiles(path);
  await choose();
  // A third of it has left; the server has most of that.
  await expect(
    page.getByRole("progressbar", { name: /(3|4)\d %/ }).first(),
  ).toBeVisible({ timeout: 120_000 });
  // The page is left in the middle: the request breaks, the file is gone.
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText(/choose the file again/).first()).toBeVisible();
  await speed(-1);
  await choose();
  // Exactly: the line that sums up says "0 on the worklist" all along.
  await expect(
    page.getByText("On the worklist", { exact: true }).first(),
  ).toBeVisible({ timeout: 120_000 });
  expect(offsets[0]).toBe(0);
  expect(offsets.length).toBeGreaterThan(1);
  expect(offsets.at(-1)).toBeGreaterThan(100_000);
  // It became one film: the same file is known from now on.
  await choose();
  await expect(
    page.getByText("Already here", { exact: true }).first(),
  ).toBeVisible({ timeout: 60_000 });
  await rm(folder, { recursive: true });
});
