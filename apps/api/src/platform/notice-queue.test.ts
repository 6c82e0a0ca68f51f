import { describe, expect, it, vi } from "vitest";
import { NoticeQueue } from "./notice-queue.ts";
import { parseNotice, type CaseNotice, type Notice } from "./notifications.ts";

const notice = (caseId: string): CaseNotice => ({
  topic: "case",
  kind: "CHANGED",
  caseId,
  siteId: "s",
});
const isCase = (given: Notice): given is CaseNotice => given.topic === "case";

describe("NoticeQueue", () => {
  it("hands notices on in order, whether awaited before or after", async () => {
    const queue = new NoticeQueue(isCase, () => undefined);
    const first = queue.next();
    queue.push(notice("1"));
    queue.push(notice("2"));
    expect((await first).value).toMatchObject({ caseId: "1" });
    expect((await queue.next()).value).toMatchObject({ caseId: "2" });
  });

  it("lets only accepted notices in", async () => {
    const queue = new NoticeQueue(isCase, () => undefined);
    queue.push({ topic: "dataset", datasetId: "d", siteId: "s" });
    queue.push(notice("1"));
    expect((await queue.next()).value).toMatchObject({ caseId: "1" });
  });

  it("wakes a reader when it ends and tells its owner once", async () => {
    const onEnd = vi.fn();
    const queue = new NoticeQueue(isCase, onEnd);
    const waiting = queue.next();
    queue.end();
    queue.end();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it("ends a reader that is too slow instead of growing for ever", () => {
    const onEnd = vi.fn();
    const queue = new NoticeQueue(isCase, onEnd);
    for (let i = 0; i < 2_001; i++) queue.push(notice(String(i)));
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});

describe("parseNotice", () => {
  it("reads what was sent and ignores what it does not know", () => {
    expect(parseNotice(JSON.stringify(notice("1")))).toEqual(notice("1"));
    for (const text of [undefined, "", "{", '{"topic":"new-thing"}']) {
      expect(parseNotice(text)).toBeNull();
    }
  });
});
