import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { Board, BoardService } from "./board.service.ts";
import { BoardType } from "./board.type.ts";

@Resolver(() => BoardType)
export class BoardResolver {
  constructor(private readonly boards: BoardService) {}

  @Query(() => BoardType, {
    description:
      "The department at a glance: what waits, who reads, how long it takes. Only numbers, so it is no look at any patient.",
  })
  @Requires("board:read")
  board(
    @Arg("siteId", () => ID, { description: "The site." }) siteId: string,
    @Ctx() { viewer }: ApiContext,
  ): Promise<Board> {
    return this.boards.read(viewer, siteId);
  }
}
