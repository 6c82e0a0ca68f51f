import type { Case, ReaderPool } from "@lung-iris/prisma";
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { ReaderPoolType } from "../pools/pool.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { can } from "../../access/authorize.ts";
import { UserType } from "../users/user.type.ts";
import type { AssignmentService, ReaderLoad } from "./assignment.service.ts";
import type {
  EscalateReason,
  EscalationService,
} from "./escalation.service.ts";

/** Codes of the catalogue by their names in GraphQL. */
const EscalateReasonType = {
  PATIENT_WORSE: "patient-worse",
  DOCTOR_ASKS: "doctor-asks",
  PROCEDURE_WAITS: "procedure-waits",
  WAITS_TOO_LONG: "waits-too-long",
  OTHER: "other",
} as const satisfies Record<string, EscalateReason>;

registerEnumType(EscalateReasonType, {
  name: "EscalateReason",
  description: "Why a case is to be read now.",
  valuesConfig: {
    PATIENT_WORSE: { description: "The patient got worse." },
    DOCTOR_ASKS: { description: "The patient's doctor asks for it." },
    PROCEDURE_WAITS: { description: "An operation or procedure waits for it." },
    WAITS_TOO_LONG: { description: "It has waited too long." },
    OTHER: { description: "Something that a comment says." },
  },
});

@ObjectType("ReaderLoad", { description: "A reader and what he has to do." })
export class ReaderLoadType {
  @Field(() => UserType, { description: "Who." })
  user!: UserRow;

  @Field(() => Int, {
    description: "Waiting cases that were given to the reader by name.",
  })
  waiting!: number;

  @Field(() => Int, { description: "Cases that the reader holds now." })
  reading!: number;
}

/** Who should read a case. */
@Resolver(() => CaseType)
export class AssignmentResolver {
  constructor(
    private readonly assignments: AssignmentService,
    private readonly escalations: EscalationService,
  ) {}

  @Query(() => [UserType], {
    description: "Readers who may be given cases of the site, by name.",
  })
  @Requires("case:assign")
  assignableUsers(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow[]> {
    return this.assignments.assignableUsers(viewer, siteId);
  }

  @Query(() => [ReaderLoadType], {
    description:
      "The same with what each has to do at the sites that you may see.",
  })
  @Requires("case:assign")
  readerLoads(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ReaderLoad[]> {
    return this.assignments.loads(viewer, siteId);
  }

  @Mutation(() => CaseType, {
    description:
      "Hands the case to a reader or a pool of its site, or to nobody.",
  })
  @Requires("case:assign")
  assignCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("userId", () => ID, { nullable: true, description: "The reader." })
    userId: string | null | undefined,
    @Arg("poolId", () => ID, {
      nullable: true,
      description: "The pool, in place of a reader; null with it: nobody.",
    })
    poolId: string | null | undefined,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.assignments.assign(viewer, caseId, {
      userId: userId ?? null,
      poolId: poolId ?? null,
    });
  }

  @Mutation(() => CaseType, {
    description:
      "Says that a case is to be read now: it rises by a class, and whose it is is told; where nobody's, every reader of the site.",
  })
  @Requires("case:escalate")
  escalateCase(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("reason", () => EscalateReasonType, { description: "Why." })
    reason: EscalateReason,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.escalations.escalate(viewer, caseId, reason);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may say that it is to be read now.",
  })
  viewerCanEscalate(
    @Root() { siteId, state, escalatedAt }: Case,
    @Ctx() { viewer }: ApiContext,
  ): boolean {
    const isOpen = state !== "SIGNED" && escalatedAt === null;
    return isOpen && can(viewer, "case:escalate", siteId);
  }

  @FieldResolver(() => ReaderPoolType, {
    nullable: true,
    description:
      "The pool that it waits for, or falls back to from its assignee. Of a signed case null while its reading is kept from you.",
  })
  async pool(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<ReaderPool | null> {
    if (row.poolId === null || (await loaders.isFirstKept.load(row)))
      return null;
    return loaders.pools.load(row.poolId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Name of the site's rule that gave it; null where somebody did.",
  })
  async assignmentRule(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string | null> {
    return (await loaders.isFirstKept.load(row)) ? null : row.assignmentRule;
  }
}
