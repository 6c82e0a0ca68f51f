import type { DatabaseClient, Prisma, User } from "@lung-iris/prisma";

/** A user as read by default: without the password's hash. */
export type UserRow = Omit<User, "passwordHash">;

export function findUsers(
  client: DatabaseClient,
  where: Prisma.UserWhereInput,
): Promise<UserRow[]> {
  return client.user.findMany({ where });
}
