import type { User } from "@lung-iris/prisma";

/** A user as read by default: without the password's hash. */
export type UserRow = Omit<User, "passwordHash">;
