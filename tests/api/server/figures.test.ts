import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handPng, chestPng, uploadOne } from "../../testkit/films.ts";
import { registerFolders } from "../../testkit/models.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  untilAssessed,
  type TestWorker,
} from "../../testkit/worker.ts";

let server: TestServer;
let worker: TestWorker | null = null;
let staff: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  staff = await asStaff(server, (await aSite(server)).id);
});
afterAll(async () => {
  await worker?.stop();
  await server.stop();
});

/** The value of a series, or undefined where it is not there. */
async function figure(name: string): Promise<number | undefined> {
  const text = await (await fetch(`${server.address}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(" ").at(-1));
}

const sent = (outcome: string, code: string) =>
  figure(`lung_iris_films_total{outcome="${outcome}",code="${code}"}`);
const jobs = (state: string) =>
  figure(`lung_iris_jobs{job="assess-image",state="${state}"}`);

describe("/metrics", () => {
  it("follows films from the door to the model's answer", async () => {
    // A worker was here once; a desk that never had one has nobody to ask.
    const [model] = await registerFolders(server);
    if (!model) throw new Error("no model was registered");
    expect(await jobs("waiting")).toBe(0);
    const film = await chestPng(1, 512);
    await uploadOne(staff, film);
    await uploadOne(staff, film);
    await uploadOne(staff, await handPng(2));
    const form = new FormData();
    form.append("film", new Blob(["no film at all"]), "note.txt");
    await staff.fetch("/upload", { method: "POST", body: form });
    expect(await sent("accepted", "")).toBe(2);
    expect(await sent("duplicate", "")).toBe(1);
    expect(await sent("refused", "unsupported-format")).toBe(1);
    expect(await jobs("waiting")).toBe(2);

    worker = await startTestWorker(server);
    await untilAssessed(server);
    const answers = (outcome: string) =>
      figure(
        `lung_iris_film_assessment_seconds_count{outcome="${outcome}",cause="arrived"}`,
      );
    await until(
      async () =>
        (await answers("assessed")) === 1 &&
        (await answers("not-assessed")) === 1,
      "both answers are counted",
    );
    await until(async () => (await jobs("waiting")) === 0, "no job waits");
    expect(
      await figure(
        `lung_iris_model_info{model="${model.name}",sha256="${model.sha256}",engine="wasm"}`,
      ),
    ).toBe(1);
    expect(await figure("lung_iris_database_up")).toBe(1);
  });
});
