import { describe, expect, it } from "vitest";
import type { SessionNewsReader } from "../../platform/session-news.ts";
import { KnownSessions } from "./known-sessions.ts";

interface Row {
  userId: string;
}

function aDesk() {
  const news = {
    heard: true,
    readers: [] as SessionNewsReader[],
    isHeard: () => news.heard,
    listen: (reader: SessionNewsReader) => void news.readers.push(reader),
    changed: (userId: string) =>
      news.readers.forEach((reader) => reader.changed(userId)),
    missed: () => news.readers.forEach((reader) => reader.missed()),
  };
  const known = new KnownSessions<Row>(news);
  const reads = { count: 0 };
  const get = (row: Row | null = { userId: "u" }) =>
    known.get("hash", () => {
      reads.count += 1;
      return Promise.resolve(row);
    });
  return { news, known, reads, get };
}

describe("sessions that are known", () => {
  it("are read once, until their user changes", async () => {
    const { news, reads, get } = aDesk();
    await get();
    await get();
    expect(reads.count).toBe(1);
    news.changed("somebody-else");
    await get();
    expect(reads.count).toBe(1);
    news.changed("u");
    await get();
    expect(reads.count).toBe(2);
  });

  it("are not known while the news are not heard, nor after some were missed", async () => {
    const { news, reads, get } = aDesk();
    await get();
    news.heard = false;
    await get();
    expect(reads.count).toBe(2);
    news.heard = true;
    await get();
    news.missed();
    await get();
    expect(reads.count).toBe(4);
  });

  it("are read during a change of ours and until it is told", async () => {
    const { known, reads, get } = aDesk();
    await get();
    known.holdBack("u");
    await get();
    await get();
    expect(reads.count).toBe(3);
  });

  it("are not kept as they were before news that came while reading", async () => {
    const { news, known, reads, get } = aDesk();
    await known.get("hash", () => {
      news.changed("u");
      return Promise.resolve({ userId: "u" });
    });
    await get();
    expect(reads.count).toBe(1);
  });

  it("are never kept where there is none", async () => {
    const { reads, get } = aDesk();
    expect(await get(null)).toBeNull();
    await get(null);
    expect(reads.count).toBe(2);
  });
});
