import type { OwnWindow } from "@lung-iris/prisma";
import { Arg, Ctx, Float, Int, Mutation, Query, Resolver } from "type-graphql";
import { Requires } from "../../access/requires.ts";
import type { ApiContext } from "../../context.ts";
import type { OwnWindowService } from "./own-window.service.ts";
import { OwnWindowType } from "./own-window.type.ts";

/** Windows of films that somebody keeps for himself. */
@Resolver(() => OwnWindowType)
export class OwnWindowResolver {
  constructor(private readonly windows: OwnWindowService) {}

  @Query(() => [OwnWindowType], {
    description: "The windows that you keep, by key; five at most.",
  })
  @Requires("image:read")
  ownWindows(@Ctx() { viewer }: ApiContext): Promise<OwnWindow[]> {
    return this.windows.list(viewer);
  }

  @Mutation(() => [OwnWindowType], {
    description:
      "Keeps a window under a key, in place of the one before; answers all that you keep.",
  })
  @Requires("image:read")
  keepOwnWindow(
    @Arg("key", () => Int, { description: "5 to 9." }) key: number,
    @Arg("shift", () => Float, {
      description:
        "Its centre less the film's own, in widths of the film's own window: -5 to 5.",
    })
    shift: number,
    @Arg("width", () => Float, {
      description: "In widths of the film's own window: above 0, at most 50.",
    })
    width: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<OwnWindow[]> {
    return this.windows.keep(viewer, { key, shift, width });
  }

  @Mutation(() => [OwnWindowType], {
    description:
      "Back to the window that everybody has under a key; answers all that you keep.",
  })
  @Requires("image:read")
  forgetOwnWindow(
    @Arg("key", () => Int, { description: "5 to 9." }) key: number,
    @Ctx() { viewer }: ApiContext,
  ): Promise<OwnWindow[]> {
    return this.windows.forget(viewer, key);
  }
}
