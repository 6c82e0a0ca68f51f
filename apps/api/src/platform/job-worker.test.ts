import { expect, it } from "vitest";
import { JOB_NAMES, taskOfModel } from "./job-queue.ts";
import { taskListOf, type JobHandlers } from "./job-worker.ts";

it("takes every kind of job, and films of its own models alone", () => {
  const done = () => Promise.resolve();
  const handlers: JobHandlers = {
    "assess-image": done,
    "export-dataset": done,
    "place-anew": done,
    "read-headers": done,
  };
  const tasks = taskListOf({
    handlers,
    models: () => ["m-1"],
    regular: [{ name: "reconcile", match: "* * * * *", run: done }],
  });
  expect(Object.keys(tasks).sort()).toEqual(
    [
      ...JOB_NAMES.filter((name) => name !== "assess-image"),
      taskOfModel("m-1"),
      "reconcile",
    ].sort(),
  );
});
