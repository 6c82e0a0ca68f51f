import { Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import { FINDINGS, LEADING_FINDING } from "./finding-catalogue.ts";
import { CatalogueFindingType } from "./finding.type.ts";

@Resolver(() => CatalogueFindingType)
export class FindingResolver {
  @Query(() => [CatalogueFindingType], {
    description: "The catalogue of findings, the leading one first.",
  })
  @Requires("signed-in")
  findings(): Pick<CatalogueFindingType, keyof CatalogueFindingType>[] {
    return FINDINGS.map((finding) => ({
      ...finding,
      isLeading: finding.code === LEADING_FINDING,
    }));
  }
}
