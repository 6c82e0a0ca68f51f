import { expect } from "vitest";
import { KEEP, keepReason, reasonFor } from "./kept-reason-documents.ts";
import type { About } from "./kept-reason-documents.ts";
import type { TestServer } from "../../testkit/server.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import type { aDesk } from "../procedures/procedure-kit.ts";

export type Desk = Awaited<ReturnType<typeof aDesk>> & { server: TestServer };

/** A reason that somebody types, and what gives it. */
export interface Giving extends About {
  by: SignedIn;
  /** Somebody of the site who may not give it. */
  not: SignedIn;
  /** With what he is refused; FORBIDDEN unless given. */
  refusal?: "NOT_FOUND";
  /** Gives it; with an empty reason it is refused, and what was typed stays. */
  give: (reason: string) => ReturnType<SignedIn["execute"]>;
}

/**
 * Whoever may give it may have it kept, nobody else; a refused attempt leaves
 * it and it goes once it is given, with nothing of another thing or person.
 */
export async function expectGoes(desk: Desk, giving: Giving): Promise<void> {
  const { by, not, give, kind, aboutId, part } = giving;
  const about = { kind, aboutId, ...(part === undefined ? {} : { part }) };
  const input = { ...about, text: "So far" };
  (await not.execute(KEEP, { input })).refusedWith(
    giving.refusal ?? "FORBIDDEN",
  );
  await keepReason(by, about, "So far");
  const elsewhere = { kind: "MERGE_UNDO", aboutId: desk.siteId };
  await desk.server.database.client.keptReason.create({
    data: {
      ...elsewhere,
      kind: "MERGE_UNDO",
      userId: by.userId,
      siteId: desk.siteId,
      part: "",
      text: "Of another thing",
      keptAt: desk.server.clock.now(),
    },
  });
  expect((await give(" ")).code).not.toBeNull();
  expect(await reasonFor(by, about)).toBe("So far");
  (await give("All of it")).anyData();
  expect(await reasonFor(by, about)).toBeNull();
  expect(await reasonFor(by, elsewhere)).toBe("Of another thing");
}
