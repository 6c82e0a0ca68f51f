import type { AuditEvent } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Requires } from "../access/requires.ts";
import type { ApiContext } from "../context.ts";
import type { Page } from "../platform/pagination.ts";
import { PageArgs } from "../platform/pagination.type.ts";
import type {
  AuditExportPaths,
  AuditExportService,
} from "./audit-export.service.ts";
import { AuditFilter } from "./audit.input.ts";
import type { AuditService, Seal } from "./audit.service.ts";
import {
  AuditEventConnection,
  AuditEventType,
  AuditExportType,
  AuditSealType,
} from "./audit.type.ts";
import { presentEvent } from "./present-event.ts";
import type { PresentedEvent } from "./present-event.ts";

@Resolver(() => AuditEventType)
export class AuditResolver {
  constructor(
    private readonly auditService: AuditService,
    private readonly exports: AuditExportService,
  ) {}

  @Query(() => AuditEventConnection, {
    description: "The audit trail of your sites, newest first. Audited.",
  })
  @Requires("audit:read")
  async auditEvents(
    @Arg("filter", () => AuditFilter, {
      nullable: true,
      description: "Which events; all where absent.",
    })
    filter: AuditFilter | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<PresentedEvent>> {
    const events = await this.auditService.search(viewer, filter ?? {}, page);
    return presentPage(events);
  }

  @Query(() => AuditSealType, {
    description: "When and how far the chain was last verified.",
  })
  @Requires("audit:read")
  auditSeal(@Ctx() { viewer }: ApiContext): Promise<Seal> {
    return this.auditService.seal(viewer);
  }

  @Query(() => AuditExportType, {
    description: "Where the events of a search can be had for keeping.",
  })
  @Requires("audit:export")
  auditExport(
    @Arg("filter", () => AuditFilter, {
      nullable: true,
      description: "Which events; all where absent.",
    })
    filter: AuditFilter | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<AuditExportPaths> {
    return this.exports.paths(viewer, filter ?? {});
  }

  @Mutation(() => AuditSealType, {
    description:
      "Verifies the whole chain now; about a second for 100,000 events.",
  })
  @Requires("audit:verify")
  verifyAudit(@Ctx() { viewer }: ApiContext): Promise<Seal> {
    return this.auditService.verify(viewer);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "What the subject is called, where it is a user, a site, a model or an export that you may see.",
  })
  subjectName(
    @Root() { subjectType, subjectId }: AuditEvent,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string | null> {
    return loaders.subjectNames.load({ type: subjectType, id: subjectId });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The patient's name as it was when the event was written; null where you may not see the patient.",
  })
  async patientName(
    @Root() { seq, patientId }: PresentedEvent,
    @Ctx() { loaders }: ApiContext,
  ): Promise<string | null> {
    if (patientId === null) return null;
    const event = { seq: BigInt(seq), patientId };
    return (await loaders.patientAsOf.load(event))?.name ?? null;
  }
}

/** A page of rows as a page of what GraphQL shows of them. */
export function presentPage(page: Page<AuditEvent>): Page<PresentedEvent> {
  return {
    pageInfo: page.pageInfo,
    edges: page.edges.map(({ cursor, node }) => ({
      cursor,
      node: presentEvent(node),
    })),
  };
}
