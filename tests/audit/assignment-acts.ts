import { as, onId, type Acts } from "./acts.ts";

/** Mutations about who should read: pools of readers. */
export const ASSIGNMENT_ACTS: Acts = {
  savePool: ({ siteId, admin, reader }) => ({
    run: () =>
      as(
        admin,
        `mutation ($input: ReaderPoolInput!) { savePool(input: $input) { id } }`,
        { input: { siteId, name: " Nights ", memberIds: [reader.userId] } },
      ),
    expected: {
      type: "pool.created",
      before: {},
      after: { name: "Nights", memberIds: [reader.userId], closedAt: null },
    },
  }),
  closePool: async ({ server, siteId, admin }) => {
    const { id } = await server.database.client.readerPool.create({
      data: { siteId, name: "Closed" },
    });
    return {
      run: () => onId(admin, id, `closePool(id: $id)`),
      expected: {
        type: "pool.closed",
        subjectId: id,
        before: { closedAt: null },
        after: { closedAt: server.clock.now().toISOString() },
      },
    };
  },
};
