import { as, onId, type Acts, type Stage } from "./acts.ts";

const SETTINGS = {
  base: "MINE",
  states: [],
  urgencies: ["URGENT"],
  labels: [],
  columns: [],
  rows: "COMPACT",
};
/** As it is stored: what was left out is as usual. */
const STORED = {
  ...SETTINGS,
  aiPositive: null,
  assignee: null,
  pool: null,
  arrived: null,
  reader: null,
  patientAges: [],
  filmViews: [],
  clinicalFlags: [],
  isDoubtful: null,
  preliminary: false,
  openCritical: false,
  sort: null,
};

/** A view of the staff's own, and what the trail says of it. */
async function aView(
  { server, staff }: Stage,
  name: string,
  deletedAt: Date | null = null,
) {
  const row = { siteId: null, ownerId: staff.userId, name, settings: STORED };
  const { id } = await server.database.client.worklistView.create({
    data: { ...row, deletedAt },
  });
  return { id, row };
}

/** Mutations of the worklist's views. */
export const VIEW_ACTS: Acts = {
  createWorklistView: ({ reader }) => ({
    run: () =>
      as(
        reader,
        `mutation ($input: WorklistViewInput!) { createWorklistView(input: $input) { id } }`,
        { input: { name: "Morning", settings: SETTINGS } },
      ),
    expected: {
      type: "view.created",
      before: {},
      after: {
        siteId: null,
        ownerId: reader.userId,
        name: "Morning",
        settings: STORED,
      },
    },
  }),
  changeWorklistView: async (stage) => {
    const { id } = await aView(stage, "Before");
    const input = { name: "After", settings: { ...SETTINGS, base: "ALL" } };
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!, $input: WorklistViewInput!) { changeWorklistView(id: $id, input: $input) { id } }`,
          { id, input },
        ),
      expected: {
        type: "view.changed",
        subjectId: id,
        before: { name: "Before", settings: STORED },
        after: { name: "After", settings: { ...STORED, base: "ALL" } },
      },
    };
  },
  shareWorklistView: async (stage) => {
    const { id } = await aView(stage, "Of all");
    const { siteId } = stage;
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!, $siteId: ID) { shareWorklistView(id: $id, siteId: $siteId) { id } }`,
          { id, siteId },
        ),
      expected: {
        type: "view.shared",
        siteId,
        subjectId: id,
        before: { siteId: null },
        after: { siteId },
      },
    };
  },
  deleteWorklistView: async (stage) => {
    const { id, row } = await aView(stage, "Removed");
    return {
      run: () => onId(stage.staff, id, `deleteWorklistView(id: $id)`),
      expected: { type: "view.deleted", subjectId: id, before: row },
    };
  },
  restoreWorklistView: async (stage) => {
    const { id, row } = await aView(
      stage,
      "Back again",
      stage.server.clock.now(),
    );
    return {
      run: () => onId(stage.staff, id, `restoreWorklistView(id: $id)`),
      expected: {
        type: "view.restored",
        subjectId: id,
        before: {},
        after: row,
      },
    };
  },
  setDefaultWorklistView: async (stage) => {
    const { id } = await aView(stage, "To begin with");
    return {
      run: () => onId(stage.staff, id, `setDefaultWorklistView(id: $id)`),
      expected: {
        type: "view.default-chosen",
        subjectId: stage.staff.userId,
        before: { viewId: null },
        after: { viewId: id },
      },
    };
  },
};
