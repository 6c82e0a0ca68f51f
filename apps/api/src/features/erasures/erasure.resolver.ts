import type { Patient } from "@lung-iris/prisma";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
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
import { PatientType } from "../patients/patient.type.ts";
import {
  erasureCounts,
  erasureExports,
  type ErasureCounts,
  type ErasureExport,
} from "./erasure.record.ts";
import type {
  ErasurePreview,
  ErasureRow,
  ErasureService,
} from "./erasure.service.ts";
import {
  ErasureConnection,
  ErasureCountsType,
  ErasureExportType,
  ErasurePreviewType,
  ErasureType,
} from "./erasure.type.ts";

/** Bytes as text: they may pass what GraphQL has for a number. */
type ShownCounts = Omit<ErasureCounts, "bytes"> & { bytes: string };

@Resolver(() => ErasureType)
export class ErasureResolver {
  constructor(private readonly service: ErasureService) {}

  @Query(() => ErasureConnection, {
    description:
      "Records of the viewer's sites that were erased or are proposed to be, the newest first.",
  })
  @Requires("erasure:read")
  erasures(
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<ErasureRow>> {
    return this.service.list(viewer, page);
  }

  @Query(() => ErasurePreviewType, {
    description: "What erasing a patient's record would do.",
  })
  @Requires("patient:erase")
  async erasurePreview(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Omit<ErasurePreview, "counts"> & { counts: ShownCounts }> {
    const preview = await this.service.preview(viewer, patientId);
    return { ...preview, counts: withText(preview.counts) };
  }

  @Mutation(() => ErasureType, {
    description:
      "Proposes that a patient's record is erased; another admin approves.",
  })
  @Requires("patient:erase")
  proposeErasure(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Arg("reason", () => String, {
      description: "1 to 1,000 characters, without name and numbers: it stays.",
    })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ErasureRow> {
    return this.service.propose(viewer, patientId, reason);
  }

  @Mutation(() => ErasureType, {
    description: "Erases the record that another proposed. No way back.",
  })
  @Requires("patient:erase")
  approveErasure(
    @Arg("id", () => ID, { description: "The proposal." }) id: string,
    @Arg("reason", () => String, {
      description: "1 to 1,000 characters, without name and numbers: it stays.",
    })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ErasureRow> {
    return this.service.approve(viewer, id, reason);
  }

  @Mutation(() => ErasureType, {
    description: "Declines a proposal, or takes one's own back.",
  })
  @Requires("patient:erase")
  rejectErasure(
    @Arg("id", () => ID, { description: "The proposal." }) id: string,
    @Arg("reason", () => String, {
      description: "1 to 1,000 characters, without name and numbers: it stays.",
    })
    reason: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<ErasureRow> {
    return this.service.reject(viewer, id, reason);
  }

  @FieldResolver(() => ErasureCountsType, {
    description:
      "What would go as of the proposal; once approved, what went with it.",
  })
  counts(@Root() { counts }: ErasureRow): ShownCounts {
    return withText(erasureCounts.parse(counts));
  }

  @FieldResolver(() => [ErasureExportType], {
    description: "Exports that held films of the person.",
  })
  exports(@Root() { exports }: ErasureRow): ErasureExport[] {
    return erasureExports.parse(exports);
  }

  @FieldResolver(() => Int, {
    description: "Films and files whose bytes are still to go.",
  })
  objectsLeft(@Root() { _count }: ErasureRow): number {
    return _count.objects;
  }

  @FieldResolver(() => PatientType, {
    nullable: true,
    description: "Whose record; null once it is gone.",
  })
  async patient(
    @Root() { patientId }: ErasureRow,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<Patient | null> {
    if (!this.service.maySeePatient(viewer)) return null;
    return (await loaders.patients.load(patientId)) ?? null;
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer is the second person.",
  })
  viewerCanApprove(
    @Root() row: ErasureRow,
    @Ctx() { viewer }: ApiContext,
  ): Promise<boolean> {
    return this.service.viewerCanApprove(viewer, row);
  }
}

function withText(counts: ErasureCounts): ShownCounts {
  return { ...counts, bytes: String(counts.bytes) };
}
