import { describe, expect, it } from "vitest";
import { readLine, writeLine, type ChainEvent } from "./chain.ts";

const event = {
  seq: "7",
  at: "2026-03-01T08:00:00.000Z",
  type: "case.opened",
  actorId: "a",
  actorName: "Lan",
  actorRole: "STAFF",
  siteId: null,
  subjectType: "case",
  subjectId: "c",
  patientId: null,
  content: "{}",
  previousHash: "0",
  hash: "1",
} satisfies ChainEvent;

describe("a line of an exported trail", () => {
  it("is read as it was written", () => {
    expect(readLine(writeLine(event).trimEnd())).toEqual({ event });
    const head = { seq: "7", hash: "1" };
    expect(readLine(writeLine({ head }).trimEnd())).toEqual({ head });
  });

  it.each([
    ["with its fields in another order", JSON.stringify(event)],
    ["with a field more", JSON.stringify({ ...event, more: "x" })],
    [
      "with a field twice",
      writeLine(event).trimEnd().replace('"type":', '"type":"x","type":'),
    ],
    ["with a space", writeLine(event).trimEnd().replace(":", ": ")],
  ])("is none %s", (_what, line) => {
    expect(readLine(line)).toBeNull();
  });
});
