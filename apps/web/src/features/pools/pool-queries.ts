import { graphql } from "../../lib/graphql.ts";

graphql(`
  fragment PoolFields on ReaderPool {
    id
    name
    waiting
    viewerCanEdit
    members {
      id
      name
    }
  }
`);

export const READER_POOLS = graphql(`
  query ReaderPools($siteId: ID!) {
    readerPools(siteId: $siteId) {
      ...PoolFields
    }
  }
`);

export const SAVE_POOL = graphql(`
  mutation SavePool($input: ReaderPoolInput!) {
    savePool(input: $input) {
      ...PoolFields
    }
  }
`);

export const CLOSE_POOL = graphql(`
  mutation ClosePool($id: ID!) {
    closePool(id: $id) {
      id
    }
  }
`);
