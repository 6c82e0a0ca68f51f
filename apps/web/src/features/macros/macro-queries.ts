import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment MacroFields on ReportMacro {
    id
    name
    isOfSite
    viewerCanEdit
    texts {
      language
      section
      text
    }
  }
`);

/** An owner has at most 200, so that with the site's two pages are all. */
export const MACROS = graphql(`
  query ReportMacros($siteId: ID!, $after: String) {
    reportMacros(siteId: $siteId, first: 200, after: $after) {
      edges {
        node {
          ...MacroFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const SAVE_OWN_MACRO = graphql(`
  mutation SaveOwnMacro($input: ReportMacroInput!) {
    saveOwnMacro(input: $input) {
      ...MacroFields
    }
  }
`);

export const SAVE_SITE_MACRO = graphql(`
  mutation SaveSiteMacro($input: ReportMacroInput!) {
    saveSiteMacro(input: $input) {
      ...MacroFields
    }
  }
`);

export const DELETE_MACRO = graphql(`
  mutation DeleteMacro($id: ID!) {
    deleteMacro(id: $id) {
      id
    }
  }
`);
