import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import type { ClassType } from "type-graphql";
import { MAX_PAGE_SIZE } from "./pagination.ts";

@ObjectType("PageInfo", { description: "Where a page stands in its list." })
export class PageInfoType {
  @Field(() => Boolean, { description: "Whether more follows." })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: "Whether the page was asked for with a cursor.",
  })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first row; null when the page is empty.",
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last row; hand it in as `after`.",
  })
  endCursor!: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    defaultValue: 50,
    description: `Rows wanted, 1 to ${String(MAX_PAGE_SIZE)}.`,
  })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description: "The cursor after which the page starts.",
  })
  after?: string | null;
}

/** The same with pages of 20, for lists inside other things. */
@ArgsType()
export class ShortPageArgs {
  @Field(() => Int, {
    defaultValue: 20,
    description: `Rows wanted, 1 to ${String(MAX_PAGE_SIZE)}.`,
  })
  first!: number;

  @Field(() => String, {
    nullable: true,
    description: "The cursor after which the page starts.",
  })
  after?: string | null;
}

/** Edge and connection types of a node type, after the Relay specification. */
export function connectionTypes(node: ClassType, name: string) {
  @ObjectType(`${name}Edge`, {
    description: `One row of a ${name} list with its cursor.`,
  })
  class EdgeType {
    @Field(() => String, { description: "Where the row stands in the list." })
    cursor!: string;

    @Field(() => node, { description: "The row itself." })
    node!: object;
  }

  @ObjectType(`${name}Connection`, {
    description: `One page of a ${name} list.`,
  })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The rows in order." })
    edges!: EdgeType[];

    @Field(() => PageInfoType, {
      description: "Where the page stands in the list.",
    })
    pageInfo!: PageInfoType;
  }

  return { EdgeType, ConnectionType };
}
