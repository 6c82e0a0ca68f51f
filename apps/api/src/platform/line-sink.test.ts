import { describe, expect, it, vi } from "vitest";
import { LineSink } from "./line-sink.ts";

type Done = (error: Error | null, written: number) => void;

/** A sink on a disk that a test fills, frees and stalls. */
function sinkOn(limitBytes = 1_000) {
  const disk = { isFull: false, isStalled: false, text: "", room: Infinity };
  const sink = new LineSink({
    fd: -1,
    limitBytes,
    describeDropped: (lines) => `${String(lines)} dropped`,
    write(bytes: Buffer, done: Done) {
      if (disk.isStalled) return;
      setImmediate(() => {
        if (disk.isFull) {
          done(new Error("ENOSPC"), 0);
          return;
        }
        const part = bytes.subarray(0, disk.room);
        disk.text += part.toString();
        disk.room -= part.length;
        done(null, part.length);
      });
    },
  });
  return { disk, sink };
}

describe("lines for a log", () => {
  it("are written in order, each on its own", async () => {
    const { disk, sink } = sinkOn();
    for (const line of ["one", "two\n", "three"]) sink.write(line);
    await vi.waitFor(() => expect(disk.text).toBe("one\ntwo\nthree\n"));
    expect(sink.dropped).toBe(0);
  });

  it("are dropped and counted while the disk is full, and the count is told after", async () => {
    const { disk, sink } = sinkOn();
    disk.isFull = true;
    sink.write("lost");
    await vi.waitFor(() => expect(sink.dropped).toBe(1));
    disk.isFull = false;
    sink.write("kept");
    await vi.waitFor(() => expect(disk.text).toBe("1 dropped\nkept\n"), 5_000);
  });

  it("never take more memory than allowed while nobody reads them", () => {
    const { disk, sink } = sinkOn(100);
    disk.isStalled = true;
    for (let n = 0; n < 1_000; n++) sink.write("0123456789");
    // The first went to the disk that stalls; 9 of 11 bytes fit and wait.
    expect(sink.dropped).toBe(1_000 - 1 - 9);
  });

  it("start on a line of their own after one that the disk cut short", async () => {
    const { disk, sink } = sinkOn();
    disk.room = 4;
    sink.write("a long line");
    await vi.waitFor(() => expect(sink.dropped).toBe(1));
    disk.room = Infinity;
    sink.write("next");
    await vi.waitFor(
      () => expect(disk.text).toBe("a lo\n1 dropped\nnext\n"),
      5_000,
    );
  });
});
