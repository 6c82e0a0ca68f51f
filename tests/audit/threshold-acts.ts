import { expect } from "vitest";
import { givenPolicy } from "../testkit/policies.ts";
import { liveTestModel } from "../testkit/scenario.ts";
import { PROPOSE_THRESHOLD } from "../testkit/threshold-requests.ts";
import { aSite, asAdmin, type SignedIn } from "../testkit/viewers.ts";
import { as, onId, type Acts, type Stage } from "./acts.ts";

interface Proposed {
  id: string;
  proposer: SignedIn;
  /** Another admin of the site. */
  second: SignedIn;
  details: Record<string, unknown>;
}

/** What is asked of a site of its own where two people change thresholds. */
async function toPropose({ server }: Stage) {
  const siteId = (await aSite(server)).id;
  const { fingerprint } = await liveTestModel(server);
  const baseVersion = await givenPolicy(server, siteId, {
    thresholdDesk: { approval: "two" },
  });
  const choice = { siteId, ageGroup: "adult", threshold: 0.4 };
  const input = { ...choice, model: fingerprint, baseVersion, reason: "More" };
  const details = {
    kind: "THRESHOLD",
    model: fingerprint,
    ageGroup: "adult",
    baseVersion,
  };
  return { proposer: await asAdmin(server, siteId), input, details };
}

async function aProposal(stage: Stage): Promise<Proposed> {
  const { proposer, input, details } = await toPropose(stage);
  const answer = await proposer.execute(PROPOSE_THRESHOLD, { input });
  const { id } = answer.anyData()["proposeThreshold"] as { id: string };
  const second = await asAdmin(stage.server, input.siteId);
  return { id, proposer, second, details };
}

const proposerOf = ({ proposer }: Proposed) => ({
  proposedById: proposer.userId,
  proposedByName: expect.any(String) as string,
});

/** Mutations of thresholds that two people change. */
export const THRESHOLD_ACTS: Acts = {
  proposeThreshold: async (stage) => {
    const { proposer, input, details } = await toPropose(stage);
    return {
      run: () => as(proposer, PROPOSE_THRESHOLD, { input }),
      expected: {
        type: "threshold.proposed",
        before: { threshold: null },
        after: { threshold: 0.4 },
        details: { ...details, reason: "More" },
      },
    };
  },
  approveThreshold: async (stage) => {
    const made = await aProposal(stage);
    return {
      run: () => onId(made.second, made.id, `approveThreshold(id: $id)`),
      expected: {
        type: "threshold.approved",
        subjectId: made.id,
        before: { threshold: null },
        after: { threshold: 0.4 },
        details: { ...made.details, ...proposerOf(made), madeVersion: 3 },
      },
      beside: ["policy.changed"],
    };
  },
  declineThreshold: async (stage) => {
    const made = await aProposal(stage);
    return {
      run: () =>
        onId(made.second, made.id, `declineThreshold(id: $id, note: "No")`),
      expected: {
        type: "threshold.declined",
        subjectId: made.id,
        details: { ...made.details, ...proposerOf(made), note: "No" },
      },
    };
  },
  withdrawThreshold: async (stage) => {
    const made = await aProposal(stage);
    return {
      run: () => onId(made.proposer, made.id, `withdrawThreshold(id: $id)`),
      expected: {
        type: "threshold.withdrawn",
        subjectId: made.id,
        details: made.details,
      },
    };
  },
};
