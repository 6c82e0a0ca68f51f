import { graphql } from "../../lib/graphql.ts";

/** A signed report, section by section. */
graphql(`
  fragment SignedReport on Report {
    language
    indication
    technique
    comparison
    findings
    impression
    addenda {
      text
      addedAt
    }
  }
`);

export const REPORT_SUGGESTION = graphql(`
  query ReportSuggestion(
    $caseId: ID!
    $label: Label
    $findings: [ReadingFindingInput!]
    $language: ReportLanguage!
  ) {
    reportSuggestion(
      caseId: $caseId
      label: $label
      findings: $findings
      language: $language
    ) {
      caseId
      priorCaseId
      language
      indication
      technique
      comparison
      findings
      impression
    }
  }
`);

export const ADD_ADDENDUM = graphql(`
  mutation AddAddendum(
    $versionId: ID!
    $text: String!
    $language: ReportLanguage!
  ) {
    addAddendum(versionId: $versionId, text: $text, language: $language) {
      ...SignedVersion
    }
  }
`);
