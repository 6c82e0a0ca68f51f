import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment ViewFields on WorklistView {
    id
    name
    siteId
    viewerCanEdit
    viewerMayUse
    settings {
      base
      states
      urgencies
      labels
      aiPositive
      assignee
      pool
      arrived
      reader
      patientAges
      filmViews
      clinicalFlags
      isDoubtful
      preliminary
      openCritical
      sort
      columns
      rows
    }
  }
`);

/** An owner and a site have at most 100 each, so that two pages are all. */
export const VIEWS = graphql(`
  query WorklistViews($siteId: ID, $after: String) {
    worklistViews(siteId: $siteId, first: 200, after: $after) {
      edges {
        node {
          ...ViewFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const DEFAULT_VIEW = graphql(`
  query DefaultWorklistView {
    defaultWorklistView {
      ...ViewFields
    }
  }
`);

export const CREATE_VIEW = graphql(`
  mutation CreateWorklistView($input: WorklistViewInput!) {
    createWorklistView(input: $input) {
      ...ViewFields
    }
  }
`);

export const CHANGE_VIEW = graphql(`
  mutation ChangeWorklistView($id: ID!, $input: WorklistViewInput!) {
    changeWorklistView(id: $id, input: $input) {
      ...ViewFields
    }
  }
`);

export const SHARE_VIEW = graphql(`
  mutation ShareWorklistView($id: ID!, $siteId: ID) {
    shareWorklistView(id: $id, siteId: $siteId) {
      ...ViewFields
    }
  }
`);

export const DELETE_VIEW = graphql(`
  mutation DeleteWorklistView($id: ID!) {
    deleteWorklistView(id: $id) {
      id
    }
  }
`);

export const RESTORE_VIEW = graphql(`
  mutation RestoreWorklistView($id: ID!) {
    restoreWorklistView(id: $id) {
      ...ViewFields
    }
  }
`);

export const SET_DEFAULT_VIEW = graphql(`
  mutation SetDefaultWorklistView($id: ID) {
    setDefaultWorklistView(id: $id) {
      id
    }
  }
`);
