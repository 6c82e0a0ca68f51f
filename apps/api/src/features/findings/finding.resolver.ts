import { Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import {
  hasSides,
  hasZones,
  LEADING_FINDING,
  READING_FINDINGS,
} from "./finding-catalogue.ts";
import { CatalogueFindingType } from "./finding.type.ts";

@Resolver(() => CatalogueFindingType)
export class FindingResolver {
  @Query(() => [CatalogueFindingType], {
    description:
      "What a reading can name, the leading finding first; models answer a part of it.",
  })
  @Requires("signed-in")
  findings(): Pick<CatalogueFindingType, keyof CatalogueFindingType>[] {
    return READING_FINDINGS.map((finding) => ({
      ...finding,
      hasSides: hasSides(finding.code),
      hasZones: hasZones(finding.code),
      isLeading: finding.code === LEADING_FINDING,
    }));
  }
}
