import type { PolicyVersion } from "@lung-iris/prisma";
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
import { CaseType } from "../case-rows/case.type.ts";
import type { UserRow } from "../users/user.row.ts";
import { UserType } from "../users/user.type.ts";
import {
  policyDocument,
  type PolicyDocument,
} from "../policies/policy-document.ts";
import type { PolicyPreview, RuleCount } from "../policies/policy-preview.ts";
import type { PolicyService } from "../policies/policy.service.ts";
import {
  PolicyDocumentType,
  PolicyPreviewType,
  PolicyVersionConnection,
  PolicyVersionType,
  SavePolicyInput,
} from "./policy.type.ts";

@Resolver(() => PolicyVersionType)
export class PolicyResolver {
  constructor(private readonly policyService: PolicyService) {}

  @Query(() => PolicyVersionType, {
    description: "The policy of a site that is in force.",
  })
  @Requires("policy:read")
  sitePolicy(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PolicyVersion> {
    return this.policyService.current(viewer, siteId);
  }

  @Query(() => PolicyVersionConnection, {
    description: "Every policy that a site has had, the newest first.",
  })
  @Requires("policy:read")
  policyVersions(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Args(() => ShortPageArgs) page: ShortPageArgs,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Page<PolicyVersion>> {
    return this.policyService.history(viewer, siteId, page);
  }

  @Query(() => [UserType], {
    description:
      "Readers of a site, active or not, by name: whom its policy can name.",
  })
  @Requires("policy:read")
  policyReaders(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<UserRow[]> {
    return this.policyService.readers(viewer, siteId);
  }

  @Query(() => PolicyPreviewType, {
    description:
      "What a policy would do to the open worklist; changes nothing.",
  })
  @Requires("policy:edit")
  previewPolicy(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Arg("document", () => PolicyDocumentType, { description: "The policy." })
    document: PolicyDocumentType,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PolicyPreview & { rules: RuleCount[] }> {
    return this.policyService.preview(viewer, siteId, document);
  }

  @Mutation(() => PolicyVersionType, {
    description:
      "Makes a policy the site's newest version and places the open cases by it. Refuses when another version was saved since the one it was made from.",
  })
  @Requires("policy:edit")
  savePolicy(
    @Arg("input", () => SavePolicyInput, { description: "Which and why." })
    input: SavePolicyInput,
    @Ctx() { viewer }: ApiContext,
  ): Promise<PolicyVersion> {
    return this.policyService.save(viewer, input);
  }

  @FieldResolver(() => PolicyDocumentType, { description: "What it says." })
  document(@Root() { document }: PolicyVersion): PolicyDocument {
    return policyDocument.parse(document);
  }
}

@Resolver(() => CaseType)
export class CasePolicyResolver {
  @FieldResolver(() => Int, {
    description: "Version of the site's policy that gave it its place.",
  })
  policyVersion(@Root() row: { policyVersion: number }): number {
    return row.policyVersion;
  }
}
