import { as, onId, type Acts } from "./acts.ts";

const A_MACRO = {
  name: "clear",
  texts: [{ language: "EN", section: "FINDINGS", text: " Clear lungs. " }],
};
const STORED = {
  texts: [{ language: "en", section: "findings", text: "Clear lungs." }],
};

/** Mutations of the texts that reports are written of. */
export const MACRO_ACTS: Acts = {
  saveOwnMacro: ({ siteId, reader }) => ({
    run: () =>
      as(
        reader,
        `mutation ($input: ReportMacroInput!) { saveOwnMacro(input: $input) { id } }`,
        { input: { ...A_MACRO, siteId } },
      ),
    expected: {
      type: "macro.created",
      before: {},
      after: { name: "clear", ...STORED, ownerId: reader.userId },
    },
  }),
  saveSiteMacro: ({ siteId, admin }) => ({
    run: () =>
      as(
        admin,
        `mutation ($input: ReportMacroInput!) { saveSiteMacro(input: $input) { id } }`,
        { input: { ...A_MACRO, siteId } },
      ),
    expected: {
      type: "macro.created",
      before: {},
      after: { name: "clear", ...STORED, ownerId: null },
    },
  }),
  deleteMacro: async ({ server, siteId, reader }) => {
    const { id } = await server.database.client.reportMacro.create({
      data: {
        siteId,
        ownerId: reader.userId,
        ...STORED,
        name: "removed",
      },
    });
    return {
      run: () => onId(reader, id, `deleteMacro(id: $id)`),
      expected: {
        type: "macro.deleted",
        subjectId: id,
        before: { ...STORED, name: "removed", ownerId: reader.userId },
      },
    };
  },
};
