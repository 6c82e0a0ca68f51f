import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { newId } from "../../../apps/api/src/platform/ids.ts";
import { enqueue } from "../../../apps/api/src/platform/job-queue.ts";
import {
  startJobWorker,
  type JobHandlers,
} from "../../../apps/api/src/platform/job-worker.ts";
import {
  createTestDatabase,
  type TestDatabase,
} from "../../testkit/database.ts";
import { until } from "../../testkit/worker.ts";

describe("a worker whose models change", () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("takes films for the model of now beside an export that was begun before", async () => {
    const [first, second, film, dataset] = Array.from({ length: 4 }, () =>
      newId(new Date()),
    ) as [string, string, string, string];
    let models = [first];
    const done: string[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const nothing = () => Promise.resolve();
    const handlers: JobHandlers = {
      "assess-image": ({ modelVersionId }) => {
        done.push(`film of ${modelVersionId}`);
        return Promise.resolve();
      },
      "export-dataset": async () => {
        done.push("export begun");
        await released;
        done.push("export ended");
      },
      "judge-candidate": nothing,
      "place-anew": nothing,
      "read-headers": nothing,
      "deliver-notes": nothing,
    };
    const worker = await startJobWorker({
      databaseUrl: database.appUrl,
      concurrency: () => 2,
      models: () => models,
      folders: () => [],
      handlers,
      regular: [],
      onExhausted: nothing,
      log: createLogger("error", { write: () => true }),
    });
    try {
      const requestId = "request-of-a-test";
      await withTransaction(database.database.client, async (tx) => {
        await enqueue(tx, "export-dataset", "e", {
          datasetId: dataset,
          requestId,
        });
        await enqueue(tx, "assess-image", "f", {
          imageId: film,
          modelVersionId: second,
          requestId,
        });
      });
      await until(
        () => Promise.resolve(done.includes("export begun")),
        "the export was not begun",
      );
      models = [second];
      let isOver = false;
      const { ended } = await worker.refresh();
      void ended.then(() => (isOver = true));
      await until(
        () => Promise.resolve(done.includes(`film of ${second}`)),
        "the film waits behind the export",
      );
      expect(done).not.toContain("export ended");
      expect(isOver).toBe(false);
      release();
      await ended;
      expect(done).toEqual([
        "export begun",
        `film of ${second}`,
        "export ended",
      ]);
    } finally {
      release();
      await worker.stop();
    }
  });
});
