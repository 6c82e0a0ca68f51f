import { expect, it } from "vitest";
import { JOB_NAMES, taskOfModel } from "./job-queue.ts";
import { taskListOf, type JobHandlers } from "./job-worker.ts";

it("takes every kind of job, and films of its own models alone", () => {
  const done = () => Promise.resolve();
  const handlers: JobHandlers = {
    "assess-image": done,
    "export-dataset": done,
    "judge-candidate": done,
    "place-anew": done,
    "read-headers": done,
    "deliver-notes": done,
  };
  const tasks = taskListOf({
    handlers,
    models: () => ["m-1"],
    folders: () => ["m-1", "m-2"],
    regular: [{ name: "reconcile", match: "* * * * *", run: done }],
  });
  expect(Object.keys(tasks).sort()).toEqual(
    [
      ...JOB_NAMES.filter(
        (name) => name !== "assess-image" && name !== "judge-candidate",
      ),
      taskOfModel("m-1"),
      taskOfModel("m-1", "judge-candidate"),
      taskOfModel("m-2", "judge-candidate"),
      "reconcile",
    ].sort(),
  );
});
