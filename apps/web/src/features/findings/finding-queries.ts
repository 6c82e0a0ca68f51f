import { graphql } from "../../lib/graphql.ts";

/** The catalogue of findings, the leading one first. */
export const FINDINGS = graphql(`
  query FindingCatalogue {
    findings {
      code
      isLeading
      hasSides
      hasZones
      names {
        en
        vi
      }
    }
  }
`);
