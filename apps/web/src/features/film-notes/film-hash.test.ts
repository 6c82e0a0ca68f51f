import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashOfFilm } from "./film-hash.ts";

describe("what a film is known by before it is sent", () => {
  it("is the SHA-256 of its bytes, as the server has it", async () => {
    const film = new Blob(["a film"]);
    expect(await hashOfFilm(film)).toBe(
      createHash("sha256").update("a film").digest("hex"),
    );
  });

  it("is nothing where the file is gone", async () => {
    const gone = { arrayBuffer: () => Promise.reject(new Error("gone")) };
    expect(await hashOfFilm(gone)).toBeNull();
  });
});
