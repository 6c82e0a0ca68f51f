import type { Case, ReadingVersion } from "@lung-iris/prisma";
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
} from "type-graphql";
import { can } from "../../access/authorize.ts";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { isClosed } from "../blindness/blindness.ts";
import { ReadingStage } from "../case-rows/case.enums.ts";
import type { SecondReadName } from "../case-machine/case.transition.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { readMarks, type Mark } from "../marks/marks.ts";
import { contradictions } from "../readings/agreement.rules.ts";
import { readFindings } from "../reading-findings/reading-finding.ts";
import type { ReadingFinding } from "../reading-findings/reading-finding.ts";
import { ReadingFindingType } from "../reading-findings/reading-finding.type.ts";
import { MarkType } from "../marks/mark.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import {
  holdsSecond,
  isSecondOpen,
  stageOfSecond,
} from "../case-machine/second-read.machine.ts";
import type { SecondReadService } from "./second-read.service.ts";
import { needsSenior } from "../blindness/needs-senior.ts";
import {
  CaseAuthorisationType,
  SecondReadState,
  UnnamedReadingType,
} from "./second-read.type.ts";

/** A version with its place among the two, and what the other contradicts. */
interface Unnamed extends ReadingVersion {
  place: number;
  contradicted: string[];
}

/** A senior's signature under what a junior signed, where there is one. */
interface CaseAuthorisation {
  at: Date | null;
  readerId: string | null;
}

/** What of a case stands beside its signed reading. */
@Resolver(() => CaseType)
export class SecondReadResolver {
  constructor(private readonly secondReads: SecondReadService) {}

  @Mutation(() => CaseType, {
    description:
      "Asks for a second, independent reading of a signed case. A reader may ask for one of what he signed.",
  })
  @Requires("second-read:request")
  requestSecondReading(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Arg("reason", () => String, {
      description: "Why; the second reader does not see it.",
    })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.secondReads.request(viewer, caseId, reason);
  }

  @Mutation(() => CaseType, {
    description:
      "Shows you what was signed of a case that is due a second reading, on record. You may then not be its second or third reader.",
  })
  @Requires("case:claim")
  showFirstReading(
    @Arg("caseId", () => ID, { description: "The case." }) caseId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Case> {
    return this.secondReads.showFirst(viewer, caseId);
  }

  @FieldResolver(() => SecondReadState, {
    nullable: true,
    description:
      "Where the reading beside the signed one stands; null where nobody and no rule asks for one.",
  })
  secondRead(@Root() { secondRead }: Case): SecondReadName | null {
    return secondRead;
  }

  @FieldResolver(() => [String], {
    description:
      "Why, codes: random, ai, reader, grade (a junior signed, a senior reads), age, asked, finding:CODE. Empty while what was signed is kept from you, or while the AI is.",
  })
  async secondReadReasons(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string[]> {
    if (await loaders.isFirstKept.load(row)) return [];
    const seesAi = await loaders.seesAi.load(row);
    return row.secondReadReasons.filter((code) => seesAi || code !== "ai");
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when the reading that is asked for waits.",
  })
  secondReadDueAt(@Root() { secondReadDueAt }: Case): Date | null {
    return secondReadDueAt;
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: "Who reads it beside the signed one now.",
  })
  secondReader(
    @Root() { secondReaderId }: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow | null> | null {
    return secondReaderId === null ? null : loaders.users.load(secondReaderId);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: "When that claim runs out.",
  })
  secondReadUntil(@Root() { secondReadUntil }: Case): Date | null {
    return secondReadUntil;
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether what was signed is kept from you, because you could read the case a second or third time.",
  })
  firstIsKept(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    return loaders.isFirstKept.load(row);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether it stands in your list of second reads: a further reading waits or runs, which for a reader is one that he may do.",
  })
  async awaitsFurtherReader(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<boolean> {
    if (!isSecondOpen(row)) return false;
    const isReader = can(viewer, "case:claim", row.siteId);
    return !isReader || loaders.isFirstKept.load(row);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Whether the AI opens to you only with your signature: an unsigned control case, or a second reading at a site that wants it blind to the AI.",
  })
  async aiIsClosed(
    @Root() row: Case,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    if (isClosed(row)) return true;
    if (!(await loaders.isFirstKept.load(row))) return false;
    if (await loaders.seesAi.load(row)) return false;
    return this.secondReads.isWithoutAi(row);
  }

  @FieldResolver(() => ReadingStage, {
    description: "Which read of the case yours is, or would be.",
  })
  viewerStage(@Root() row: Case, @Ctx() { viewer }: ApiContext): ReadingStage {
    const isHis = viewer.kind === "user" && holdsSecond(row, viewer.userId);
    return isHis || isSecondOpen(row)
      ? (stageOfSecond(row) ?? "PRIMARY")
      : "PRIMARY";
  }

  @FieldResolver(() => Boolean, {
    description: "Whether you may ask for a second reading now.",
  })
  viewerCanRequestSecond(
    @Root() row: Case,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return this.secondReads.canRequest(viewer, row);
  }

  @FieldResolver(() => CaseAuthorisationType, {
    nullable: true,
    description:
      "Of a case that a junior signed and a senior has to read; null elsewhere, and while what was signed is kept from you.",
  })
  async authorisation(
    @Root() row: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<CaseAuthorisation | null> {
    if (!needsSenior(row) || (await loaders.isFirstKept.load(row))) return null;
    const found = await this.secondReads.authorisation(viewer, row);
    if (found === null) return null;
    return {
      at: found.by?.signedAt ?? null,
      readerId: found.by?.readerId ?? null,
    };
  }

  @FieldResolver(() => [UnnamedReadingType], {
    description:
      "The two readings that you decide between as the third reader, in an order that tells nothing; empty for everybody else.",
  })
  async unnamedReadings(
    @Root() row: Case,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Unnamed[]> {
    const both = await this.secondReads.unnamed(viewer, row);
    const [one, two] = both;
    const contradicted = one && two ? contradictions(one, two) : [];
    return both.map((version, at) => ({
      ...version,
      place: at + 1,
      contradicted,
    }));
  }
}

@Resolver(() => CaseAuthorisationType)
export class CaseAuthorisationResolver {
  @FieldResolver(() => UserType, {
    nullable: true,
    description: "The senior; null as long as none has.",
  })
  by(
    @Root() { readerId }: CaseAuthorisation,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow | null> | null {
    return readerId === null ? null : loaders.users.load(readerId);
  }
}

@Resolver(() => UnnamedReadingType)
export class UnnamedReadingResolver {
  @FieldResolver(() => [ReadingFindingType], {
    description: "What it shows, one by one.",
  })
  findings(@Root() { findings }: Unnamed): ReadingFinding[] {
    return readFindings(findings);
  }

  @FieldResolver(() => [MarkType], { description: "Regions marked." })
  marks(@Root() { marks }: Unnamed): Mark[] {
    return readMarks(marks);
  }

  @FieldResolver(() => [String], {
    description: "Codes of findings of which the other says the opposite.",
  })
  contradicted(@Root() { contradicted }: Unnamed): string[] {
    return contradicted;
  }
}
