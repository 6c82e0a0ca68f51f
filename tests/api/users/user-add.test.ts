import { PassThrough } from "node:stream";
import { tmpdir } from "node:os";
import type { ReadStream } from "node:tty";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userAdd } from "../../../apps/api/src/commands/user-add.ts";
import { DEMO_PASSWORD } from "../../../apps/api/src/demo/demo-login.ts";
import {
  createTestDatabase,
  type TestDatabase,
} from "../../testkit/database.ts";

const PERSON = ["--email", "first@test.example", "--name", "First Admin"];

describe("npm run user:add", () => {
  let desk: TestDatabase;
  beforeAll(async () => {
    desk = await createTestDatabase();
  });
  afterAll(() => desk.drop());

  function add(password: string, args: readonly string[] = PERSON) {
    const env = { dataFolder: tmpdir(), databaseUrl: desk.url, password };
    const out = new PassThrough();
    // The password comes from the environment: nobody is asked.
    const input = new PassThrough() as unknown as ReadStream;
    return userAdd(args, env, { out, err: new PassThrough(), input });
  }
  const users = () => desk.database.client.user.findMany();

  it.each([DEMO_PASSWORD, "Password1234!", "First-Admin-2026"])(
    "takes %j from nobody",
    async (password) => {
      await expect(add(password)).rejects.toMatchObject({
        code: "BAD_USER_INPUT",
      });
      expect(await users()).toEqual([]);
    },
  );

  it("adds an administrator with a password that must be changed", async () => {
    expect(await add("three horses on a hill")).toBe(0);
    expect(await users()).toMatchObject([
      { email: "first@test.example", role: "ADMIN", passwordState: "FIRST" },
    ]);
  });
});
