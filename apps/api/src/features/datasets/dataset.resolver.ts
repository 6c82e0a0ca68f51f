import type { Dataset, Site } from "@lung-iris/prisma";
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
  Subscription,
} from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import { loadRequired } from "../../platform/loader.ts";
import type { DatasetNotice } from "../../platform/notifications.ts";
import type { Page } from "../../platform/pagination.ts";
import { ShortPageArgs } from "../../platform/pagination.type.ts";
import { SiteType } from "../sites/site.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import {
  datasetFilterSchema,
  type StoredDatasetFilter,
} from "../dataset-files/dataset-filter.ts";
import { newsOfDataset } from "./dataset-news.ts";
import {
  datasetFormatSchema,
  type StoredDatasetFormat,
} from "../dataset-files/dataset-format.ts";
import { DatasetFilter, DatasetFormat } from "./dataset.input.ts";
import { leaksSchema, type Leak } from "../export-scan/leak.ts";
import { isRetryable } from "./dataset-retry.ts";
import type { DatasetService } from "./dataset.service.ts";
import type { DatasetCounts } from "../dataset-files/dataset-filter.ts";
import {
  DatasetConnection,
  DatasetFilterUsedType,
  DatasetFormatUsedType,
  DatasetLeakType,
  DatasetPreviewType,
  DatasetType,
} from "./dataset.type.ts";

interface SubscribeInput {
  args: { id: string };
  context: ApiContext;
}

@Resolver(() => DatasetType)
export class DatasetResolver {
  constructor(private readonly datasets: DatasetService) {}

  @Query(() => DatasetConnection, {
    name: "datasets",
    description: "Exports of the viewer's sites, newest first.",
  })
  @Requires("dataset:read")
  list(
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<Dataset>> {
    return this.datasets.list(viewer, first, after);
  }

  @Query(() => DatasetType, {
    nullable: true,
    description: "One export; null when there is none or it may not be seen.",
  })
  @Requires("dataset:read")
  dataset(
    @Arg("id", () => ID, { description: "The dataset." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Dataset | null> {
    return this.datasets.find(viewer, id);
  }

  @Query(() => DatasetConnection, {
    description:
      "Exports that hold films of a patient, newest first; a look at the patient.",
  })
  @Requires("dataset:read")
  async datasetsHolding(
    @Arg("patientId", () => ID, { description: "The patient." })
    patientId: string,
    @Args(() => ShortPageArgs) { first, after }: ShortPageArgs,
    @Ctx() { viewer, seen }: ApiContext,
  ): Promise<Page<Dataset>> {
    const page = await this.datasets.holding(viewer, patientId, first, after);
    // That films of somebody were exported says something of that patient.
    seen.note("patient", patientId, "record");
    return page;
  }

  @Query(() => DatasetPreviewType, {
    description: "How much a choice of cases takes; audited.",
  })
  @Requires("dataset:create")
  datasetPreview(
    @Arg("filter", () => DatasetFilter, { description: "The choice." })
    filter: DatasetFilter,
    @Ctx() { viewer }: ApiContext,
  ): Promise<DatasetCounts> {
    return this.datasets.preview(viewer, filter);
  }

  @Mutation(() => DatasetType, {
    description: "Freezes a choice of cases and queues its export.",
  })
  @Requires("dataset:create")
  createDataset(
    @Arg("name", () => String, { description: "1 to 120 characters." })
    name: string,
    @Arg("filter", () => DatasetFilter, { description: "The choice." })
    filter: DatasetFilter,
    @Arg("format", () => DatasetFormat, {
      nullable: true,
      description: "How the films are written; PNG alone when left out.",
    })
    format: DatasetFormat | null,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Dataset> {
    return this.datasets.create(viewer, name, filter, format);
  }

  @Mutation(() => DatasetType, {
    description:
      "Writes a failed export once more, of the very films that it was asked for.",
  })
  @Requires("dataset:create")
  retryDataset(
    @Arg("id", () => ID, { description: "The dataset." }) id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Dataset> {
    return this.datasets.retry(viewer, id);
  }

  @Subscription(() => DatasetType, {
    description:
      "The export each time it gets on. Ends when the connection to the database was lost: subscribe again and reload.",
    subscribe: ({ args, context }: SubscribeInput) =>
      newsOfDataset(context.viewer, context.notifications, args.id),
  })
  @Requires("dataset:read")
  async datasetChanged(
    @Root() { datasetId }: DatasetNotice,
    @Arg("id", () => ID, { description: "The dataset." }) _id: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Dataset> {
    const dataset = await this.datasets.find(viewer, datasetId);
    if (!dataset) throw new NotFoundError("dataset");
    return dataset;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Size of the ZIP in bytes, as text: it may pass 2^31.",
  })
  bytes(@Root() { bytes }: Dataset): string | null {
    return bytes === null ? null : bytes.toString();
  }

  @FieldResolver(() => SiteType, { description: "Whose cases it holds." })
  site(
    @Root() { siteId }: Dataset,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Site> {
    return loadRequired(loaders.sites, siteId, "site");
  }

  @FieldResolver(() => DatasetFilterUsedType, {
    description: "The choice it was made of.",
  })
  filter(@Root() { filter }: Dataset): StoredDatasetFilter {
    return datasetFilterSchema.parse(filter);
  }

  @FieldResolver(() => DatasetFormatUsedType, {
    description: "How its films are written.",
  })
  format(@Root() { format }: Dataset): StoredDatasetFormat {
    return datasetFormatSchema.parse(format);
  }

  @FieldResolver(() => [DatasetLeakType], {
    description:
      "Where the second look at the finished file found something; the first 50 places.",
  })
  leaks(@Root() { leaks }: Dataset): Leak[] {
    return leaksSchema.parse(leaks);
  }

  @FieldResolver(() => Int, {
    description:
      "Patients in it who are withdrawn from learning now: nothing is to be learnt from the file any more.",
  })
  withdrawnPatients(
    @Root() { id }: Dataset,
    @Ctx() { loaders }: ApiContext,
  ): Promise<number> {
    return loaders.withdrawnInDataset.load(id);
  }

  @FieldResolver(() => Boolean, {
    description:
      "Failed, with its films all there to be written once more: none of its patients was erased or withdrawn from learning since.",
  })
  async isRetryable(
    @Root() dataset: Dataset,
    @Ctx() { loaders }: ApiContext,
  ): Promise<boolean> {
    if (dataset.state !== "FAILED") return false;
    const withdrawn = await loaders.withdrawnInDataset.load(dataset.id);
    return isRetryable(dataset, withdrawn);
  }

  @FieldResolver(() => UserType, { description: "Who asked for it." })
  createdBy(
    @Root() { createdById }: Dataset,
    @Ctx() { loaders }: ApiContext,
  ): Promise<UserRow> {
    return loadRequired(loaders.users, createdById, "user");
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Path below the API's address; null until ready.",
  })
  downloadPath(@Root() { id, state }: Dataset): string | null {
    return state === "READY" ? `/datasets/${id}/download` : null;
  }
}
