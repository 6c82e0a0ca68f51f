import type { LabelGrade as Grade, PolicyVersion } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { LabelGrade } from "../labels/label-grade.enum.ts";
import type { PolicyPreview } from "../policies/policy-preview.ts";
import {
  PolicyPreviewType,
  PolicyVersionType,
} from "../policy-desk/policy.type.ts";
import type { ThresholdApprovalService } from "./threshold-approval.service.ts";
import type {
  ProposalRow,
  ThresholdChangeService,
} from "./threshold-change.service.ts";
import { INDEPENDENT_GRADES } from "./threshold-desk.rules.ts";
import type {
  ThresholdDesk,
  ThresholdDeskService,
} from "./threshold-desk.service.ts";
import {
  thresholdEvidence,
  type ThresholdEvidence,
} from "./threshold-evidence.ts";
import { isStale } from "./threshold-proposal.rules.ts";
import {
  ThresholdDeskType,
  ThresholdEvidenceType,
  ThresholdInput,
  ThresholdProposalConnection,
  ThresholdProposalType,
} from "./threshold.type.ts";

@Resolver(() => ThresholdDeskType)
export class ThresholdDeskResolver {
  constructor(private readonly desk: ThresholdDeskService) {}

  @Query(() => ThresholdDeskType, {
    nullable: true,
    description:
      "How thresholds of a site's live model do on its own decided cases; null where no model is live.",
  })
  @Requires("threshold:read")
  thresholdDesk(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("ageGroup", () => String, { description: "“child” or “adult”." })
    ageGroup: string,
    @Arg("harmWeight", () => Float, {
      defaultValue: 10,
      description: "How many false alarms one missed case weighs, 1 to 1,000.",
    })
    harmWeight: number,
    @Arg("grades", () => [LabelGrade], {
      defaultValue: [...INDEPENDENT_GRADES],
      description: "Grades of the labels that count.",
    })
    grades: Grade[],
    @Ctx() { viewer }: ApiContext,
  ): Promise<ThresholdDesk | null> {
    return this.desk.read(viewer, { siteId, ageGroup, harmWeight, grades });
  }

  @Query(() => PolicyPreviewType, {
    description:
      "What another threshold of the live model would do to the open worklist; changes nothing.",
  })
  @Requires("threshold:propose")
  previewThreshold(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("ageGroup", () => String, { description: "“child” or “adult”." })
    ageGroup: string,
    @Arg("threshold", () => Float, {
      nullable: true,
      description: "Between 0 and 1; null for the model's own.",
    })
    threshold: number | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PolicyPreview> {
    const choice = { ageGroup, threshold: threshold ?? null };
    return this.desk.preview(viewer, siteId, choice);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether a second person has to approve a change.",
  })
  isByTwo(@Root() { approval }: ThresholdDesk): boolean {
    return approval === "two";
  }
}

@Resolver(() => ThresholdProposalType)
export class ThresholdProposalResolver {
  constructor(
    private readonly changes: ThresholdChangeService,
    private readonly approvals: ThresholdApprovalService,
  ) {}

  @Query(() => ThresholdProposalConnection, {
    description: "Proposed changes of a site's thresholds, the newest first.",
  })
  @Requires("threshold:read")
  thresholdProposals(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ProposalRow>> {
    return this.approvals.list(viewer, siteId, page);
  }

  @Mutation(() => PolicyVersionType, {
    description:
      "Makes a threshold of the live model hold: a new version of the policy. Refused where two people change thresholds.",
  })
  @Requires("threshold:propose")
  saveThreshold(
    @Arg("input", () => ThresholdInput, { description: "Which and why." })
    { threshold, ...input }: ThresholdInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PolicyVersion> {
    const request = { ...input, threshold: threshold ?? null };
    return this.changes.save(viewer, request);
  }

  @Mutation(() => ThresholdProposalType, {
    description: "Asks a second person for another threshold.",
  })
  @Requires("threshold:propose")
  proposeThreshold(
    @Arg("input", () => ThresholdInput, { description: "Which and why." })
    { threshold, ...input }: ThresholdInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProposalRow> {
    const request = { ...input, threshold: threshold ?? null };
    return this.changes.propose(viewer, request);
  }

  @Mutation(() => ThresholdProposalType, {
    description:
      "Asks a second person to let one change thresholds alone again.",
  })
  @Requires("threshold:propose")
  proposeSingleApproval(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("baseVersion", () => Int, {
      description: "The policy that was looked at.",
    })
    baseVersion: number,
    @Arg("reason", () => String, { description: "Why, 1 to 1,000 characters." })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProposalRow> {
    const request = { siteId, baseVersion, reason };
    return this.changes.proposeSingleApproval(viewer, request);
  }

  @Mutation(() => ThresholdProposalType, {
    description:
      "Makes what another proposed hold. Refused where policy or live model changed meanwhile.",
  })
  @Requires("threshold:approve")
  approveThreshold(
    @Arg("id", () => ID, { description: "The proposal." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProposalRow> {
    return this.approvals.approve(viewer, id);
  }

  @Mutation(() => ThresholdProposalType, {
    description: "Says no to what another proposed.",
  })
  @Requires("threshold:approve")
  declineThreshold(
    @Arg("id", () => ID, { description: "The proposal." }) id: string,
    @Arg("note", () => String, { description: "Why, 1 to 1,000 characters." })
    note: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProposalRow> {
    return this.approvals.decline(viewer, id, note);
  }

  @Mutation(() => ThresholdProposalType, {
    description: "Takes one's own proposal back.",
  })
  @Requires("threshold:propose")
  withdrawThreshold(
    @Arg("id", () => ID, { description: "The proposal." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ProposalRow> {
    return this.approvals.withdraw(viewer, id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Name of the model that it is bound to.",
  })
  modelName(@Root() { modelVersion }: ProposalRow): string | null {
    return modelVersion?.name ?? null;
  }

  @FieldResolver(() => Boolean, {
    description:
      "It is open, but policy or live model are no longer those that it was made for.",
  })
  async isStale(@Root() row: ProposalRow): Promise<boolean> {
    if (row.state !== "OPEN") return false;
    return isStale(row, await this.approvals.standsNow(row.siteId));
  }

  @FieldResolver(() => Boolean, { description: "Whether you proposed it." })
  isOwn(
    @Root() { proposedById }: ProposalRow,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    return viewer.kind === "user" && viewer.userId === proposedById;
  }

  @FieldResolver(() => ThresholdEvidenceType, {
    nullable: true,
    description: "What was known then; null where the kind has none.",
  })
  evidence(@Root() { evidence }: ProposalRow): ThresholdEvidence | null {
    return evidence === null ? null : thresholdEvidence.parse(evidence);
  }
}
